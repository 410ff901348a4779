import { Id } from '@mini-compete/shared/common';
import { InvitationIds, type InvitationPage, InvitationsQuery, InvitePeople } from '@mini-compete/shared/invitations';
import { REPLAYED_HEADER } from '@mini-compete/shared/registrations';
import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentUser, Requires } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { sendJson } from '../../platform/http/json-text.js';
import type { IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { Key } from '../../platform/idempotency/idempotency-key.js';
import { InvitationsService } from './invitations.service.js';

@Controller('competitions/:id/invitations')
export class InvitationsController {
  constructor(private readonly invitations: InvitationsService) {}

  @Get()
  @Requires('invite')
  list(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: InvitationsQuery }) query: InvitationsQuery,
  ): Promise<InvitationPage> {
    return this.invitations.list(id, query);
  }

  @Post()
  @Requires('invite')
  async invite(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @Body({ schema: InvitePeople }) body: InvitePeople,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    respond(reply, await this.invitations.invite(id, body, actor, key));
  }

  @Post('withdraw')
  @Requires('invite')
  async withdraw(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @Body({ schema: InvitationIds }) body: InvitationIds,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    respond(reply, await this.invitations.withdraw(id, body, actor, key));
  }

  @Post('send')
  @Requires('invite')
  async send(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @Body({ schema: InvitationIds }) body: InvitationIds,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    respond(reply, await this.invitations.send(id, body, actor, key));
  }
}

function respond(reply: FastifyReply, { status, body, replayed }: IdempotentResponse): void {
  if (replayed) reply.header(REPLAYED_HEADER, 'true');
  sendJson(reply, status, body);
}
