import type { Session } from '@mini-compete/shared/auth';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import type { User as UserRow } from '../generated/prisma/client.js';
import { PrismaService, type Tx } from '../prisma/prisma.module.js';
import type { Principal } from './principal.js';
import { hashSecret, newSecret } from './secret.js';
import { TokenService } from './token.service.js';

/** Counted anew with each rotation: who comes at least once in a month stays signed in. */
export const SESSION_DAYS = 30;
/** Two tabs, or an answer that got lost: for so long the previous token still gets a sibling. */
export const SIBLING_SECONDS = 10;

/** Where somebody signs in from. */
export interface Origin {
  readonly device: string;
  readonly address: string;
}

export interface OpenSession {
  readonly user: UserRow;
  readonly sessionId: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

type Rotated = { user: UserRow; sessionId: string; refreshToken: string };

@Injectable()
export class SessionsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly tokens: TokenService,
  ) {}

  async open(tx: Tx, user: UserRow, { device, address }: Origin): Promise<OpenSession> {
    const [{ id }] = await tx.$queryRaw<[{ id: string }]>`
      INSERT INTO sessions (user_id, device, address, expires_at)
      VALUES (${user.id}::uuid, ${device}, ${address}, now() + make_interval(days => ${SESSION_DAYS}))
      RETURNING id`;
    const refreshToken = await this.addToken(tx, id);
    return this.openSession({ user, sessionId: id, refreshToken });
  }

  /** A new pair for the present refresh token. A used one ends the whole session: somebody has a copy. */
  async rotate(refreshToken: string): Promise<OpenSession> {
    const outcome = await this.prisma.$transaction((tx) => this.rotateIn(tx, refreshToken));
    // Thrown after the commit: within the transaction it would undo the ending of the session.
    if (outcome instanceof DomainError) throw outcome;
    return this.openSession(outcome);
  }

  private async rotateIn(tx: Tx, refreshToken: string): Promise<Rotated | DomainError> {
    const hash = hashSecret(refreshToken);
    // The session's row is the lock of its family: two rotations of one token come one after the other.
    const [token] = await tx.$queryRaw<{ sessionId: string; userId: string; stands: boolean; reused: boolean }[]>`
      SELECT s.id AS "sessionId", s.user_id AS "userId", s.ended_at IS NULL AND s.expires_at > now() AS stands,
             coalesce(t.used_at < now() - make_interval(secs => ${SIBLING_SECONDS}), false) AS reused
      FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id
      WHERE t.hash = ${hash} FOR UPDATE OF s, t`;
    if (token === undefined || !token.stands) return new DomainError('SESSION_ENDED');
    if (token.reused) {
      await this.end(tx, { id: token.sessionId });
      await tx.auditEntry.create({
        data: { actorId: token.userId, action: 'session.reuse-revoked', subjectId: token.sessionId },
      });
      return new DomainError('SESSION_ENDED');
    }
    const user = await tx.user.findUniqueOrThrow({ where: { id: token.userId } });
    if (user.disabledAt !== null) return new DomainError('ACCOUNT_DISABLED');
    await tx.$executeRaw`UPDATE refresh_tokens SET used_at = coalesce(used_at, now()) WHERE hash = ${hash}`;
    await tx.$executeRaw`
      UPDATE sessions SET last_used_at = now(), expires_at = now() + make_interval(days => ${SESSION_DAYS})
      WHERE id = ${token.sessionId}::uuid`;
    return { user, sessionId: token.sessionId, refreshToken: await this.addToken(tx, token.sessionId) };
  }

  async list(principal: Principal): Promise<Session[]> {
    const rows = await this.prisma.session.findMany({
      where: { userId: principal.userId, endedAt: null, expiresAt: { gt: new Date() } },
      orderBy: { lastUsedAt: 'desc' },
      take: 100,
    });
    return rows.map((row) => ({
      id: row.id,
      device: row.device,
      address: row.address,
      createdAt: row.createdAt.toISOString(),
      lastUsedAt: row.lastUsedAt.toISOString(),
      current: row.id === principal.sessionId,
    }));
  }

  async endOwn(principal: Principal, id: string): Promise<void> {
    const ended = await this.end(this.prisma, { id, userId: principal.userId });
    if (ended === 0) throw new DomainError('SESSION_NOT_FOUND');
  }

  async endIfOpen(id: string): Promise<void> {
    await this.end(this.prisma, { id });
  }

  /** Whose refresh token it is; silent where it is nobody's. */
  async endByToken(refreshToken: string): Promise<void> {
    await this.prisma.$executeRaw`
      UPDATE sessions s SET ended_at = now() FROM refresh_tokens t
      WHERE t.hash = ${hashSecret(refreshToken)} AND s.id = t.session_id AND s.ended_at IS NULL`;
  }

  /** All of a person's, but for the one that may stay. */
  async endAll(tx: Tx, userId: string, butSessionId?: string): Promise<void> {
    await this.end(tx, { userId, ...(butSessionId !== undefined && { NOT: { id: butSessionId } }) });
  }

  private async end(tx: Tx, which: { id?: string; userId?: string; NOT?: { id: string } }): Promise<number> {
    const { count } = await tx.session.updateMany({
      where: { ...which, endedAt: null },
      data: { endedAt: new Date() },
    });
    return count;
  }

  private async addToken(tx: Tx, sessionId: string): Promise<string> {
    const token = newSecret();
    await tx.refreshToken.create({ data: { hash: hashSecret(token), sessionId } });
    return token;
  }

  private openSession({ user, sessionId, refreshToken }: Rotated): OpenSession {
    const accessToken = this.tokens.sign({ userId: user.id, sessionId, role: user.role });
    return { user, sessionId, accessToken, refreshToken };
  }
}
