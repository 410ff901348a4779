import type { IncomingHttpHeaders } from 'node:http';
import type { Sessions } from '@mini-compete/shared/auth';
import { Id } from '@mini-compete/shared/common';
import { Controller, Delete, Get, Headers, HttpCode, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentUser } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { languageFor } from '../../platform/i18n/languages.js';
import { SessionCookies } from './session-cookies.js';
import { SessionsService } from './sessions.service.js';

@Controller('auth/sessions')
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly cookies: SessionCookies,
  ) {}

  @Get()
  async list(@CurrentUser() principal: Principal, @Headers() headers: IncomingHttpHeaders): Promise<Sessions> {
    return { items: await this.sessions.list(principal, languageFor(headers)) };
  }

  @Delete(':id')
  @HttpCode(204)
  async end(
    @CurrentUser() principal: Principal,
    @Param('id', { schema: Id }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.endOwn(principal, id);
    if (id === principal.sessionId) this.cookies.clear(reply);
  }
}
