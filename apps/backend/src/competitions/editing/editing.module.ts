import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../../platform/idempotency/idempotency.module.js';
import { CompetitionsModule } from '../catalog/competitions.module.js';
import { CoversModule } from '../covers/covers.module.js';
import { LiveSeatsModule } from '../seats/live-seats.module.js';
import { StatisticsService } from '../statistics/statistics.service.js';
import { CoverEditingController } from './cover-editing.controller.js';
import { CoverEditingService } from './cover-editing.service.js';
import { EditingController } from './editing.controller.js';
import { EditingService } from './editing.service.js';

@Module({
  imports: [CompetitionsModule, CoversModule, IdempotencyModule, LiveSeatsModule],
  controllers: [EditingController, CoverEditingController],
  providers: [EditingService, CoverEditingService, StatisticsService],
})
export class EditingModule {}
