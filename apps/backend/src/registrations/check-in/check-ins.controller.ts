import { type CheckInDay, DecideScans, UndoCheckIn, UploadScans } from '@mini-compete/shared/check-ins';
import { Id } from '@mini-compete/shared/common';
import { REPLAYED_HEADER } from '@mini-compete/shared/registrations';
import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentUser, Requires } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { sendJson } from '../../platform/http/json-text.js';
import type { IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { Key } from '../../platform/idempotency/idempotency-key.js';
import { openStream } from '../../platform/live/event-stream.js';
import { CheckInDayService } from './check-in-day.service.js';
import { CheckInStreams } from './check-in-streams.js';
import { CheckInsService } from './check-ins.service.js';

/** 500 scans with tickets of 162 characters and three instants. */
const LARGE_BODY = { largestBody: 512 * 1024 };

@Controller('competitions/:id/check-ins')
export class CheckInsController {
  constructor(
    private readonly checkIns: CheckInsService,
    private readonly day: CheckInDayService,
    private readonly streams: CheckInStreams,
  ) {}

  /** Without `@Requires`: a person whose role has ended may upload what they scanned before. The service asks. */
  @Post()
  @RouteConfig(LARGE_BODY)
  async upload(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UploadScans }) upload: UploadScans,
    @CurrentUser() scanner: Principal,
    @Req() { arrival }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { status, body } = await this.checkIns.upload({ competitionId: id, upload, scanner, arrival });
    sendJson(reply, status, JSON.stringify(body));
  }

  @Get()
  @Requires('manageCheckIn')
  read(@Param('id', { schema: Id }) id: string): Promise<CheckInDay> {
    return this.day.read(id);
  }

  @Get('events')
  @Requires('checkIn')
  async events(
    @Param('id', { schema: Id }) id: string,
    @CurrentUser() { userId }: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.streams.subscribe({ competitionId: id, userId, open: () => openStream(reply) });
  }

  @Post('undo')
  @Requires('manageCheckIn')
  async undo(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @Body({ schema: UndoCheckIn }) ticket: UndoCheckIn,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.day.undo(id, ticket, actor, key));
  }

  @Post('decide')
  @Requires('manageCheckIn')
  async decide(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @Body({ schema: DecideScans }) decision: DecideScans,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.day.decide(id, decision, actor, key));
  }
}

function send(reply: FastifyReply, { status, body, replayed }: IdempotentResponse): void {
  if (replayed) reply.header(REPLAYED_HEADER, 'true');
  sendJson(reply, status, body);
}
