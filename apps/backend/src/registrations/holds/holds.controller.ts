import { Id } from '@mini-compete/shared/common';
import { REPLAYED_HEADER } from '@mini-compete/shared/registrations';
import { Body, Controller, Param, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentUser, Roles } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { BODY_IS_OPTIONAL } from '../../platform/http/body-parser.js';
import { sendJson } from '../../platform/http/json-text.js';
import { Key } from '../../platform/idempotency/idempotency-key.js';
import { HoldsService } from './holds.service.js';

const EmptyBody = z.strictObject({}).prefault({});

@Controller('competitions/:id/confirm')
@Roles('PARTICIPANT')
export class HoldsController {
  constructor(private readonly holds: HoldsService) {}

  @Post()
  @RouteConfig(BODY_IS_OPTIONAL)
  async confirm(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @Body({ schema: EmptyBody }) _body: z.infer<typeof EmptyBody>,
    @CurrentUser() principal: Principal,
    @Req() { arrival }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { status, body, replayed } = await this.holds.confirm(id, { principal, key, arrival });
    if (replayed) reply.header(REPLAYED_HEADER, 'true');
    sendJson(reply, status, body);
  }
}
