import { REPLAYED_HEADER } from '@mini-compete/shared/registrations';
import { type ReceivedStaffInvitation, StaffInvitationToken } from '@mini-compete/shared/staff';
import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CurrentUser } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { BODY_IS_OPTIONAL } from '../../platform/http/body-parser.js';
import { sendJson } from '../../platform/http/json-text.js';
import { Key } from '../../platform/idempotency/idempotency-key.js';
import { StaffInvitationsService } from './staff-invitations.service.js';

const EmptyBody = z.strictObject({}).prefault({});

/** For signed-in people with any account: who may read or accept an invitation depends on their address. */
@Controller('staff-invitations')
export class StaffInvitationsController {
  constructor(private readonly invitations: StaffInvitationsService) {}

  @Get(':token')
  read(
    @Param('token', { schema: StaffInvitationToken }) token: string,
    @CurrentUser() person: Principal,
  ): Promise<ReceivedStaffInvitation> {
    return this.invitations.read(token, person);
  }

  @Post(':token/accept')
  @RouteConfig(BODY_IS_OPTIONAL)
  async accept(
    @Param('token', { schema: StaffInvitationToken }) token: string,
    @Key() key: string | null,
    @Body({ schema: EmptyBody }) _body: z.infer<typeof EmptyBody>,
    @CurrentUser() person: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { status, body, replayed } = await this.invitations.accept(token, person, key);
    if (replayed) reply.header(REPLAYED_HEADER, 'true');
    sendJson(reply, status, body);
  }
}
