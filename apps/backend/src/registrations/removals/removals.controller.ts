import { Id } from '@mini-compete/shared/common';
import { REPLAYED_HEADER, RemoveSeveral } from '@mini-compete/shared/registrations';
import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CurrentUser, Requires } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { BODY_IS_OPTIONAL } from '../../platform/http/body-parser.js';
import { sendJson } from '../../platform/http/json-text.js';
import type { IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { Key } from '../../platform/idempotency/idempotency-key.js';
import { RemovalsService } from './removals.service.js';

const EmptyBody = z.strictObject({}).prefault({});
/** 10,000 ids of 39 bytes each, and white space. */
const LARGE_BODY = { largestBody: 512 * 1024 };

@Controller('competitions/:id/registrations')
export class RemovalsController {
  constructor(private readonly removals: RemovalsService) {}

  @Post('remove')
  @Requires('removeRegistrants')
  @RouteConfig(LARGE_BODY)
  async removeSeveral(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @Body({ schema: RemoveSeveral }) removal: RemoveSeveral,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.removals.removeSeveral(id, removal, actor, key));
  }

  @Post(':registrationId/reinstate')
  @Requires('decide')
  @RouteConfig(BODY_IS_OPTIONAL)
  async reinstate(
    @Param('id', { schema: Id }) id: string,
    @Param('registrationId', { schema: Id }) registrationId: string,
    @Key() key: string | null,
    @Body({ schema: EmptyBody }) _body: z.infer<typeof EmptyBody>,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.removals.reinstate(id, registrationId, actor, key));
  }
}

function send(reply: FastifyReply, { status, body, replayed }: IdempotentResponse): void {
  if (replayed) reply.header(REPLAYED_HEADER, 'true');
  sendJson(reply, status, body);
}
