import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { ACCESS_COOKIE, REFRESH_COOKIE } from './credentials.js';
import { type OpenSession, SESSION_DAYS } from './sessions.service.js';

/** The browser's half of a session: no script can read it, no other site's form brings it along. */
@Injectable()
export class SessionCookies {
  private readonly common;

  constructor(@Inject(ENV) private readonly env: Env) {
    const secure = env.frontendUrl.startsWith('https:');
    this.common = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  }

  set(reply: FastifyReply, { accessToken, refreshToken }: OpenSession): void {
    reply.setCookie(ACCESS_COOKIE, accessToken, { ...this.common, maxAge: this.env.jwtExpirationSeconds });
    reply.setCookie(REFRESH_COOKIE, refreshToken, { ...this.common, maxAge: SESSION_DAYS * 86_400 });
  }

  clear(reply: FastifyReply): void {
    reply.clearCookie(ACCESS_COOKIE, this.common);
    reply.clearCookie(REFRESH_COOKIE, this.common);
  }
}
