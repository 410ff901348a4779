import type { Login, Me, Signup, UpdateMe, User, VerificationNeed } from '@mini-compete/shared/auth';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { DataLoader } from '../../platform/concurrency/data-loader.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { transactionTime } from '../../platform/database/transaction-time.js';
import { isUniqueViolation } from '../../platform/errors/database-errors.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { supportedLanguage } from '../../platform/i18n/languages.js';
import { CurrentPassword } from '../password/current-password.js';
import { LoginRateLimit } from '../password/login-rate-limit.js';
import { PasswordHasher } from '../password/password-hasher.js';
import type { SessionUser } from '../sessions/session-renewals.js';
import { type OpenSession, type Origin, SessionsService } from '../sessions/sessions.service.js';
import { codeDelivery } from '../verification/code-delivery.js';
import { VerificationRequests } from '../verification/verification-requests.js';
import { NewDeviceNotifier } from './new-device.js';

/** The header of each page shows the number: counting all of ten thousand messages would cost more than the page. */
const MAX_UNREAD = 100;

interface MeRow extends SessionUser {
  readonly unread: number;
  readonly isStaff: boolean;
  readonly newEmail: string | null;
  readonly verifiedAt: Date | null;
  readonly mustVerify: boolean;
}

/** LIMIT 1 in lateral joins: index lookups per account, whatever the planner assumes about the number of rows. */
const ACCOUNTS = `
SELECT u.id, u.name, u.email, u.role, u.created_at AS "createdAt", u.language, u.time_zone AS "timeZone",
       u.new_email AS "newEmail", u.email_verified_at AS "verifiedAt", u.must_verify AS "mustVerify",
       (SELECT count(*)::int FROM (
         SELECT FROM mailbox_messages WHERE user_id = u.id AND read_at IS NULL LIMIT ${MAX_UNREAD}
       ) m) AS unread,
       staff.competition_id IS NOT NULL AS "isStaff"
FROM unnest($1::uuid[]) AS asked (id)
CROSS JOIN LATERAL (SELECT * FROM users WHERE id = asked.id AND erased_at IS NULL LIMIT 1) u
LEFT JOIN LATERAL (
  SELECT s.competition_id FROM competition_staff s JOIN competitions c ON c.id = s.competition_id
  WHERE s.user_id = u.id AND c.deleted_at IS NULL
  LIMIT 1
) staff ON true`;

const BATCH_SIZE = 100;

/** An account as its owner sees it. */
export const toUser = (row: SessionUser): User => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  createdAt: row.createdAt.toISOString(),
  // Another version of the product may know more languages.
  language: supportedLanguage(row.language),
  timeZone: row.timeZone,
});

@Injectable()
export class AccountsService {
  /** Each page of a signed-in user reads the account: concurrent reads share a statement. */
  private readonly reads = new DataLoader<MeRow>((ids) => this.findMany(ids), BATCH_SIZE);

  constructor(
    private readonly prisma: PrismaService,
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) private readonly env: Env,
    private readonly hasher: PasswordHasher,
    private readonly passwords: CurrentPassword,
    private readonly verifications: VerificationRequests,
    private readonly sessions: SessionsService,
    private readonly rateLimit: LoginRateLimit,
    private readonly newDevices: NewDeviceNotifier,
  ) {}

  async signUp({ name, email, password, role, ...signup }: Signup, origin: Origin): Promise<OpenSession> {
    const { language = null, timeZone = null } = signup;
    // Checked first, so that fifty concurrent requests do not hash fifty passwords. The unique index decides.
    if ((await this.prisma.user.count({ where: { email } })) > 0) throw new DomainError('EMAIL_TAKEN');
    const passwordHash = await this.hasher.hash(password);
    try {
      return await this.prisma.$transaction(async (tx) => {
        const createdAt = await transactionTime(tx);
        const user = await tx.user.create({ data: { name, email, role, language, timeZone, passwordHash, createdAt } });
        const session = await this.sessions.open(tx, user, origin);
        if (codeDelivery(this.env) !== 'none') await this.verifications.create(tx, user.id, session.sessionId);
        return session;
      });
    } catch (error) {
      if (isUniqueViolation(error, 'users_email_key')) throw new DomainError('EMAIL_TAKEN');
      throw error;
    }
  }

  /** The same error, after the same work, for a wrong password and for an unknown account. */
  async logIn({ email, password }: Login, origin: Origin): Promise<OpenSession> {
    const user = await this.prisma.user.findUnique({ where: { email } });
    const isCorrect = await this.rateLimit.attempt(email, origin.address, () =>
      this.hasher.verify(user?.passwordHash ?? null, password),
    );
    if (!isCorrect || user === null) throw new DomainError('CREDENTIALS_INVALID');
    if (user.disabledAt !== null) throw new DomainError('ACCOUNT_DISABLED');
    return this.prisma.$transaction(async (tx) => {
      const session = await this.sessions.open(tx, user, origin);
      await this.newDevices.notify(tx, session.sessionId);
      return session;
    });
  }

  async get({ userId }: Principal): Promise<Me> {
    const row = await this.reads.get(userId);
    if (row === null) throw new DomainError('SESSION_ENDED');
    return {
      ...toUser(row),
      unread: row.unread,
      isStaff: row.isStaff,
      emailVerified: row.verifiedAt !== null,
      newEmail: row.newEmail,
      verification: this.verificationNeed(row),
    };
  }

  private async findMany(ids: string[]): Promise<ReadonlyMap<string, MeRow>> {
    const { rows } = await this.pool.query<MeRow>({ name: 'accounts', text: ACCOUNTS, values: [ids] });
    return new Map(rows.map((row) => [row.id, row]));
  }

  private verificationNeed({ verifiedAt, mustVerify }: MeRow): VerificationNeed {
    if (verifiedAt !== null || !mustVerify) return 'none';
    if (this.env.requireVerifiedEmail) return 'required';
    return codeDelivery(this.env) === 'none' ? 'none' : 'offered';
  }

  /** A new password ends all other sessions, because they were opened with the old one. */
  async update(principal: Principal, changes: UpdateMe, address: string): Promise<User> {
    const { name, password, currentPassword = '', language, timeZone } = changes;
    const passwordHash = password && (await this.newHash(principal, currentPassword, password, address));
    return this.prisma.$transaction(async (tx) => {
      const data = {
        ...(name !== undefined && { name }),
        ...(language !== undefined && { language }),
        ...(timeZone !== undefined && { timeZone }),
        ...(passwordHash && { passwordHash }),
      };
      const user = await tx.user.update({ where: { id: principal.userId }, data });
      if (passwordHash) await this.sessions.endAll(tx, user.id, principal.sessionId);
      return toUser(user);
    });
  }

  private async newHash(principal: Principal, current: string, password: string, address: string): Promise<string> {
    await this.passwords.ensure(principal, current, address);
    return this.hasher.hash(password);
  }
}
