import {
  ApplicationsQuery,
  type BestApplications,
  BestApplicationsQuery,
  DecideApplications,
  ReviewApplication,
} from '@mini-compete/shared/applications';
import { Id } from '@mini-compete/shared/common';
import { REPLAYED_HEADER } from '@mini-compete/shared/registrations';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { CurrentUser, Requires } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { sendJson } from '../../platform/http/json-text.js';
import { Key } from '../../platform/idempotency/idempotency-key.js';
import { ApplicationsService } from './applications.service.js';
import { ReviewsService } from './reviews.service.js';

/** 256 decisions, each with a reason of 500 characters that need three bytes. */
const LARGE_BODY = { largestBody: 512 * 1024 };

@Controller('competitions/:id/applications')
export class ApplicationsController {
  constructor(
    private readonly applications: ApplicationsService,
    private readonly reviews: ReviewsService,
  ) {}

  @Get()
  @Requires('readApplications')
  async list(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: ApplicationsQuery }) query: ApplicationsQuery,
    @CurrentUser() reader: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendJson(reply, 200, await this.applications.list(id, query, reader));
  }

  @Get('best')
  @Requires('decide')
  best(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: BestApplicationsQuery }) { count }: BestApplicationsQuery,
    @CurrentUser() reader: Principal,
  ): Promise<BestApplications> {
    return this.applications.best(id, count, reader);
  }

  @Put(':registrationId/review')
  @Requires('readApplications')
  async review(
    @Param('id', { schema: Id }) id: string,
    @Param('registrationId', { schema: Id }) registrationId: string,
    @Key() key: string | null,
    @Body({ schema: ReviewApplication }) review: ReviewApplication,
    @CurrentUser() reviewer: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { text, replayed } = await this.reviews.review(id, registrationId, review, reviewer, key);
    if (replayed) reply.header(REPLAYED_HEADER, 'true');
    sendJson(reply, 200, text);
  }

  @Post('decide')
  @HttpCode(200)
  @Requires('decide')
  @RouteConfig(LARGE_BODY)
  async decide(
    @Param('id', { schema: Id }) id: string,
    @Key() key: string | null,
    @Body({ schema: DecideApplications }) decisions: DecideApplications,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { status, body, replayed } = await this.applications.decide(id, decisions, actor, key);
    if (replayed) reply.header(REPLAYED_HEADER, 'true');
    sendJson(reply, status, body);
  }
}
