import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';

/** Throws when the account has to verify its address and has not. Accounts from before this rule do not have to. */
export async function ensureVerified(tx: Tx, userId: string): Promise<void> {
  const [user] = await tx.$queryRaw<{ isVerified: boolean }[]>`
    SELECT email_verified_at IS NOT NULL OR NOT must_verify AS "isVerified" FROM users WHERE id = ${userId}::uuid`;
  if (!user?.isVerified) throw new DomainError('EMAIL_NOT_VERIFIED');
}
