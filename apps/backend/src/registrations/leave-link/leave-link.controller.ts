import { LeaveByLink, type LeaveLinkInfo } from '@mini-compete/shared/registrations';
import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/http/access/decorators.js';
import { sendJson } from '../../platform/http/json-text.js';
import { LeaveLinkService } from './leave-link.service.js';

/** GET changes nothing, because mail scanners open links; the page sends the POST after a confirmation. */
@Controller('competitions/leave-link')
@Public()
export class LeaveLinkController {
  constructor(private readonly links: LeaveLinkService) {}

  @Get()
  describe(@Query({ schema: LeaveByLink }) { token }: LeaveByLink): Promise<LeaveLinkInfo> {
    return this.links.describe(token);
  }

  @Post()
  @HttpCode(200)
  async leave(
    @Body({ schema: LeaveByLink }) { token }: LeaveByLink,
    @Req() { arrival }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendJson(reply, 200, (await this.links.leave(token, arrival)).body);
  }
}
