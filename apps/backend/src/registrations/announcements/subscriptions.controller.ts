import { Readable } from 'node:stream';
import { type Subscription, SubscriptionToken } from '@mini-compete/shared/announcements';
import { Controller, Get, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { Public } from '../../platform/http/access/decorators.js';
import { BODY_IS_OPTIONAL, BODY_IS_STREAM } from '../../platform/http/body-parser.js';
import { SubscriptionsService } from './subscriptions.service.js';

/** GET changes nothing, because mail scanners open links. */
@Controller('subscriptions')
@Public()
export class SubscriptionsController {
  constructor(
    private readonly subscriptions: SubscriptionsService,
    @Inject(ENV) private readonly env: Pick<Env, 'frontendUrl'>,
  ) {}

  @Get()
  read(@Query({ schema: SubscriptionToken }) { token }: SubscriptionToken): Promise<Subscription> {
    return this.subscriptions.read(token);
  }

  /** A person who opens the address of the header in a browser gets the page, which asks first. */
  @Get('unsubscribe')
  openPage(@Query({ schema: SubscriptionToken }) { token }: SubscriptionToken, @Res() reply: FastifyReply): void {
    reply.redirect(`${this.env.frontendUrl}/unsubscribe?token=${encodeURIComponent(token)}`, 303);
  }

  /** The body of a mail program says `List-Unsubscribe=One-Click`, as a form of either type (RFC 8058); it says nothing more. */
  @Post('unsubscribe')
  @HttpCode(200)
  @RouteConfig(BODY_IS_STREAM)
  unsubscribe(
    @Query({ schema: SubscriptionToken }) { token }: SubscriptionToken,
    @Req() { body }: FastifyRequest,
  ): Promise<Subscription> {
    if (body instanceof Readable) body.resume();
    return this.subscriptions.unsubscribe(token);
  }

  @Post('subscribe')
  @HttpCode(200)
  @RouteConfig(BODY_IS_OPTIONAL)
  subscribe(@Query({ schema: SubscriptionToken }) { token }: SubscriptionToken): Promise<Subscription> {
    return this.subscriptions.subscribe(token);
  }
}
