import type { ChangeEmail } from '@mini-compete/shared/verification';
import { Injectable } from '@nestjs/common';
import { ensureNoOlderServers } from '../../platform/database/older-servers.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { CurrentPassword } from '../password/current-password.js';
import { VerificationRequests } from './verification-requests.js';

/** The new address counts once it is verified; until then the account keeps the old one. */
@Injectable()
export class EmailChangeService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly passwords: CurrentPassword,
    private readonly requests: VerificationRequests,
    private readonly outbox: Outbox,
  ) {}

  /** The code goes to the new address, and a message to the old one. */
  async request(principal: Principal, { email, currentPassword }: ChangeEmail, address: string): Promise<void> {
    await this.passwords.ensure(principal, currentPassword, address);
    const { userId, sessionId } = principal;
    await this.prisma.$transaction(async (tx) => {
      // They cannot read the message about it.
      await ensureNoOlderServers(tx);
      const [user] = await tx.$queryRaw<{ email: string }[]>`
        SELECT email FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
      if (user === undefined) throw new DomainError('SESSION_ENDED');
      if (user.email === email) return setNewEmail(tx, userId, null);
      // For a clear answer early. The unique index decides when the address is verified.
      if ((await tx.user.count({ where: { email } })) > 0) throw new DomainError('EMAIL_TAKEN');
      await setNewEmail(tx, userId, email);
      const verificationId = await this.requests.create(tx, userId, sessionId);
      await this.outbox.add(tx, 'address-changed', { verificationId });
    });
  }

  /** The code that was sent to the new address stops working. */
  async cancel({ userId }: Principal): Promise<void> {
    await setNewEmail(this.prisma, userId, null);
  }
}

async function setNewEmail(tx: Tx, userId: string, email: string | null): Promise<void> {
  await tx.$executeRaw`UPDATE users SET new_email = ${email} WHERE id = ${userId}::uuid`;
}
