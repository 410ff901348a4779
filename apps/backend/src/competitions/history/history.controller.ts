import { Id } from '@mini-compete/shared/common';
import { type HistoryPage, HistoryQuery } from '@mini-compete/shared/history';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { RateLimit, Requires } from '../../platform/http/access/decorators.js';
import { HistoryService } from './history.service.js';

@Controller('competitions/:id/history')
export class HistoryController {
  constructor(private readonly history: HistoryService) {}

  /** The entries of one person are found by reading the history. Per account, as the requests of pages come from one address. */
  @Get()
  @Requires('readHistory')
  @RateLimit({ per: 'account', limit: 120, seconds: 60 })
  list(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: HistoryQuery }) query: HistoryQuery,
  ): Promise<HistoryPage> {
    return this.history.list(id, query);
  }
}
