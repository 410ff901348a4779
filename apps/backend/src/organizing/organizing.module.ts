import { Module } from '@nestjs/common';
import { CompetitionsModule } from '../competitions/competitions.module.js';
import { IdempotencyModule } from '../idempotency/idempotency.module.js';
import { LiveModule } from '../live/live.module.js';
import { EntrantsController } from './entrants.controller.js';
import { EntrantsRepository } from './entrants.repository.js';
import { EntrantsService } from './entrants.service.js';
import { OrganizingController } from './organizing.controller.js';
import { OrganizingService } from './organizing.service.js';
import { StatsService } from './stats.service.js';

@Module({
  imports: [CompetitionsModule, IdempotencyModule, LiveModule],
  controllers: [OrganizingController, EntrantsController],
  providers: [OrganizingService, EntrantsService, EntrantsRepository, StatsService],
})
export class OrganizingModule {}
