import { setTimeout as delay } from 'node:timers/promises';
import {
  ForgotPassword,
  Login,
  type Me,
  ResetPassword,
  type SignedIn,
  Signup,
  UpdateMe,
  type User,
} from '@mini-compete/shared/auth';
import type { Language } from '@mini-compete/shared/languages';
import { Body, Controller, Get, HttpCode, Patch, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../platform/errors/domain-error.js';
import { REFRESH_COOKIE } from '../../platform/http/access/credentials.js';
import { CurrentUser, Public, RateLimit, StartsSession } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { acceptedLanguage, LANGUAGE_COOKIE, supportedLanguage } from '../../platform/i18n/languages.js';
import { PasswordResetService } from '../password/password-reset.service.js';
import { SessionCookies } from '../sessions/session-cookies.js';
import { type OpenSession, type Origin, SessionsService } from '../sessions/sessions.service.js';
import { AccountsService, toUser } from './accounts.service.js';
import { deviceOf } from './new-device.js';

/** Longer than the transaction of a request for a reset link takes. */
const MIN_DURATION_MS = 200;

@Controller('auth')
export class AuthController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly sessions: SessionsService,
    private readonly resets: PasswordResetService,
    private readonly cookies: SessionCookies,
  ) {}

  @Public()
  @StartsSession()
  @RateLimit({ per: 'address', limit: 100, seconds: 600 })
  @Post('signup')
  async signUp(
    @Body({ schema: Signup }) signup: Signup,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedIn> {
    const language = signup.language ?? requestedLanguage(request);
    return this.respond(reply, await this.accounts.signUp({ ...signup, language }, originOf(request)));
  }

  @Public()
  @StartsSession()
  @RateLimit({ per: 'address', limit: 300, seconds: 300 })
  @Post('login')
  @HttpCode(200)
  async logIn(
    @Body({ schema: Login }) login: Login,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedIn> {
    return this.respond(reply, await this.accounts.logIn(login, originOf(request)));
  }

  @Public()
  @RateLimit({ per: 'address', limit: 600, seconds: 300 })
  @Post('refresh')
  @HttpCode(200)
  async refresh(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SignedIn> {
    const token = request.cookies[REFRESH_COOKIE];
    if (token === undefined) throw new DomainError('UNAUTHENTICATED');
    return this.respond(reply, await this.sessions.rotate(token));
  }

  /** Succeeds without a session too: the caller is signed out either way. */
  @Public()
  @Post('logout')
  @HttpCode(204)
  async logOut(
    @CurrentUser() principal: Principal | null,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const token = request.cookies[REFRESH_COOKIE];
    if (principal !== null) await this.sessions.endIfOpen(principal.sessionId);
    if (token !== undefined) await this.sessions.endByToken(token);
    this.cookies.clear(reply);
  }

  @Get('me')
  me(@CurrentUser() principal: Principal): Promise<Me> {
    return this.accounts.get(principal);
  }

  @Patch('me')
  async updateMe(
    @CurrentUser() principal: Principal,
    @Body({ schema: UpdateMe }) changes: UpdateMe,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<User> {
    const user = await this.accounts.update(principal, changes, request.ip);
    this.cookies.setLanguage(reply, user);
    return user;
  }

  /** Neither the response nor its duration reveals whether the account exists. */
  @Public()
  @RateLimit({ per: 'address', limit: 30, seconds: 600 })
  @Post('forgot-password')
  @HttpCode(202)
  async forgotPassword(@Body({ schema: ForgotPassword }) { email }: ForgotPassword): Promise<void> {
    await withMinimumDuration(MIN_DURATION_MS, this.resets.request(email));
  }

  @Public()
  @RateLimit({ per: 'address', limit: 60, seconds: 600 })
  @Post('reset-password')
  @HttpCode(204)
  async resetPassword(@Body({ schema: ResetPassword }) reset: ResetPassword): Promise<void> {
    await this.resets.reset(reset);
  }

  private respond(reply: FastifyReply, session: OpenSession): SignedIn {
    this.cookies.set(reply, session);
    return { token: session.accessToken, user: toUser(session.user) };
  }
}

const originOf = (request: FastifyRequest): Origin => ({
  device: deviceOf(request.headers['user-agent']),
  address: request.ip,
});

/** Undefined when the request asks for none of our languages: then none is stored as the account's choice. */
const requestedLanguage = ({ cookies, headers }: FastifyRequest): Language | undefined =>
  supportedLanguage(cookies[LANGUAGE_COOKIE]) ?? acceptedLanguage(headers) ?? undefined;

/** Makes a request without work take as long as one with work, so that its duration reveals nothing. */
async function withMinimumDuration<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  const [result] = await Promise.allSettled([work, delay(ms)]);
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}
