import type { ResetPassword } from '@mini-compete/shared/auth';
import { Inject, Injectable } from '@nestjs/common';
import { RateLimiter } from '../../platform/concurrency/rate-limiter.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { Clock } from '../../platform/time/clock.js';
import { hashSecret, newSecret } from '../sessions/secret.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { PasswordHasher } from './password-hasher.js';

export interface IssuedReset {
  readonly token: string;
  readonly email: string;
  readonly name: string;
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
   * Notes that a link is wanted, and nothing else: its token is made when it is sent, so that none
   * lies in a job's payload, a mailbox or a log. Silent where there is no such account.
   */
  async request(email: string): Promise<void> {
    // Silently: nobody's mailbox is filled from here, and the answer is the same for all.
    if (this.env.rateLimits && this.perEmail.take(email, this.clock.now().getTime()) > 0) return;
    await this.prisma.$transaction(async (tx) => {
      const [reset] = await tx.$queryRaw<{ id: string }[]>`
        INSERT INTO password_resets (user_id, expires_at)
        SELECT id, now() + interval '1 day' FROM users WHERE email = ${email} AND disabled_at IS NULL
        RETURNING id`;
      if (reset) await this.outbox.add(tx, 'reset-link', { passwordResetId: reset.id });
    });
  }

  /** The token for a link that is about to be sent; null when it was used, has expired or a newer one was asked for. */
  async issueToken(tx: Tx, passwordResetId: string): Promise<IssuedReset | null> {
    const token = newSecret();
    const rows = await tx.$queryRaw<{ email: string; name: string }[]>`
      UPDATE password_resets r SET token_hash = ${hashSecret(token)}, expires_at = now() + interval '1 hour'
      FROM users u
      WHERE r.id = ${passwordResetId}::uuid AND u.id = r.user_id AND u.disabled_at IS NULL
        AND r.used_at IS NULL AND r.expires_at > now()
        AND NOT EXISTS (SELECT FROM password_resets n WHERE n.user_id = r.user_id AND n.id > r.id)
      RETURNING u.email, u.name`;
    return rows[0] ? { token, ...rows[0] } : null;
  }

  /** Its host comes from the configuration; the token stands behind the #, which no browser sends and no proxy logs. */
  linkFor(token: string): string {
    return `${this.env.frontendUrl}/reset-password#token=${token}`;
  }

  /** The same kind of link, at once: for the operator, who passes it on in another way. */
  async issueFor(email: string): Promise<IssuedReset | null> {
    return this.prisma.$transaction(async (tx) => {
      const [reset] = await tx.$queryRaw<{ id: string }[]>`
        INSERT INTO password_resets (user_id, expires_at)
        SELECT id, now() + interval '1 hour' FROM users WHERE email = ${email} AND disabled_at IS NULL
        RETURNING id`;
      return reset ? this.issueToken(tx, reset.id) : null;
    });
  }

  /** Single use, the newest only; ends all sessions. */
  async reset({ token, password }: ResetPassword): Promise<void> {
    // Looked at before the password is hashed: a made-up token must not cost 40 ms of a core.
    if ((await this.findUsable(this.prisma, token)) === null) throw new DomainError('RESET_TOKEN_INVALID');
    const passwordHash = await this.hasher.hash(password);
    await this.prisma.$transaction(async (tx) => {
      const userId = await this.findUsable(tx, token, true);
      if (userId === null) throw new DomainError('RESET_TOKEN_INVALID');
      await tx.$executeRaw`UPDATE password_resets SET used_at = now() WHERE user_id = ${userId}::uuid AND used_at IS NULL`;
      await tx.user.update({ where: { id: userId }, data: { passwordHash } });
      await this.sessions.endAll(tx, userId);
    });
  }

  private async findUsable(tx: Tx, token: string, lock = false): Promise<string | null> {
    const hash = hashSecret(token);
    // Locked, a second one with the same token waits and then finds it used.
    if (lock) await tx.$queryRaw`SELECT FROM password_resets WHERE token_hash = ${hash} FOR UPDATE`;
    const rows = await tx.$queryRaw<{ userId: string }[]>`
      SELECT r.user_id AS "userId" FROM password_resets r JOIN users u ON u.id = r.user_id
      WHERE r.token_hash = ${hash} AND r.used_at IS NULL AND r.expires_at > now() AND u.disabled_at IS NULL
        AND NOT EXISTS (SELECT FROM password_resets n WHERE n.user_id = r.user_id AND n.id > r.id)`;
    return rows[0]?.userId ?? null;
  }
}
