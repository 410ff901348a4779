import { Id } from '@mini-compete/shared/common';
import {
  CompetitionsQuery,
  CreateCompetition,
  type DescriptionPreview,
  MyCompetitionsQuery,
  PreviewDescription,
} from '@mini-compete/shared/competitions';
import { REPLAYED_HEADER } from '@mini-compete/shared/registrations';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentUser, Public, Roles } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { sendJson } from '../../platform/http/json-text.js';
import { Key } from '../../platform/idempotency/idempotency-key.js';
import { CALENDAR_TYPE } from '../calendar/calendar.js';
import { CalendarService } from '../calendar/calendar.service.js';
import { renderMarkdown } from '../descriptions/markdown.js';
import { CompetitionsService } from './competitions.service.js';

@Controller('competitions')
export class CompetitionsController {
  constructor(
    private readonly competitions: CompetitionsService,
    private readonly calendar: CalendarService,
  ) {}

  @Get()
  @Public()
  async list(@Query({ schema: CompetitionsQuery }) query: CompetitionsQuery, @Res() reply: FastifyReply) {
    sendJson(reply, 200, await this.competitions.list(query));
  }

  @Get('my-competitions')
  async listMine(
    @Query({ schema: MyCompetitionsQuery }) query: MyCompetitionsQuery,
    @CurrentUser() { userId }: Principal,
    @Res() reply: FastifyReply,
  ) {
    sendJson(reply, 200, await this.competitions.listMine(userId, query));
  }

  @Post()
  @Roles('ORGANIZER', 'ADMIN')
  async create(
    @Key() key: string | null,
    @Body({ schema: CreateCompetition }) body: CreateCompetition,
    @CurrentUser() organizer: Principal,
    @Res() reply: FastifyReply,
  ) {
    const response = await this.competitions.create(organizer, body, key);
    if (response.replayed) reply.header(REPLAYED_HEADER, 'true');
    sendJson(reply, response.status, response.body);
  }

  /** Changes nothing: the form asks for it while a description is written. */
  @Post('preview-description')
  @HttpCode(200)
  previewDescription(@Body({ schema: PreviewDescription }) { description }: PreviewDescription): DescriptionPreview {
    return { descriptionHtml: renderMarkdown(description) };
  }

  @Get(':id')
  @Public()
  async read(
    @Param('id', { schema: Id }) id: string,
    @CurrentUser() reader: Principal | null,
    @Res() reply: FastifyReply,
  ) {
    const { text, version } = await this.competitions.read(id, reader);
    sendJson(reply.header('etag', `"${version}"`), 200, text);
  }

  @Get(':id/calendar.ics')
  @Public()
  async calendarEntry(
    @Param('id', { schema: Id }) id: string,
    @CurrentUser() reader: Principal | null,
    @Res() reply: FastifyReply,
  ) {
    // Throws if it is a draft that the reader may not see.
    await this.competitions.read(id, reader);
    const entry = await this.calendar.get(id);
    reply
      .header('content-type', CALENDAR_TYPE)
      .header('content-disposition', 'attachment; filename="competition.ics"')
      .send(entry);
  }
}
