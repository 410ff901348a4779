import { type DynamicModule, Module } from '@nestjs/common';
import { AccountsModule } from './accounts/accounts.module.js';
import { PasswordResetJobs } from './accounts/password/password-reset.jobs.js';
import { NewSignInJobs } from './accounts/sign-in/new-sign-in.jobs.js';
import { VerificationJobs } from './accounts/verification/verification.jobs.js';
import { CalendarService } from './competitions/calendar/calendar.service.js';
import { PopularityJobs } from './competitions/catalog/popularity.jobs.js';
import { SeatNotifier } from './competitions/seats/seat-notifier.js';
import { StaffJobs } from './competitions/staff/staff.jobs.js';
import { CALENDAR, DeliveryJobs } from './messaging/delivery/delivery.jobs.js';
import { DeliveryModule } from './messaging/delivery/delivery.module.js';
import { TICKETS } from './messaging/delivery/mail-ticket.js';
import { StaleDeliveryJobs } from './messaging/delivery/stale-deliveries.jobs.js';
import { BackupJobs } from './operations/backup/backup.jobs.js';
import { BackupMetrics } from './operations/backup/backup-metrics.js';
import { CleanUpJobs } from './operations/clean-up/clean-up.jobs.js';
import { DEAD_LETTER_EFFECTS } from './operations/console/dead-letter-effects.js';
import { InvariantCheckJobs } from './operations/invariants/invariant-checks.jobs.js';
import { InvariantMetrics } from './operations/invariants/invariant-metrics.js';
import { ErasureService } from './operations/privacy/erasure.service.js';
import { PrivacyJobs } from './operations/privacy/privacy.jobs.js';
import { ConfigModule } from './platform/config/config.module.js';
import type { Env } from './platform/config/env.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { HealthModule } from './platform/health/health.module.js';
import { Readiness } from './platform/health/readiness.js';
import { HttpModule } from './platform/http/http.module.js';
import { MetricsModule } from './platform/metrics/metrics.module.js';
import type { JobHandlers } from './platform/queue/handler.js';
import { JobRunner } from './platform/queue/job-runner.js';
import { LoadThrottleModule } from './platform/queue/load-throttle.module.js';
import { OutboxModule } from './platform/queue/outbox.module.js';
import { QueueModule } from './platform/queue/queue.module.js';
import { SchedulerModule } from './platform/scheduler/scheduler.module.js';
import { AnnouncementJobs } from './registrations/announcements/announcements.jobs.js';
import { NoShowJobs } from './registrations/check-in/no-shows.jobs.js';
import { CompetitionChangeJobs } from './registrations/competition-changes/competition-changes.jobs.js';
import { DeadlineJobs } from './registrations/deadlines/deadlines.jobs.js';
import { HoldEndingJobs } from './registrations/holds/hold-ending.jobs.js';
import { ImportJobs } from './registrations/imports/imports.jobs.js';
import { UsedInvitations } from './registrations/invitations/used-invitations.js';
import { DecisionsLateJobs } from './registrations/messages/decisions-late.jobs.js';
import { InvitationMessageJobs } from './registrations/messages/invitation-messages.jobs.js';
import { MessageOrder } from './registrations/messages/message-order.js';
import { RegistrationMessageJobs } from './registrations/messages/registration-messages.jobs.js';
import { TeamMessageJobs } from './registrations/messages/team-messages.jobs.js';
import { ReminderJobs } from './registrations/reminders/reminders.jobs.js';
import { RemovalJobs } from './registrations/removals/removals.jobs.js';
import { TicketsModule } from './registrations/tickets/tickets.module.js';
import { TicketsService } from './registrations/tickets/tickets.service.js';
import { DueWork } from './registrations/waitlist/due-work.js';
import { WaitlistJobs } from './registrations/waitlist/waitlist.jobs.js';

/** The job handlers of all features. The worker does not start unless every job has exactly one handler. */
const HANDLERS = [
  RegistrationMessageJobs,
  TeamMessageJobs,
  DecisionsLateJobs,
  HoldEndingJobs,
  DeadlineJobs,
  ReminderJobs,
  WaitlistJobs,
  CompetitionChangeJobs,
  RemovalJobs,
  InvitationMessageJobs,
  ImportJobs,
  AnnouncementJobs,
  NoShowJobs,
  DeliveryJobs,
  StaleDeliveryJobs,
  PasswordResetJobs,
  NewSignInJobs,
  VerificationJobs,
  StaffJobs,
  PopularityJobs,
  CleanUpJobs,
  BackupJobs,
  PrivacyJobs,
  InvariantCheckJobs,
] as const satisfies readonly (new (
  ...parts: never[]
) => JobHandlers)[];

@Module({
  imports: [OutboxModule, LoadThrottleModule, DeliveryModule, AccountsModule, TicketsModule],
  providers: [
    { provide: CALENDAR, useClass: CalendarService },
    { provide: TICKETS, useExisting: TicketsService },
    ErasureService,
    SeatNotifier,
    DueWork,
    MessageOrder,
    UsedInvitations,
    ...HANDLERS,
  ],
  exports: [...HANDLERS],
})
class HandlersModule {}

/** The modules of the worker process. */
@Module({ providers: [InvariantMetrics, BackupMetrics] })
export class WorkerModule {
  constructor(readiness: Readiness, runner: JobRunner, _invariants: InvariantMetrics, _backups: BackupMetrics) {
    readiness.add(() => runner.notReadyReason());
  }

  static forRoot(env: Env): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        ConfigModule.forRoot(env),
        MetricsModule,
        DatabaseModule,
        OutboxModule,
        HttpModule,
        HealthModule,
        SchedulerModule,
        QueueModule.forWorker({
          imports: [HandlersModule],
          handlers: [...HANDLERS],
          deadLetterEffects: DEAD_LETTER_EFFECTS,
        }),
      ],
    };
  }
}
