import { type NoShowPreview, ReleaseNoShows } from '@mini-compete/shared/check-ins';
import { Id } from '@mini-compete/shared/common';
import { REPLAYED_HEADER } from '@mini-compete/shared/registrations';
import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentUser, Requires } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { sendJson } from '../../platform/http/json-text.js';
import { Key } from '../../platform/idempotency/idempotency-key.js';
import { NoShowsService } from './no-shows.service.js';

@Controller('competitions/:id/no-shows')
export class NoShowsController {
  constructor(private readonly noShows: NoShowsService) {}

  @Get()
  @Requires('manageCheckIn')
  preview(@Param('id', { schema: Id }) id: string): Promise<NoShowPreview> {
    return this.noShows.preview(id);
  }

  @Post('release')
  @Requires('manageCheckIn')
  async release(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @Body({ schema: ReleaseNoShows }) release: ReleaseNoShows,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { status, body, replayed } = await this.noShows.release(id, release, actor, key);
    if (replayed) reply.header(REPLAYED_HEADER, 'true');
    sendJson(reply, status, body);
  }
}
