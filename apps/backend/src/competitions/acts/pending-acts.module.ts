import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../../platform/idempotency/idempotency.module.js';
import { LiveSeatsModule } from '../seats/live-seats.module.js';
import { PendingActsController } from './pending-acts.controller.js';
import { PendingActsService } from './pending-acts.service.js';

@Module({
  imports: [IdempotencyModule, LiveSeatsModule],
  controllers: [PendingActsController],
  providers: [PendingActsService],
})
export class PendingActsModule {}
