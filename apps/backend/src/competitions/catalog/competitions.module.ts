import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../../platform/idempotency/idempotency.module.js';
import { CalendarService } from '../calendar/calendar.service.js';
import { CompetitionsController } from './competitions.controller.js';
import { CompetitionsRepository } from './competitions.repository.js';
import { CompetitionsService } from './competitions.service.js';

@Module({
  imports: [IdempotencyModule],
  controllers: [CompetitionsController],
  providers: [CompetitionsRepository, CompetitionsService, CalendarService],
  exports: [CompetitionsRepository],
})
export class CompetitionsModule {}
