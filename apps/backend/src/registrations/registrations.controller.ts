import { Id } from '@mini-compete/shared/common';
import { MyRegistrationsQuery, REPLAYED_HEADER, Register } from '@mini-compete/shared/registrations';
import { Body, Controller, Delete, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChecksSessionItself, CurrentUser, Roles } from '../auth/decorators.js';
import type { Principal } from '../auth/principal.js';
import { DomainError } from '../common/errors.js';
import { BODY_IS_OPTIONAL } from '../common/http/body-parser.js';
import { sendProblem } from '../common/http/problem.js';
import { sendJson } from '../common/http/send-json.js';
import { Key } from '../idempotency/idempotency-key.js';
import { MyRegistrations } from './my-registrations.js';
import { type Decision, RegistrationsService } from './registrations.service.js';

/** A request without a body is one that leaves everything out. */
const RegisterBody = Register.prefault({});

@Controller('competitions')
@Roles('PARTICIPANT')
export class RegistrationsController {
  constructor(
    private readonly registrations: RegistrationsService,
    private readonly mine: MyRegistrations,
  ) {}

  @Get('registrations/my')
  async listMine(
    @Query({ schema: MyRegistrationsQuery }) query: MyRegistrationsQuery,
    @CurrentUser() { userId }: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendJson(reply, 200, await this.mine.list(userId, query));
  }

  @Post(':id/register')
  @RouteConfig(BODY_IS_OPTIONAL)
  @ChecksSessionItself()
  async register(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @Body({ schema: RegisterBody }) body: Register,
    @CurrentUser() principal: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { arrival } = request;
    answer(request, reply, 201, await this.registrations.register(id, body, { principal, key, arrival }));
  }

  @Delete(':id/register')
  @RouteConfig(BODY_IS_OPTIONAL)
  @ChecksSessionItself()
  async leave(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @CurrentUser() principal: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { arrival } = request;
    answer(request, reply, 200, await this.registrations.leave(id, { principal, key, arrival }));
  }
}

/** The bytes as they are: a replay has to be the same ones. */
function answer(request: FastifyRequest, reply: FastifyReply, status: number, decision: Decision): void {
  if (decision instanceof DomainError) {
    sendProblem(reply, decision, request.id);
    return;
  }
  const { body, replayed } = decision;
  if (replayed) reply.header(REPLAYED_HEADER, 'true');
  sendJson(reply, status, body);
}
