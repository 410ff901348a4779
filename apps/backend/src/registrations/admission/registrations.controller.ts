import { Id } from '@mini-compete/shared/common';
import { MyRegistrationsQuery, REPLAYED_HEADER, Register } from '@mini-compete/shared/registrations';
import { Body, Controller, Delete, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '../../platform/errors/domain-error.js';
import { ChecksSessionItself, CurrentUser, Roles } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { BODY_IS_OPTIONAL } from '../../platform/http/body-parser.js';
import { sendJson } from '../../platform/http/json-text.js';
import { sendProblem } from '../../platform/http/problem.js';
import { Key } from '../../platform/idempotency/idempotency-key.js';
import { MyRegistrations } from '../mine/my-registrations.js';
import { type AdmissionResponse, RegistrationsService } from './registrations.service.js';

/** A request without a body has all defaults. */
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
    sendResponse(request, reply, 201, await this.registrations.register(id, body, { principal, key, arrival }));
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
    sendResponse(request, reply, 200, await this.registrations.leave(id, { principal, key, arrival }));
  }
}

function sendResponse(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  response: AdmissionResponse | Refusal,
): void {
  if ('code' in response) {
    sendProblem(reply, response, request.id);
    return;
  }
  const { body, replayed } = response;
  if (replayed) reply.header(REPLAYED_HEADER, 'true');
  sendJson(reply, status, body);
}
