import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../../platform/idempotency/idempotency.module.js';
import { CalendarService } from '../calendar/calendar.service.js';
import { QuestionsModule } from '../questions/questions.module.js';
import { SitemapController } from '../sitemap/sitemap.controller.js';
import { SitemapService } from '../sitemap/sitemap.service.js';
import { StaffModule } from '../staff/staff.module.js';
import { ActiveRegistrations } from './active-registrations.js';
import { CompetitionsController } from './competitions.controller.js';
import { CompetitionsRepository } from './competitions.repository.js';
import { CompetitionsService } from './competitions.service.js';
import { WaitlistPositions } from './waitlist-positions.js';

@Module({
  imports: [IdempotencyModule, QuestionsModule, StaffModule],
  controllers: [CompetitionsController, SitemapController],
  providers: [
    CompetitionsRepository,
    CompetitionsService,
    CalendarService,
    SitemapService,
    ActiveRegistrations,
    WaitlistPositions,
  ],
  exports: [
    CompetitionsRepository,
    CompetitionsService,
    ActiveRegistrations,
    QuestionsModule,
    StaffModule,
    WaitlistPositions,
  ],
})
export class CompetitionsModule {}
