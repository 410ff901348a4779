import { Id } from '@mini-compete/shared/common';
import { ChangeAnswers, REPLAYED_HEADER, type RegistrationAnswers } from '@mini-compete/shared/registrations';
import { Body, Controller, Get, Param, Patch, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentUser, Roles } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { sendJson } from '../../platform/http/json-text.js';
import { Key } from '../../platform/idempotency/idempotency-key.js';
import { MyAnswers } from './my-answers.service.js';

@Controller('competitions/:id/registration')
@Roles('PARTICIPANT')
export class MyAnswersController {
  constructor(private readonly answers: MyAnswers) {}

  @Get()
  read(@Param('id', { schema: Id }) id: string, @CurrentUser() principal: Principal): Promise<RegistrationAnswers> {
    return this.answers.read(id, principal);
  }

  @Patch()
  async change(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @Body({ schema: ChangeAnswers }) body: ChangeAnswers,
    @CurrentUser() principal: Principal,
    @Req() { arrival }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const response = await this.answers.change(id, body, { principal, key, arrival });
    if (response.replayed) reply.header(REPLAYED_HEADER, 'true');
    sendJson(reply, response.status, response.body);
  }
}
