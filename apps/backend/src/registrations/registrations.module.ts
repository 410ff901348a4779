import { Module } from '@nestjs/common';
import { CompetitionsModule } from '../competitions/catalog/competitions.module.js';
import { LiveSeatsModule } from '../competitions/seats/live-seats.module.js';
import { ENV } from '../platform/config/config.module.js';
import { AdmissionEvents } from './admission/admission-events.js';
import { ADMISSION_POOL, AdmissionQueue, createAdmissionPool } from './admission/admission-queue.js';
import { RegistrationsController } from './admission/registrations.controller.js';
import { RegistrationsService } from './admission/registrations.service.js';
import { LeaveLinkController } from './leave-link/leave-link.controller.js';
import { LeaveLinkService } from './leave-link/leave-link.service.js';
import { MyRegistrations } from './mine/my-registrations.js';
import { RegistrantsController } from './registrants/registrants.controller.js';
import { RegistrantsRepository } from './registrants/registrants.repository.js';
import { RegistrantsService } from './registrants/registrants.service.js';

@Module({
  imports: [CompetitionsModule, LiveSeatsModule],
  controllers: [RegistrationsController, LeaveLinkController, RegistrantsController],
  providers: [
    { provide: ADMISSION_POOL, inject: [ENV], useFactory: createAdmissionPool },
    AdmissionEvents,
    AdmissionQueue,
    RegistrationsService,
    MyRegistrations,
    LeaveLinkService,
    RegistrantsService,
    RegistrantsRepository,
  ],
})
export class RegistrationsModule {}
