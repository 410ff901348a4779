import type { CodeDelivery, Verification } from '@mini-compete/shared/verification';
import { Inject, Injectable } from '@nestjs/common';
import { writeAudit } from '../../platform/audit/audit.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { transactionTime } from '../../platform/database/transaction-time.js';
import { isUniqueViolation } from '../../platform/errors/database-errors.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { hashSecret } from '../sessions/secret.js';
import { codeDelivery } from './code-delivery.js';
import { hashesMatch } from './verification-code.js';
import { IS_CURRENT, IS_USABLE, MAX_TRIES, secondsUntilNext, VerificationRequests } from './verification-requests.js';

interface Try {
  readonly id: string;
  readonly codeHash: Uint8Array;
  /** This one included. */
  readonly tries: number;
}

/** Proves that an account's address belongs to the person: with the code of a mail, or its link. */
@Injectable()
export class VerificationService {
  private readonly delivery: CodeDelivery;

  constructor(
    @Inject(ENV) env: Pick<Env, 'smtpUrl' | 'nodeEnv'>,
    private readonly prisma: PrismaService,
    private readonly requests: VerificationRequests,
  ) {
    this.delivery = codeDelivery(env);
  }

  async status({ userId }: Principal): Promise<Verification> {
    const rows = await this.prisma.$queryRaw<Omit<Verification, 'delivery'>[]>`
      SELECT coalesce(u.new_email, u.email) AS email,
             u.new_email IS NULL AND u.email_verified_at IS NOT NULL AS verified,
             EXISTS (
               SELECT FROM email_verifications v
               WHERE v.user_id = u.id AND ${IS_CURRENT} AND v.expires_at > now() AND v.tries < ${MAX_TRIES}
             ) AS "codeSent",
             ${secondsUntilNext(userId)} AS "resendInSeconds"
      FROM users u WHERE u.id = ${userId}::uuid`;
    const [row] = rows;
    if (row === undefined) throw new DomainError('SESSION_ENDED');
    return { ...row, delivery: this.delivery };
  }

  /** Sends a new code. Does nothing when there is nothing to verify. */
  async send(principal: Principal): Promise<Verification> {
    const status = await this.status(principal);
    if (status.verified) return status;
    // Without a transaction for those who are certainly too early. The others are counted under the lock of the account.
    if (status.resendInSeconds > 0)
      throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: status.resendInSeconds });
    await this.prisma.$transaction((tx) => this.requests.create(tx, principal.userId, principal.sessionId));
    return this.status(principal);
  }

  /** Any session of the account may use the code. Confirming twice has the same result. */
  async confirmCode(principal: Principal, code: string): Promise<Verification> {
    const { userId } = principal;
    const attempt = await this.takeTry(userId);
    if (attempt === null) return this.ensureNothingLeft(principal);
    const { id, codeHash, tries } = attempt;
    if (!hashesMatch(codeHash, this.requests.hashOf(userId, id, code)))
      throw new DomainError('VERIFICATION_CODE_INVALID', { extra: { triesLeft: MAX_TRIES - tries } });
    await this.complete(userId, id);
    return this.status(principal);
  }

  /**
   * Only the session that asked for the mail may use its link: a mail scanner that opens the link, runs the page and
   * presses the button proves nothing about the person.
   */
  async confirmLink(principal: Principal, token: string): Promise<Verification> {
    const { userId, sessionId } = principal;
    const rows = await this.prisma.$queryRaw<{ id: string; isUsable: boolean }[]>`
      SELECT v.id, ${IS_USABLE} AS "isUsable"
      FROM email_verifications v JOIN users u ON u.id = v.user_id
      WHERE v.user_id = ${userId}::uuid AND v.session_id = ${sessionId}::uuid AND v.token_hash = ${hashSecret(token)}`;
    const [request] = rows;
    if (request === undefined) throw new DomainError('VERIFICATION_LINK_INVALID');
    if (!request.isUsable) return this.ensureNothingLeft(principal);
    await this.complete(userId, request.id);
    return this.status(principal);
  }

  /**
   * Committed before the code is compared: hundreds of tries at the same time, on any servers, count one by one at the
   * lock of the row, and a try whose server dies has counted.
   */
  private async takeTry(userId: string): Promise<Try | null> {
    const rows = await this.prisma.$queryRaw<Try[]>`
      UPDATE email_verifications v SET tries = v.tries + 1
      FROM users u
      WHERE u.id = ${userId}::uuid AND v.user_id = u.id AND ${IS_USABLE}
      RETURNING v.id, v.code_hash AS "codeHash", v.tries`;
    return rows[0] ?? null;
  }

  private async ensureNothingLeft(principal: Principal): Promise<Verification> {
    const status = await this.status(principal);
    if (!status.verified) throw new DomainError('VERIFICATION_EXPIRED');
    return status;
  }

  private async complete(userId: string, id: string): Promise<void> {
    try {
      await this.prisma.$transaction(async (tx) => {
        // First the account, as requests for codes and changes of address do: no two of them wait for each other in a circle.
        await tx.$queryRaw`SELECT FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
        const [used] = await tx.$queryRaw<{ email: string; oldEmail: string | null }[]>`
          UPDATE email_verifications SET used_at = now() WHERE id = ${id}::uuid AND used_at IS NULL
          RETURNING email, old_email AS "oldEmail"`;
        // The same code at the same time: the other request has done everything.
        if (used !== undefined) await setVerified(tx, userId, used);
      });
    } catch (error) {
      // Another account has verified or signed up with this address meanwhile.
      if (isUniqueViolation(error, 'users_email_key')) throw new DomainError('EMAIL_TAKEN');
      throw error;
    }
  }
}

async function setVerified(
  tx: Tx,
  userId: string,
  { email, oldEmail }: { email: string; oldEmail: string | null },
): Promise<void> {
  const emailVerifiedAt = await transactionTime(tx);
  const { count } = await tx.user.updateMany({
    where: { id: userId, OR: [{ newEmail: email }, { newEmail: null, email }] },
    data: { email, newEmail: null, emailVerifiedAt },
  });
  // The change of address was canceled or replaced meanwhile.
  if (count === 0) throw new DomainError('VERIFICATION_EXPIRED');
  if (oldEmail === null) return;
  // A link in the old mailbox must not open the account any more.
  await tx.$executeRaw`UPDATE password_resets SET used_at = now() WHERE user_id = ${userId}::uuid AND used_at IS NULL`;
  await writeAudit(tx, { actorId: userId, action: 'account.email-changed', subjectId: userId });
}
