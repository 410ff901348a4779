import { Module } from '@nestjs/common';
import { CompetitionsModule } from '../competitions/catalog/competitions.module.js';
import { LiveSeatsModule } from '../competitions/seats/live-seats.module.js';
import { ENV } from '../platform/config/config.module.js';
import { IdempotencyModule } from '../platform/idempotency/idempotency.module.js';
import { AdmissionEvents } from './admission/admission-events.js';
import { ADMISSION_POOL, AdmissionQueue, createAdmissionPool } from './admission/admission-queue.js';
import { RegistrationsController } from './admission/registrations.controller.js';
import { RegistrationsService } from './admission/registrations.service.js';
import { ApplicationsController } from './applications/applications.controller.js';
import { ApplicationsRepository } from './applications/applications.repository.js';
import { ApplicationsService } from './applications/applications.service.js';
import { ReviewsService } from './applications/reviews.service.js';
import { HoldsController } from './holds/holds.controller.js';
import { HoldsService } from './holds/holds.service.js';
import { ImportsController } from './imports/imports.controller.js';
import { ImportsService } from './imports/imports.service.js';
import { InvitationsController } from './invitations/invitations.controller.js';
import { InvitationsRepository } from './invitations/invitations.repository.js';
import { InvitationsService } from './invitations/invitations.service.js';
import { ReceivedInvitationsController } from './invitations/received-invitations.controller.js';
import { ReceivedInvitationsService } from './invitations/received-invitations.service.js';
import { LeaveLinkController } from './leave-link/leave-link.controller.js';
import { LeaveLinkService } from './leave-link/leave-link.service.js';
import { MyRegistrations } from './mine/my-registrations.js';
import { AnswerChecker } from './questions/answer-checker.js';
import { MemberAnswersController } from './questions/member-answers.controller.js';
import { MemberAnswers } from './questions/member-answers.service.js';
import { MyAnswersController } from './questions/my-answers.controller.js';
import { MyAnswers } from './questions/my-answers.service.js';
import { RegistrantsAnswersController } from './questions/registrants-answers.controller.js';
import { RegistrantsAnswers } from './questions/registrants-answers.service.js';
import { RegistrantsController } from './registrants/registrants.controller.js';
import { RegistrantsRepository } from './registrants/registrants.repository.js';
import { RegistrantsService } from './registrants/registrants.service.js';
import { RemovalsController } from './removals/removals.controller.js';
import { RemovalsService } from './removals/removals.service.js';
import { CaptaincyService } from './teams/captaincy.service.js';
import { MembershipsService } from './teams/memberships.service.js';
import { TeamActs } from './teams/team-acts.service.js';
import { TeamReads } from './teams/team-reads.service.js';
import { CompetitionTeamsController, TeamsController } from './teams/teams.controller.js';
import { TeamsRepository } from './teams/teams.repository.js';
import { TicketsController } from './tickets/tickets.controller.js';
import { TicketsModule } from './tickets/tickets.module.js';

@Module({
  imports: [CompetitionsModule, IdempotencyModule, LiveSeatsModule, TicketsModule],
  controllers: [
    RegistrationsController,
    ApplicationsController,
    HoldsController,
    LeaveLinkController,
    RegistrantsController,
    RemovalsController,
    MemberAnswersController,
    MyAnswersController,
    RegistrantsAnswersController,
    InvitationsController,
    ReceivedInvitationsController,
    ImportsController,
    CompetitionTeamsController,
    TeamsController,
    TicketsController,
  ],
  providers: [
    { provide: ADMISSION_POOL, inject: [ENV], useFactory: createAdmissionPool },
    AdmissionEvents,
    AdmissionQueue,
    AnswerChecker,
    MemberAnswers,
    RegistrationsService,
    HoldsService,
    MyAnswers,
    RegistrantsAnswers,
    MyRegistrations,
    LeaveLinkService,
    RegistrantsService,
    RegistrantsRepository,
    RemovalsService,
    ApplicationsService,
    ApplicationsRepository,
    ReviewsService,
    InvitationsService,
    InvitationsRepository,
    ReceivedInvitationsService,
    ImportsService,
    TeamActs,
    TeamReads,
    MembershipsService,
    CaptaincyService,
    TeamsRepository,
  ],
  exports: [AnswerChecker, MemberAnswers],
})
export class RegistrationsModule {}
