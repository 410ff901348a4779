import type { ResetPassword } from '@mini-compete/shared/auth';
import { Inject, Injectable } from '@nestjs/common';
import { RateLimiter } from '../../platform/concurrency/rate-limiter.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { Clock } from '../../platform/time/clock.js';
import { hashSecret, newSecret } from '../sessions/secret.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { PasswordHasher } from './password-hasher.js';

/** The token of a reset link, which is stored nowhere, and the recipient of the link. */
export interface IssuedReset {
  readonly token: string;
  readonly email: string;
  readonly name: string;
  /** What the recipient has chosen. */
  readonly language: string | null;
}

@Injectable()
export class PasswordResetService {
  private readonly perEmail = new RateLimiter(5, 3600);

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly prisma: PrismaService,
    private readonly hasher: PasswordHasher,
    private readonly sessions: SessionsService,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Enqueues a reset link. Its token is generated when the mail is sent, so that no job payload, mailbox or log
   * contains it. Does nothing for an unknown account.
   */
  async request(email: string): Promise<void> {
    // Without an error: the response is the same for all addresses. The limit keeps attackers from flooding an inbox.
    if (this.env.rateLimits && this.perEmail.take(email, this.clock.now().getTime()) > 0) return;
    await this.prisma.$transaction(async (tx) => {
      // A day for the mail to be sent. The token expires one hour after it was issued.
      const passwordResetId = await this.create(tx, email, '1 day');
      if (passwordResetId !== null) await this.outbox.add(tx, 'reset-link', { passwordResetId });
    });
  }

  /**
   * Generates the token of a link. Null when the link was used, has expired, or a newer one was requested. A mailed link
   * also proves the address that it goes to, unlike one of the operator.
   */
  async issueToken(tx: Tx, passwordResetId: string, { isMailed }: { isMailed: boolean }): Promise<IssuedReset | null> {
    const token = newSecret();
    const rows = await tx.$queryRaw<Omit<IssuedReset, 'token'>[]>`
      UPDATE password_resets r SET token_hash = ${hashSecret(token)}, expires_at = now() + interval '1 hour',
          email = CASE WHEN ${isMailed} THEN u.email END
      FROM users u
      WHERE r.id = ${passwordResetId}::uuid AND u.id = r.user_id AND ${IS_USABLE}
      RETURNING u.email, u.name, u.language`;
    return rows[0] ? { token, ...rows[0] } : null;
  }

  /** The host comes from the configuration. The token is in the fragment, which no browser sends and no proxy logs. */
  linkFor(token: string): string {
    return `${this.env.frontendUrl}/reset-password#token=${token}`;
  }

  /** Issues a link without a mail, for the operator. Null for an unknown or disabled account. */
  async issueFor(email: string): Promise<IssuedReset | null> {
    return this.prisma.$transaction(async (tx) => {
      const passwordResetId = await this.create(tx, email, '1 hour');
      return passwordResetId === null ? null : this.issueToken(tx, passwordResetId, { isMailed: false });
    });
  }

  /**
   * Accepts the newest link only, and once. Ends all sessions of the account, and a change of address that one of them
   * may have asked for.
   */
  async reset({ token, password }: ResetPassword): Promise<void> {
    // Checked before the password is hashed: an invented token must not cost 40 ms of a core.
    if ((await this.findUsable(this.prisma, token)) === null) throw new DomainError('RESET_TOKEN_INVALID');
    const passwordHash = await this.hasher.hash(password);
    await this.prisma.$transaction(async (tx) => {
      const userId = await this.findUsable(tx, token, true);
      if (userId === null) throw new DomainError('RESET_TOKEN_INVALID');
      await tx.$executeRaw`UPDATE password_resets SET used_at = now() WHERE user_id = ${userId}::uuid AND used_at IS NULL`;
      await tx.$executeRaw`
        UPDATE users u
        SET password_hash = ${passwordHash}, new_email = NULL,
            email_verified_at = CASE WHEN u.email = r.email THEN coalesce(u.email_verified_at, now()) ELSE u.email_verified_at END
        FROM password_resets r
        WHERE u.id = ${userId}::uuid AND r.token_hash = ${hashSecret(token)}`;
      await this.sessions.endAll(tx, userId);
    });
  }

  private async findUsable(tx: Tx, token: string, lock = false): Promise<string | null> {
    const hash = hashSecret(token);
    // With the row lock, a concurrent request with the same token waits and then finds it used.
    if (lock) await tx.$queryRaw`SELECT FROM password_resets WHERE token_hash = ${hash} FOR UPDATE`;
    const rows = await tx.$queryRaw<{ userId: string }[]>`
      SELECT r.user_id AS "userId" FROM password_resets r JOIN users u ON u.id = r.user_id
      WHERE r.token_hash = ${hash} AND ${IS_USABLE}`;
    return rows[0]?.userId ?? null;
  }

  /** Null for an unknown or disabled account. */
  private async create(tx: Tx, email: string, lifetime: '1 hour' | '1 day'): Promise<string | null> {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO password_resets (user_id, expires_at)
      SELECT id, now() + ${lifetime}::interval FROM users WHERE email = ${email} AND disabled_at IS NULL
      RETURNING id`;
    return rows[0]?.id ?? null;
  }
}

/** Of a row `r` of `password_resets` and its user `u`: unused, not expired, and the newest of an account in use. */
const IS_USABLE = Prisma.sql`
  r.used_at IS NULL AND r.expires_at > now() AND u.disabled_at IS NULL
  AND NOT EXISTS (SELECT FROM password_resets newer WHERE newer.user_id = r.user_id AND newer.id > r.id)`;
