import { Id } from '@mini-compete/shared/common';
import { type CompetitionStats, CompetitionStatsQuery, UpdateCompetition } from '@mini-compete/shared/competitions';
import { REPLAYED_HEADER } from '@mini-compete/shared/registrations';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CurrentUser, RateLimit, Requires } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { BODY_IS_OPTIONAL } from '../../platform/http/body-parser.js';
import { sendJson } from '../../platform/http/json-text.js';
import { Key } from '../../platform/idempotency/idempotency-key.js';
import { StatisticsService } from '../statistics/statistics.service.js';
import { EditingService } from './editing.service.js';
import { type ExpectedVersion, IfMatch } from './if-match.js';

const EmptyBody = z.strictObject({}).prefault({});

@Controller('competitions')
export class EditingController {
  constructor(
    private readonly editing: EditingService,
    private readonly statistics: StatisticsService,
  ) {}

  @Patch(':id')
  @Requires('edit')
  async edit(
    @Param('id', { schema: Id }) id: string,
    @IfMatch() isExpected: ExpectedVersion,
    @Body({ schema: UpdateCompetition }) changes: UpdateCompetition,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { text, version } = await this.editing.edit(id, changes, isExpected, actor);
    sendJson(reply.header('etag', `"${version}"`), 200, text);
  }

  @Post(':id/cancel')
  @Requires('cancel')
  @RouteConfig(BODY_IS_OPTIONAL)
  async cancel(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @Body({ schema: EmptyBody }) _body: z.infer<typeof EmptyBody>,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { status, body, replayed } = await this.editing.cancel(id, actor, key);
    if (replayed) reply.header(REPLAYED_HEADER, 'true');
    sendJson(reply, status, body);
  }

  @Delete(':id')
  @Requires('delete')
  @HttpCode(204)
  async delete(@Param('id', { schema: Id }) id: string, @CurrentUser() actor: Principal): Promise<void> {
    await this.editing.delete(id, actor);
  }

  /** Reads every registration of the competition. Per account, because the web app's requests come from one address. */
  @Get(':id/stats')
  @Requires('readRegistrants')
  @RateLimit({ per: 'account', limit: 120, seconds: 60 })
  stats(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: CompetitionStatsQuery }) { zone }: CompetitionStatsQuery,
  ): Promise<CompetitionStats> {
    return this.statistics.get(id, zone);
  }
}
