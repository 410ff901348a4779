import { Email, Password } from '@mini-compete/shared/auth';
import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { PasswordHasher } from '../password/password-hasher.js';
import { PasswordResetService } from '../password/password-reset.service.js';
import { newSecret } from '../sessions/secret.js';
import { SessionsService } from '../sessions/sessions.service.js';

/** Something the operator can mend: told as a sentence. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

/** What whoever runs the server may do to accounts. Each act leaves a trace. */
@Injectable()
export class OperatorService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly hasher: PasswordHasher,
    private readonly resets: PasswordResetService,
    private readonly sessions: SessionsService,
  ) {}

  /** An admin account, with the password given or a made one, which is returned and kept nowhere. */
  async createAdmin(given: string, password?: string): Promise<{ email: string; password: string | null }> {
    const email = parseEmail(given);
    if (password !== undefined && !Password.safeParse(password).success)
      throw new OperatorError('The password has to have 8 to 200 characters.');
    if ((await this.prisma.user.count({ where: { email } })) > 0)
      throw new OperatorError(`There is an account ${email} already. An admin needs an address of their own.`);
    const made = password === undefined ? newSecret().slice(0, 20) : null;
    const passwordHash = await this.hasher.hash(password ?? made ?? '');
    await this.prisma.$transaction(async (tx) => {
      const { id } = await tx.user.create({ data: { email, name: 'Administrator', role: 'ADMIN', passwordHash } });
      await tx.auditEntry.create({ data: { action: 'account.admin-created', subjectId: id } });
    });
    return { email, password: made };
  }

  async resetLink(given: string): Promise<string> {
    const email = parseEmail(given);
    const issued = await this.resets.issueFor(email);
    if (issued === null) throw new OperatorError(`There is no account ${email}, or it is disabled.`);
    return this.resets.linkFor(issued.token);
  }

  /** Disabled, it can do nothing from this moment on, and all its sessions end. */
  async setDisabled(given: string, disabled: boolean): Promise<string> {
    const email = parseEmail(given);
    await this.prisma.$transaction(async (tx) => {
      const user = await tx.user.findUnique({ where: { email } });
      if (user === null) throw new OperatorError(`There is no account ${email}.`);
      await tx.user.update({ where: { email }, data: { disabledAt: disabled ? new Date() : null } });
      if (disabled) await this.sessions.endAll(tx, user.id);
      const action = disabled ? 'account.disabled' : 'account.enabled';
      await tx.auditEntry.create({ data: { action, subjectId: user.id } });
    });
    return email;
  }
}

function parseEmail(given: string): string {
  const parsed = Email.safeParse(given);
  if (!parsed.success) throw new OperatorError(`"${given}" is no e-mail address.`);
  return parsed.data;
}
