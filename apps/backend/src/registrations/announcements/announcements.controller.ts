import {
  type Announcement,
  type AnnouncementPage,
  type AnnouncementPreview,
  AnnouncementsQuery,
  CreateAnnouncement,
  type RecipientPage,
  RecipientsQuery,
  SendAnnouncement,
  UpdateAnnouncement,
} from '@mini-compete/shared/announcements';
import { Id } from '@mini-compete/shared/common';
import { REPLAYED_HEADER } from '@mini-compete/shared/registrations';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type ExpectedVersion, IfMatch } from '../../competitions/editing/if-match.js';
import { CurrentUser, RateLimit, Requires } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { BODY_IS_OPTIONAL } from '../../platform/http/body-parser.js';
import { sendJson } from '../../platform/http/json-text.js';
import type { IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { Key } from '../../platform/idempotency/idempotency-key.js';
import { AnnouncementsRepository } from './announcements.repository.js';
import { AnnouncementsService } from './announcements.service.js';
import { SendingService } from './sending.service.js';

const EmptyBody = z.strictObject({}).prefault({});
type EmptyBody = z.infer<typeof EmptyBody>;

@Controller('competitions/:id/announcements')
@Requires('announce')
export class AnnouncementsController {
  constructor(
    private readonly repository: AnnouncementsRepository,
    private readonly announcements: AnnouncementsService,
    private readonly sending: SendingService,
  ) {}

  @Get()
  list(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: AnnouncementsQuery }) query: AnnouncementsQuery,
  ): Promise<AnnouncementPage> {
    return this.repository.list(id, query);
  }

  @Post()
  async create(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @Body({ schema: CreateAnnouncement }) draft: CreateAnnouncement,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.announcements.create(id, draft, actor, key));
  }

  @Get(':announcementId')
  async read(
    @Param('id', { schema: Id }) id: string,
    @Param('announcementId', { schema: Id }) announcementId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Announcement> {
    const announcement = await this.repository.get(id, announcementId);
    reply.header('etag', `"${announcement.version}"`);
    return announcement;
  }

  @Patch(':announcementId')
  async edit(
    @Param('id', { schema: Id }) id: string,
    @Param('announcementId', { schema: Id }) announcementId: string,
    @Key() key: string | null,
    @IfMatch() isExpected: ExpectedVersion,
    @Body({ schema: UpdateAnnouncement }) changes: UpdateAnnouncement,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.announcements.edit(id, announcementId, changes, isExpected, actor, key));
  }

  @Delete(':announcementId')
  async delete(
    @Param('id', { schema: Id }) id: string,
    @Param('announcementId', { schema: Id }) announcementId: string,
    @Key() key: string | null,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.announcements.delete(id, announcementId, actor, key));
  }

  /** Each one is a mail. */
  @Post(':announcementId/test')
  @RateLimit({ per: 'account', limit: 20, seconds: 600 })
  @RouteConfig(BODY_IS_OPTIONAL)
  async test(
    @Param('id', { schema: Id }) id: string,
    @Param('announcementId', { schema: Id }) announcementId: string,
    @Key() key: string | null,
    @Body({ schema: EmptyBody }) _body: EmptyBody,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.announcements.sendTest(id, announcementId, actor, key));
  }

  /** Reads every registration of the competition. */
  @Post(':announcementId/preview')
  @HttpCode(200)
  @RateLimit({ per: 'account', limit: 60, seconds: 60 })
  @RouteConfig(BODY_IS_OPTIONAL)
  preview(
    @Param('id', { schema: Id }) id: string,
    @Param('announcementId', { schema: Id }) announcementId: string,
    @Body({ schema: EmptyBody }) _body: EmptyBody,
    @CurrentUser() actor: Principal,
  ): Promise<AnnouncementPreview> {
    return this.sending.preview(id, announcementId, actor);
  }

  @Post(':announcementId/send')
  async send(
    @Param('id', { schema: Id }) id: string,
    @Param('announcementId', { schema: Id }) announcementId: string,
    @Key() key: string | null,
    @Body({ schema: SendAnnouncement }) { previewId }: SendAnnouncement,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.sending.send(id, announcementId, previewId, actor, key));
  }

  @Post(':announcementId/stop')
  @RouteConfig(BODY_IS_OPTIONAL)
  async stop(
    @Param('id', { schema: Id }) id: string,
    @Param('announcementId', { schema: Id }) announcementId: string,
    @Key() key: string | null,
    @Body({ schema: EmptyBody }) _body: EmptyBody,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.sending.stop(id, announcementId, actor, key));
  }

  @Get(':announcementId/recipients')
  async listRecipients(
    @Param('id', { schema: Id }) id: string,
    @Param('announcementId', { schema: Id }) announcementId: string,
    @Query({ schema: RecipientsQuery }) query: RecipientsQuery,
  ): Promise<RecipientPage> {
    // Throws for an announcement of another competition.
    await this.repository.get(id, announcementId);
    return this.repository.listRecipients(announcementId, query);
  }
}

function send(reply: FastifyReply, { status, body, replayed }: IdempotentResponse): void {
  if (replayed) reply.header(REPLAYED_HEADER, 'true');
  sendJson(reply, status, body);
}
