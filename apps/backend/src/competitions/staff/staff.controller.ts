import { Id } from '@mini-compete/shared/common';
import { REPLAYED_HEADER } from '@mini-compete/shared/registrations';
import { ChangeStaff, InviteStaff, type Staff, StaffId } from '@mini-compete/shared/staff';
import { Body, Controller, Delete, Get, Param, Patch, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentUser, RateLimit, Requires } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { sendJson } from '../../platform/http/json-text.js';
import type { IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { Key } from '../../platform/idempotency/idempotency-key.js';
import { StaffService } from './staff.service.js';

@Controller('competitions/:id/staff')
export class StaffController {
  constructor(private readonly staff: StaffService) {}

  @Get()
  @Requires('readStaff')
  list(@Param('id', { schema: Id }) id: string, @CurrentUser() reader: Principal): Promise<Staff> {
    return this.staff.list(id, reader);
  }

  /** Limited, because it sends mails to any address. */
  @Post()
  @Requires('manageStaff')
  @RateLimit({ per: 'account', limit: 60, seconds: 3600 })
  async invite(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @Body({ schema: InviteStaff }) body: InviteStaff,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    respond(reply, await this.staff.invite(id, body, actor, key));
  }

  @Patch(':staffId')
  @Requires('manageStaff')
  async changeRole(
    @Param('id', { schema: Id }) id: string,
    @Param('staffId', { schema: Id }) staffId: string,
    @Key() key: string | null,
    @Body({ schema: ChangeStaff }) body: ChangeStaff,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    respond(reply, await this.staff.changeRole(id, staffId, body, actor, key));
  }

  /** The service requires `manageStaff`, except to leave. */
  @Delete(':staffId')
  @Requires('see')
  async remove(
    @Param('id', { schema: Id }) id: string,
    @Param('staffId', { schema: StaffId }) staffId: string,
    @Key() key: string | null,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    respond(reply, await this.staff.remove(id, staffId, actor, key));
  }

  @Delete('invitations/:invitationId')
  @Requires('manageStaff')
  async withdraw(
    @Param('id', { schema: Id }) id: string,
    @Param('invitationId', { schema: Id }) invitationId: string,
    @Key() key: string | null,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    respond(reply, await this.staff.withdraw(id, invitationId, actor, key));
  }
}

function respond(reply: FastifyReply, { status, body, replayed }: IdempotentResponse): void {
  if (replayed) reply.header(REPLAYED_HEADER, 'true');
  sendJson(reply, status, body);
}
