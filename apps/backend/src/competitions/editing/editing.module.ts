import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../../platform/idempotency/idempotency.module.js';
import { CompetitionsModule } from '../catalog/competitions.module.js';
import { LiveSeatsModule } from '../seats/live-seats.module.js';
import { StatisticsService } from '../statistics/statistics.service.js';
import { EditingController } from './editing.controller.js';
import { EditingService } from './editing.service.js';

@Module({
  imports: [CompetitionsModule, IdempotencyModule, LiveSeatsModule],
  controllers: [EditingController],
  providers: [EditingService, StatisticsService],
})
export class EditingModule {}
