import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../../platform/idempotency/idempotency.module.js';
import { TicketsModule } from '../tickets/tickets.module.js';
import { CheckInDayService } from './check-in-day.service.js';
import { CheckInStreams } from './check-in-streams.js';
import { CheckInsController } from './check-ins.controller.js';
import { CheckInsService } from './check-ins.service.js';
import { DoorController } from './door.controller.js';
import { DoorLists } from './door-list.service.js';
import { NoShowsController } from './no-shows.controller.js';
import { NoShowsService } from './no-shows.service.js';

@Module({
  imports: [IdempotencyModule, TicketsModule],
  controllers: [DoorController, CheckInsController, NoShowsController],
  providers: [DoorLists, CheckInsService, CheckInDayService, CheckInStreams, NoShowsService],
})
export class CheckInModule {}
