import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { ACCESS_COOKIE, REFRESH_COOKIE } from '../../platform/http/access/credentials.js';
import { hostOf, schemeOf } from '../../platform/http/address.js';
import { LANGUAGE_COOKIE, supportedLanguage } from '../../platform/i18n/languages.js';
import { SESSION_DAYS, type SessionUser } from './session-renewals.js';
import type { OpenSession } from './sessions.service.js';

const LANGUAGE_DAYS = 365;

interface Attributes {
  readonly maxAge: number;
  readonly expires?: Date;
  readonly httpOnly?: boolean;
}

/** The cookies of a session: HttpOnly hides them from scripts, SameSite=Lax keeps them out of forms of other sites. */
@Injectable()
export class SessionCookies {
  /** The host of FRONTEND_URL if it is HTTPS: browsers use HTTPS even if the last hop to this server does not. */
  private readonly secureHost: string | null;

  constructor(@Inject(ENV) private readonly env: Env) {
    const { protocol, host } = new URL(env.frontendUrl);
    this.secureHost = protocol === 'https:' ? host : null;
  }

  set(reply: FastifyReply, { accessToken, refreshToken, user }: OpenSession): void {
    this.write(reply, ACCESS_COOKIE, accessToken, { maxAge: this.env.jwtExpirationSeconds });
    this.write(reply, REFRESH_COOKIE, refreshToken, { maxAge: SESSION_DAYS * 86_400 });
    this.setLanguage(reply, user);
  }

  /**
   * The account's language, so that the front server knows it without asking the database. Scripts may read it, and it
   * stays after signing out. Set with each renewal too: otherwise a choice would not reach the person's other browsers.
   */
  setLanguage(reply: FastifyReply, user: Pick<SessionUser, 'language'>): void {
    const language = supportedLanguage(user.language);
    if (language !== null)
      this.write(reply, LANGUAGE_COOKIE, language, { maxAge: LANGUAGE_DAYS * 86_400, httpOnly: false });
  }

  clear(reply: FastifyReply): void {
    this.write(reply, ACCESS_COOKIE, '', { maxAge: 0, expires: new Date(0) });
    this.write(reply, REFRESH_COOKIE, '', { maxAge: 0, expires: new Date(0) });
  }

  /** Sets the header directly: cookies that `setCookie` collects are lost when the response becomes a stream. */
  private write(reply: FastifyReply, name: string, value: string, attributes: Attributes): void {
    const secure = this.isSecure(reply.request);
    const all = { path: '/', httpOnly: true, sameSite: 'lax', secure, ...attributes } as const;
    reply.header('set-cookie', reply.server.serializeCookie(name, value, all));
  }

  private isSecure(request: FastifyRequest): boolean {
    return schemeOf(request) === 'https' || (this.secureHost !== null && hostOf(request) === this.secureHost);
  }
}
