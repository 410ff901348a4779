import { createHmac, hkdfSync } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { DataLoader } from '../../platform/concurrency/data-loader.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import type { TimedQuery } from '../../platform/database/connection.js';
import type { User as UserRow } from '../../platform/database/generated/client.js';
import { POOL } from '../../platform/database/pool.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { InactiveReason } from './active-session.js';
import { hashSecret } from './secret.js';

/** Counted from each renewal: a session that is used at least once a month does not expire. */
export const SESSION_DAYS = 30;
/** For this long a used refresh token still gets its successor: two tabs renew at once, or a response is lost. */
const REUSE_GRACE_SECONDS = 10;

/** Tokens in one statement. */
const BATCH_SIZE = 256;
/** Tokens that wait in this process. Further ones get BUSY at once: they would wait longer than their time budget. */
const MAX_WAITING = 5_000;
/** From the call to the response. */
const TIME_BUDGET_MS = 3_000;
/** Shorter than the time budget: callers in the batch behind a hanging statement still get their response in time. */
const STATEMENT_TIMEOUT_MS = 2_000;
const RETRY_DELAY_MS = 50;

export type SessionUser = Pick<UserRow, 'id' | 'name' | 'email' | 'role' | 'createdAt' | 'language' | 'timeZone'>;

export type Renewal =
  | { outcome: 'RENEWED'; sessionId: string; user: SessionUser; refreshToken: string }
  | { outcome: InactiveReason };

interface Row {
  /** Position in the batch, from 1. */
  n: number;
  outcome: Renewal['outcome'] | 'SKIPPED';
  session_id: string;
  user_id: string;
  name: string;
  email: string;
  role: UserRow['role'];
  created_at: Date;
  language: string | null;
  time_zone: string | null;
}

/** Session renewal in batches, one statement at a time: `prisma/functions/renew_sessions_v1.sql`. */
@Injectable()
export class SessionRenewals {
  private readonly key: Uint8Array;
  /** Without a limit of the loader: the statement has a timeout, and a batch behind it must not start for nobody. */
  private readonly batches = new DataLoader<Renewal>(
    (tokens) => this.renewBatch(tokens),
    BATCH_SIZE,
    Number.POSITIVE_INFINITY,
  );
  /** How many callers wait for the renewal of each token. */
  private readonly waiting = new Map<string, number>();

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) env: Pick<Env, 'jwtSecret'>,
  ) {
    this.key = successorKey(env.jwtSecret);
  }

  /** A caller that got BUSY may retry with the same token: if it was renewed after all, it gets the same successor. */
  async renew(refreshToken: string): Promise<Renewal> {
    if (this.waiting.size >= MAX_WAITING) throw busy();
    this.waiting.set(refreshToken, (this.waiting.get(refreshToken) ?? 0) + 1);
    let timer: NodeJS.Timeout | undefined;
    // A slow database must not keep callers longer than their time budget, whichever batch they wait for.
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(busy()), TIME_BUDGET_MS);
    });
    try {
      return await Promise.race([this.renewWithRetries(refreshToken), timeout]);
    } finally {
      clearTimeout(timer);
      const others = (this.waiting.get(refreshToken) ?? 0) - 1;
      if (others > 0) this.waiting.set(refreshToken, others);
      else this.waiting.delete(refreshToken);
    }
  }

  /** Retries while another transaction holds the lock on the session's row. */
  private async renewWithRetries(refreshToken: string): Promise<Renewal> {
    const expiresAt = performance.now() + TIME_BUDGET_MS;
    for (;;) {
      const renewal = await this.batches.get(refreshToken);
      if (renewal !== null) return renewal;
      if (performance.now() >= expiresAt) throw busy();
      await pause(RETRY_DELAY_MS);
    }
  }

  /** The result has no entry for a token whose session is locked by another transaction. */
  private async renewBatch(requested: string[]): Promise<ReadonlyMap<string, Renewal>> {
    // Under overload, renewing for callers that have timed out would make the callers behind them time out as well.
    const tokens = requested.filter((token) => this.waiting.has(token));
    if (tokens.length === 0) return new Map();
    const successors = tokens.map((token) => successorOf(this.key, token));
    const rows = await this.query(tokens.map(hashSecret), successors.map(hashSecret));
    const renewals = new Map<string, Renewal>();
    for (const row of rows) {
      const renewal = renewalOf(row, successors[row.n - 1] as string);
      if (renewal !== null) renewals.set(tokens[row.n - 1] as string, renewal);
    }
    return renewals;
  }

  private async query(hashes: Uint8Array[], successors: Uint8Array[]): Promise<Row[]> {
    const query: TimedQuery = {
      name: 'renew_sessions',
      text: `SELECT r.*, u.language, u.time_zone
             FROM renew_sessions_v1($1, $2, $3, $4) r
             LEFT JOIN LATERAL (SELECT language, time_zone FROM users WHERE id = r.user_id LIMIT 1) u ON true`,
      values: [hashes, successors, REUSE_GRACE_SECONDS, SESSION_DAYS],
      // A host that stops responding closes no connection: without a timeout this process would renew no session any
      // more.
      query_timeout: STATEMENT_TIMEOUT_MS,
    };
    return (await this.pool.query<Row>(query)).rows;
  }
}

function renewalOf(row: Row, refreshToken: string): Renewal | null {
  if (row.outcome === 'SKIPPED') return null;
  if (row.outcome !== 'RENEWED') return { outcome: row.outcome };
  const { user_id: id, name, email, role, created_at: createdAt, language, time_zone: timeZone } = row;
  const user = { id, name, email, role, createdAt, language, timeZone };
  return { outcome: 'RENEWED', sessionId: row.session_id, user, refreshToken };
}

/** A key for refresh tokens alone. With the JWT secret itself, a signature for another purpose could be a token. */
const successorKey = (jwtSecret: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', jwtSecret, '', 'mini-compete refresh token successor v1', 32));

/**
 * The successor of a refresh token is derived from it, so no server stores it and two holders of one token get the
 * same. Random successors would split the session into two branches, and a copied token would live on in one of them
 * without reuse detection.
 */
const successorOf = (key: Uint8Array, refreshToken: string): string =>
  createHmac('sha256', key).update(refreshToken).digest('base64url');

const busy = () => new DomainError('BUSY', { retryAfterSeconds: 1 });
