import { Id } from '@mini-compete/shared/common';
import { REPLAYED_HEADER } from '@mini-compete/shared/registrations';
import {
  AnswerAsMember,
  CreateTeam,
  FindTeam,
  JoinTeam,
  PassCaptaincy,
  RenameTeam,
  type Team,
  type TeamPreview,
  TeamsQuery,
} from '@mini-compete/shared/teams';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentUser, RateLimit, Requires, Roles } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { BODY_IS_OPTIONAL } from '../../platform/http/body-parser.js';
import { sendJson } from '../../platform/http/json-text.js';
import type { IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { Key } from '../../platform/idempotency/idempotency-key.js';
import { CaptaincyService } from './captaincy.service.js';
import { MembershipsService } from './memberships.service.js';
import { TeamReads } from './team-reads.service.js';

const EmptyBody = z.strictObject({}).prefault({});

@Controller('competitions/:id/teams')
export class CompetitionTeamsController {
  constructor(
    private readonly reads: TeamReads,
    private readonly memberships: MembershipsService,
  ) {}

  @Get()
  @Requires('readRegistrants')
  list(@Param('id', { schema: Id }) id: string, @Query({ schema: TeamsQuery }) query: TeamsQuery): Promise<object> {
    return this.reads.list(id, query);
  }

  @Get('my')
  @Roles('PARTICIPANT')
  readOwn(@Param('id', { schema: Id }) id: string, @CurrentUser() principal: Principal): Promise<Team> {
    return this.reads.readOwn(id, principal);
  }

  @Post()
  @Roles('PARTICIPANT')
  async create(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @Body({ schema: CreateTeam }) body: CreateTeam,
    @CurrentUser() principal: Principal,
    @Req() { arrival }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.memberships.create(id, body, { principal, key, arrival }));
  }
}

@Controller('teams')
@Roles('PARTICIPANT')
export class TeamsController {
  constructor(
    private readonly reads: TeamReads,
    private readonly memberships: MembershipsService,
    private readonly captaincy: CaptaincyService,
  ) {}

  /** In the body: a code in an address would be in logs. */
  @Post('find')
  @HttpCode(200)
  @RateLimit({ per: 'account', limit: 60, seconds: 60 })
  find(@Body({ schema: FindTeam }) { code }: FindTeam, @CurrentUser() principal: Principal): Promise<TeamPreview> {
    return this.reads.find(code, principal);
  }

  @Post('join')
  @HttpCode(200)
  async join(
    @Key() key: string | null,
    @Body({ schema: JoinTeam }) body: JoinTeam,
    @CurrentUser() principal: Principal,
    @Req() { arrival }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.memberships.join(body, { principal, key, arrival }));
  }

  @Patch(':id')
  async rename(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @Body({ schema: RenameTeam }) { name }: RenameTeam,
    @CurrentUser() principal: Principal,
    @Req() { arrival }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.captaincy.rename(id, name, { principal, key, arrival }));
  }

  @Post(':id/code')
  @HttpCode(200)
  @RouteConfig(BODY_IS_OPTIONAL)
  async renewCode(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @Body({ schema: EmptyBody }) _body: z.infer<typeof EmptyBody>,
    @CurrentUser() principal: Principal,
    @Req() { arrival }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.captaincy.renewCode(id, { principal, key, arrival }));
  }

  @Post(':id/captain')
  @HttpCode(200)
  async passCaptaincy(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @Body({ schema: PassCaptaincy }) { userId }: PassCaptaincy,
    @CurrentUser() principal: Principal,
    @Req() { arrival }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.captaincy.passCaptaincy(id, userId, { principal, key, arrival }));
  }

  @Put(':id/answers')
  async answer(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @Body({ schema: AnswerAsMember }) body: AnswerAsMember,
    @CurrentUser() principal: Principal,
    @Req() { arrival }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.memberships.answer(id, body, { principal, key, arrival }));
  }

  @Delete(':id/members/:userId')
  @RouteConfig(BODY_IS_OPTIONAL)
  async endMembership(
    @Param('id', { schema: Id }) id: string,
    @Param('userId', { schema: Id }) userId: string,
    @Key() key: string | null,
    @CurrentUser() principal: Principal,
    @Req() { arrival }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.memberships.end(id, userId, { principal, key, arrival }));
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @RouteConfig(BODY_IS_OPTIONAL)
  async withdraw(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @Body({ schema: EmptyBody }) _body: z.infer<typeof EmptyBody>,
    @CurrentUser() principal: Principal,
    @Req() { arrival }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.captaincy.withdraw(id, { principal, key, arrival }));
  }
}

function send(reply: FastifyReply, { status, body, replayed }: IdempotentResponse): void {
  if (replayed) reply.header(REPLAYED_HEADER, 'true');
  sendJson(reply, status, body);
}
