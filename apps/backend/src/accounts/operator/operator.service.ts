import { Email, Password } from '@mini-compete/shared/auth';
import { Injectable } from '@nestjs/common';
import { writeAudit } from '../../platform/audit/audit.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { transactionTime } from '../../platform/database/transaction-time.js';
import { OperatorError } from '../../platform/errors/operator-error.js';
import { PasswordHasher } from '../password/password-hasher.js';
import { PasswordResetService } from '../password/password-reset.service.js';
import { newSecret } from '../sessions/secret.js';
import { SessionsService } from '../sessions/sessions.service.js';

/** The operations behind `npm run admin`. Creating, verifying, disabling and enabling an account is written to the audit log. */
@Injectable()
export class OperatorService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly hasher: PasswordHasher,
    private readonly resets: PasswordResetService,
    private readonly sessions: SessionsService,
  ) {}

  /** Creates an admin. Without a password it generates one and returns it; the database stores its hash only. */
  async createAdmin(emailInput: string, password?: string): Promise<{ email: string; password: string | null }> {
    const email = parseEmail(emailInput);
    if (password !== undefined && !Password.safeParse(password).success)
      throw new OperatorError('The password must have 8 to 200 characters.');
    if ((await this.prisma.user.count({ where: { email } })) > 0)
      throw new OperatorError(`An account for ${email} already exists. Choose another address for the admin.`);
    const generated = password === undefined ? newSecret().slice(0, 20) : null;
    const passwordHash = await this.hasher.hash(password ?? generated ?? '');
    await this.prisma.$transaction(async (tx) => {
      const createdAt = await transactionTime(tx);
      const data = {
        email,
        name: 'Administrator',
        role: 'ADMIN',
        passwordHash,
        createdAt,
        emailVerifiedAt: createdAt,
      } as const;
      const { id } = await tx.user.create({ data });
      await writeAudit(tx, { action: 'account.admin-created', subjectId: id });
    });
    return { email, password: generated };
  }

  async resetLink(emailInput: string): Promise<string> {
    const email = parseEmail(emailInput);
    const issued = await this.resets.issueFor(email);
    if (issued === null) throw new OperatorError(`There is no account for ${email}, or it is disabled.`);
    return this.resets.linkFor(issued.token);
  }

  /** Marks an address as verified, also one that an account is about to change to. */
  async verify(emailInput: string): Promise<string> {
    const email = parseEmail(emailInput);
    await this.prisma.$transaction(async (tx) => {
      const candidates = await tx.$queryRaw<{ id: string; isOwn: boolean }[]>`
        SELECT id, email = ${email} AS "isOwn" FROM users WHERE email = ${email} OR new_email = ${email} FOR UPDATE`;
      // The account that has the address comes before accounts that want it.
      const user = candidates.find(({ isOwn }) => isOwn) ?? (candidates.length === 1 ? candidates[0] : undefined);
      if (user === undefined && candidates.length > 1)
        throw new OperatorError(`Several accounts want to change to ${email}.`);
      if (user === undefined) throw new OperatorError(`There is no account for ${email}.`);
      await tx.$executeRaw`
        UPDATE users SET email = ${email}, new_email = CASE WHEN ${user.isOwn} THEN new_email END,
                         email_verified_at = now()
        WHERE id = ${user.id}::uuid`;
      await writeAudit(tx, { action: 'account.email-verified', subjectId: user.id });
    });
    return email;
  }

  /** Disabling an account ends all its sessions; its requests that change something are refused at once. */
  async setDisabled(emailInput: string, disabled: boolean): Promise<string> {
    const email = parseEmail(emailInput);
    await this.prisma.$transaction(async (tx) => {
      const [user] = await tx.$queryRaw<{ id: string }[]>`
        UPDATE users SET disabled_at = CASE WHEN ${disabled} THEN now() END WHERE email = ${email} RETURNING id`;
      if (user === undefined) throw new OperatorError(`There is no account for ${email}.`);
      if (disabled) await this.sessions.endAll(tx, user.id);
      const action = disabled ? 'account.disabled' : 'account.enabled';
      await writeAudit(tx, { action, subjectId: user.id });
    });
    return email;
  }
}

function parseEmail(input: string): string {
  const parsed = Email.safeParse(input);
  if (!parsed.success) throw new OperatorError(`"${input}" is not an email address.`);
  return parsed.data;
}
