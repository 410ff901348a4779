import { InvitationToken, type ReceivedInvitation, Redeem } from '@mini-compete/shared/invitations';
import { REPLAYED_HEADER } from '@mini-compete/shared/registrations';
import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentUser, Roles } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { BODY_IS_OPTIONAL } from '../../platform/http/body-parser.js';
import { sendJson } from '../../platform/http/json-text.js';
import { Key } from '../../platform/idempotency/idempotency-key.js';
import { ReceivedInvitationsService } from './received-invitations.service.js';

/** A request without a body answers no questions. */
const RedeemBody = Redeem.prefault({});

/** Who may read or accept an invitation depends on their address. */
@Controller('invitations')
export class ReceivedInvitationsController {
  constructor(private readonly invitations: ReceivedInvitationsService) {}

  @Get(':token')
  read(
    @Param('token', { schema: InvitationToken }) token: string,
    @CurrentUser() person: Principal,
  ): Promise<ReceivedInvitation> {
    return this.invitations.read(token, person);
  }

  @Post(':token/redeem')
  @Roles('PARTICIPANT')
  @RouteConfig(BODY_IS_OPTIONAL)
  async redeem(
    @Param('token', { schema: InvitationToken }) token: string,
    @Key() key: string | null,
    @Body({ schema: RedeemBody }) redeem: Redeem,
    @CurrentUser() person: Principal,
    @Req() { arrival }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { status, body, replayed } = await this.invitations.redeem(token, redeem, {
      principal: person,
      key,
      arrival,
    });
    if (replayed) reply.header(REPLAYED_HEADER, 'true');
    sendJson(reply, status, body);
  }
}
