import { type PublishedAnnouncements, PublishedQuery } from '@mini-compete/shared/announcements';
import { Id } from '@mini-compete/shared/common';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { CompetitionsService } from '../../competitions/catalog/competitions.service.js';
import { CurrentUser, Public } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { PublishedService } from './published.service.js';

@Controller('competitions/:id/announcements/published')
@Public()
export class PublishedController {
  constructor(
    private readonly competitions: CompetitionsService,
    private readonly published: PublishedService,
  ) {}

  @Get()
  async list(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: PublishedQuery }) query: PublishedQuery,
    @CurrentUser() reader: Principal | null,
  ): Promise<PublishedAnnouncements> {
    // Throws if it is a draft that the reader may not see.
    await this.competitions.read(id, reader);
    return this.published.read(id, query);
  }
}
