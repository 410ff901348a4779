import { Module } from '@nestjs/common';
import { CompetitionsModule } from '../../competitions/catalog/competitions.module.js';
import { QuestionsModule } from '../../competitions/questions/questions.module.js';
import { IdempotencyModule } from '../../platform/idempotency/idempotency.module.js';
import { AnnouncementsController } from './announcements.controller.js';
import { AnnouncementsRepository } from './announcements.repository.js';
import { AnnouncementsService } from './announcements.service.js';
import { PublishedController } from './published.controller.js';
import { PublishedService } from './published.service.js';
import { SendingService } from './sending.service.js';
import { SubscriptionsController } from './subscriptions.controller.js';
import { SubscriptionsService } from './subscriptions.service.js';

@Module({
  imports: [CompetitionsModule, IdempotencyModule, QuestionsModule],
  // The published ones first: their path would match an announcement's.
  controllers: [PublishedController, AnnouncementsController, SubscriptionsController],
  providers: [AnnouncementsRepository, AnnouncementsService, SendingService, PublishedService, SubscriptionsService],
})
export class AnnouncementsModule {}
