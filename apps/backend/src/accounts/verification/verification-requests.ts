import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { Prisma } from '../../platform/database/generated/client.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { hashSecret, newSecret } from '../sessions/secret.js';
import { codeKey, hashCode, newCode } from './verification-code.js';

export const MAX_TRIES = 5;

/** What the mail contains. Code and token are stored nowhere, only their hashes. */
export interface IssuedVerification {
  readonly code: string;
  readonly token: string;
  readonly email: string;
  readonly name: string;
  readonly language: string | null;
}

/** Requests for codes: how often an account may make one, and what is sent. */
@Injectable()
export class VerificationRequests {
  private readonly key: Uint8Array;

  constructor(
    @Inject(ENV) env: Pick<Env, 'jwtSecret'>,
    private readonly outbox: Outbox,
  ) {
    this.key = codeKey(env.jwtSecret);
  }

  /** Enqueues a code for the address that the account has to prove. Earlier codes stop working. Returns the request's id. */
  async create(tx: Tx, userId: string, sessionId: string): Promise<string> {
    // Counted under the lock of the account: concurrent requests, also of other servers, would all count zero. Those that
    // do not get it are refused at once, because hundreds that wait would hold all connections of the pool.
    const locked = await tx.$executeRaw`
      SELECT FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE SKIP LOCKED`;
    if (locked === 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: 1 });
    const [{ seconds }] = await tx.$queryRaw<[{ seconds: number }]>`SELECT ${secondsUntilNext(userId)} AS seconds`;
    if (seconds > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: seconds });
    // A day for the mail to be sent. The code expires ten minutes after it was issued.
    const [{ id }] = await tx.$queryRaw<[{ id: string }]>`
      INSERT INTO email_verifications (user_id, session_id, email, old_email, expires_at)
      SELECT id, ${sessionId}::uuid, coalesce(new_email, email), CASE WHEN new_email IS NOT NULL THEN email END,
             now() + interval '1 day'
      FROM users WHERE id = ${userId}::uuid
      RETURNING id`;
    await this.outbox.add(tx, 'verify-email', { verificationId: id });
    return id;
  }

  /**
   * Generates code and token. A job that runs again generates new ones, which replace the others. Null when a newer
   * request exists, or the account no longer has to prove this address.
   */
  async issue(tx: Tx, id: string): Promise<IssuedVerification | null> {
    const [request] = await tx.$queryRaw<{ userId: string }[]>`
      SELECT user_id AS "userId" FROM email_verifications WHERE id = ${id}::uuid`;
    if (request === undefined) return null;
    const [code, token] = [newCode(), newSecret()];
    const rows = await tx.$queryRaw<Omit<IssuedVerification, 'code' | 'token'>[]>`
      UPDATE email_verifications v
      SET code_hash = ${hashCode(this.key, request.userId, id, code)}, token_hash = ${hashSecret(token)}, tries = 0,
          expires_at = now() + interval '10 minutes'
      FROM users u
      WHERE v.id = ${id}::uuid AND u.id = v.user_id AND u.disabled_at IS NULL AND ${IS_CURRENT}
        -- Not the expiry of the code: a mail server that was away for longer than that gets a new one.
        AND v.created_at > now() - interval '1 day'
      RETURNING v.email, u.name, u.language`;
    return rows[0] ? { code, token, ...rows[0] } : null;
  }

  hashOf(userId: string, id: string, code: string): Uint8Array {
    return hashCode(this.key, userId, id, code);
  }
}

/** Of a row `v` of `email_verifications` and its user `u`: unused, about the address to prove, and the newest. */
export const IS_CURRENT = Prisma.sql`
  v.used_at IS NULL AND v.email = coalesce(u.new_email, u.email)
  AND NOT EXISTS (SELECT FROM email_verifications newer WHERE newer.user_id = v.user_id AND newer.id > v.id)`;

/** The same, while its code works. */
export const IS_USABLE = Prisma.sql`${IS_CURRENT} AND v.code_hash IS NOT NULL AND v.expires_at > now() AND v.tries < ${MAX_TRIES}`;

/** One a minute and ten a day. They guess fifty of a million codes a day. */
export const secondsUntilNext = (userId: string) => Prisma.sql`(
  SELECT coalesce(greatest(0, ceil(extract(epoch FROM greatest(
           max(created_at) + interval '1 minute',
           (array_agg(created_at ORDER BY id DESC))[10] + interval '1 day'
         ) - clock_timestamp()))), 0)::int
  FROM email_verifications
  WHERE user_id = ${userId}::uuid AND created_at > clock_timestamp() - interval '1 day'
)`;
