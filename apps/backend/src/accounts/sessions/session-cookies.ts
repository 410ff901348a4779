import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { ACCESS_COOKIE, REFRESH_COOKIE } from '../../platform/http/access/credentials.js';
import { hostOf, schemeOf } from '../../platform/http/address.js';
import { SESSION_DAYS } from './session-renewals.js';
import type { OpenSession } from './sessions.service.js';

/** The cookies of a session: HttpOnly hides them from scripts, SameSite=Lax keeps them out of forms of other sites. */
@Injectable()
export class SessionCookies {
  /** The host of FRONTEND_URL if it is HTTPS: browsers use HTTPS even if the last hop to this server does not. */
  private readonly secureHost: string | null;

  constructor(@Inject(ENV) private readonly env: Env) {
    const { protocol, host } = new URL(env.frontendUrl);
    this.secureHost = protocol === 'https:' ? host : null;
  }

  set(reply: FastifyReply, { accessToken, refreshToken }: OpenSession): void {
    this.write(reply, ACCESS_COOKIE, accessToken, this.env.jwtExpirationSeconds);
    this.write(reply, REFRESH_COOKIE, refreshToken, SESSION_DAYS * 86_400);
  }

  clear(reply: FastifyReply): void {
    this.write(reply, ACCESS_COOKIE, '', 0, new Date(0));
    this.write(reply, REFRESH_COOKIE, '', 0, new Date(0));
  }

  /** Sets the header directly: cookies that `setCookie` collects are lost when the response becomes a stream. */
  private write(reply: FastifyReply, name: string, value: string, maxAge: number, expires?: Date): void {
    const secure = this.isSecure(reply.request);
    const attributes = {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure,
      maxAge,
      ...(expires && { expires }),
    } as const;
    reply.header('set-cookie', reply.server.serializeCookie(name, value, attributes));
  }

  private isSecure(request: FastifyRequest): boolean {
    return schemeOf(request) === 'https' || (this.secureHost !== null && hostOf(request) === this.secureHost);
  }
}
