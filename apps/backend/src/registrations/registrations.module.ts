import { Module } from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import { createDeskPool, DESK_POOL } from './desk-pool.js';
import { RegistrationsController } from './registrations.controller.js';
import { RegistrationsService } from './registrations.service.js';
import { SeatDesk } from './seat-desk.js';
import { SeatNews } from './seat-news.js';

@Module({
  controllers: [RegistrationsController],
  providers: [
    { provide: DESK_POOL, inject: [ENV], useFactory: createDeskPool },
    SeatNews,
    SeatDesk,
    RegistrationsService,
  ],
})
export class RegistrationsModule {}
