import { Module } from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import { LiveModule } from '../live/live.module.js';
import { createDeskPool, DESK_POOL } from './desk-pool.js';
import { LeaveLinkController } from './leave-link.controller.js';
import { LeaveLinkService } from './leave-link.service.js';
import { MyRegistrations } from './my-registrations.js';
import { RegistrationsController } from './registrations.controller.js';
import { RegistrationsService } from './registrations.service.js';
import { SeatDesk } from './seat-desk.js';
import { SeatNews } from './seat-news.js';

@Module({
  imports: [LiveModule],
  controllers: [RegistrationsController, LeaveLinkController],
  providers: [
    { provide: DESK_POOL, inject: [ENV], useFactory: createDeskPool },
    SeatNews,
    SeatDesk,
    RegistrationsService,
    MyRegistrations,
    LeaveLinkService,
  ],
})
export class RegistrationsModule {}
