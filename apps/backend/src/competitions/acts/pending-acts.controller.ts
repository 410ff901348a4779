import { Id } from '@mini-compete/shared/common';
import type { PendingActs } from '@mini-compete/shared/pending-acts';
import { REPLAYED_HEADER } from '@mini-compete/shared/registrations';
import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CurrentUser, Requires } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { BODY_IS_OPTIONAL } from '../../platform/http/body-parser.js';
import { sendJson } from '../../platform/http/json-text.js';
import { Key } from '../../platform/idempotency/idempotency-key.js';
import { PendingActsService } from './pending-acts.service.js';

const EmptyBody = z.strictObject({}).prefault({});

@Controller('competitions/:id/pending-acts')
export class PendingActsController {
  constructor(private readonly acts: PendingActsService) {}

  @Get()
  @Requires('undo')
  list(@Param('id', { schema: Id }) id: string): Promise<PendingActs> {
    return this.acts.list(id);
  }

  @Post(':actId/undo')
  @Requires('undo')
  @RouteConfig(BODY_IS_OPTIONAL)
  async undo(
    @Param('id', { schema: Id }) id: string,
    @Param('actId', { schema: Id }) actId: string,
    @Key() key: string | null,
    @Body({ schema: EmptyBody }) _body: z.infer<typeof EmptyBody>,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { status, body, replayed } = await this.acts.undo(id, actId, actor, key);
    if (replayed) reply.header(REPLAYED_HEADER, 'true');
    sendJson(reply, status, body);
  }
}
