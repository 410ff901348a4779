import { translatorFor } from '@mini-compete/messages/translator';
import type { Session } from '@mini-compete/shared/auth';
import type { Language } from '@mini-compete/shared/languages';
import { Injectable } from '@nestjs/common';
import { Prisma } from '../../platform/database/generated/client.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { deviceName } from '../../platform/i18n/device-name.js';
import { inactiveSession, SESSION_IS_ACTIVE } from './active-session.js';
import { hashSecret, newSecret } from './secret.js';
import { SESSION_DAYS, SessionRenewals, type SessionUser } from './session-renewals.js';
import { TokenService } from './token.service.js';

/** The device and IP address of a sign-in. */
export interface Origin {
  readonly device: string;
  readonly address: string;
}

export interface OpenSession {
  readonly user: SessionUser;
  readonly sessionId: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

interface SessionRow {
  readonly id: string;
  readonly device: string;
  readonly address: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
}

@Injectable()
export class SessionsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly tokens: TokenService,
    private readonly renewals: SessionRenewals,
  ) {}

  async open(tx: Tx, user: SessionUser, { device, address }: Origin): Promise<OpenSession> {
    const refreshToken = newSecret();
    const [{ id }] = await tx.$queryRaw<[{ id: string }]>`
      WITH opened AS (
        INSERT INTO sessions (user_id, device, address, expires_at)
        VALUES (${user.id}::uuid, ${device}, ${address}, now() + make_interval(days => ${SESSION_DAYS}))
        RETURNING id
      ), issued AS (
        INSERT INTO refresh_tokens (hash, session_id) SELECT ${hashSecret(refreshToken)}::bytea, id FROM opened
      )
      SELECT id FROM opened`;
    return this.openSession({ user, sessionId: id, refreshToken });
  }

  /**
   * Exchanges a refresh token for a new pair of tokens. Reuse detection: a token that is used again after the grace
   * period was copied, and ends the session.
   */
  async rotate(refreshToken: string): Promise<OpenSession> {
    const renewal = await this.renewals.renew(refreshToken);
    if (renewal.outcome !== 'RENEWED') throw inactiveSession(renewal.outcome);
    return this.openSession(renewal);
  }

  async list(principal: Principal, language: Language): Promise<Session[]> {
    const rows = await this.prisma.$queryRaw<SessionRow[]>`
      SELECT id, device, address, created_at AS "createdAt", last_used_at AS "lastUsedAt"
      FROM sessions
      WHERE user_id = ${principal.userId}::uuid AND ${Prisma.raw(SESSION_IS_ACTIVE)}
      ORDER BY last_used_at DESC
      LIMIT 100`;
    const t = translatorFor(language, 'mail');
    return rows.map((row) => ({
      id: row.id,
      device: deviceName(t, row.device),
      address: row.address,
      createdAt: row.createdAt.toISOString(),
      lastUsedAt: row.lastUsedAt.toISOString(),
      current: row.id === principal.sessionId,
    }));
  }

  async endOwn(principal: Principal, id: string): Promise<void> {
    const ended = await this.end(this.prisma, Prisma.sql`id = ${id}::uuid AND user_id = ${principal.userId}::uuid`);
    if (ended === 0) throw new DomainError('SESSION_NOT_FOUND');
  }

  async endIfOpen(id: string): Promise<void> {
    await this.end(this.prisma, Prisma.sql`id = ${id}::uuid`);
  }

  /** Ends the session of a refresh token. Does nothing for an unknown token. */
  async endByToken(refreshToken: string): Promise<void> {
    const hash = hashSecret(refreshToken);
    await this.end(this.prisma, Prisma.sql`id = (SELECT session_id FROM refresh_tokens WHERE hash = ${hash})`);
  }

  /** Ends all sessions of an account, except one. */
  async endAll(tx: Tx, userId: string, exceptId: string | null = null): Promise<void> {
    await this.end(tx, Prisma.sql`user_id = ${userId}::uuid AND id IS DISTINCT FROM ${exceptId}::uuid`);
  }

  /** By the clock of the database, which all servers share: a server with a wrong clock would set a future end. */
  private end(tx: Tx, condition: Prisma.Sql): Promise<number> {
    return tx.$executeRaw`UPDATE sessions SET ended_at = now() WHERE ${condition} AND ended_at IS NULL`;
  }

  private openSession({ user, sessionId, refreshToken }: Omit<OpenSession, 'accessToken'>): OpenSession {
    const accessToken = this.tokens.sign({ userId: user.id, sessionId, role: user.role });
    return { user, sessionId, accessToken, refreshToken };
  }
}
