import { type AccountExport, EraseAccount } from '@mini-compete/shared/privacy';
import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SessionCookies } from '../../accounts/sessions/session-cookies.js';
import { LiveSeats } from '../../competitions/seats/live-seats.service.js';
import { CurrentUser, RateLimit } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { sendJson } from '../../platform/http/json-text.js';
import { ErasureService } from './erasure.service.js';
import { ExportsService } from './exports.service.js';

/** What a person may ask for about their own data. */
@Controller('auth/me')
export class PrivacyController {
  constructor(
    private readonly erasure: ErasureService,
    private readonly exports: ExportsService,
    private readonly cookies: SessionCookies,
    private readonly live: LiveSeats,
  ) {}

  @Delete()
  @HttpCode(204)
  async erase(
    @CurrentUser() principal: Principal,
    @Body({ schema: EraseAccount }) { password }: EraseAccount,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    for (const id of await this.erasure.erase(principal, password, request.ip)) this.live.changed(id);
    this.cookies.clear(reply);
  }

  @Get('export')
  exportStatus(@CurrentUser() { userId }: Principal): Promise<AccountExport> {
    return this.exports.status(userId);
  }

  /** Reads all that the account has, so a few times a day are enough. */
  @Post('export')
  @HttpCode(202)
  @RateLimit({ per: 'account', limit: 5, seconds: 86_400 })
  requestExport(@CurrentUser() { userId }: Principal): Promise<AccountExport> {
    return this.exports.request(userId);
  }

  @Get('export/file')
  async exportFile(@CurrentUser() { userId }: Principal, @Res() reply: FastifyReply): Promise<void> {
    const content = await this.exports.file(userId);
    sendJson(reply.header('content-disposition', 'attachment; filename="mini-compete-data.json"'), 200, content);
  }
}
