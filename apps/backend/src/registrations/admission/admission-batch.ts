import { Logger } from '@nestjs/common';
import type pg from 'pg';
import { databaseFailure } from '../../platform/errors/database-errors.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type {
  AdmissionOperation,
  AdmissionRequest,
  AdmissionResult,
  IneligibleMember,
  LockMode,
  RefusalCode,
} from './admission.js';
import type { PendingRequest } from './request-queue.js';

export type AdmissionOutcome = AdmissionResult | DomainError;

const SKIPPED: AdmissionResult = { kind: 'skipped' };
const MIN_BUDGET_MS = 50;
/** Raised by the SQL functions: another batch committed the same idempotency key in the meantime. */
const KEY_TAKEN = 'MC001';
const LOCK_TIMEOUT = '55P03';
/**
 * A batch that skips locked competitions waits for locks on keys and users only, which are held for milliseconds. If it
 * waited longer, it would keep the competition's row locked and use up the time of all its requests.
 */
const BATCH_LOCK_TIMEOUT_MS = 500;
/** The same for its requests one by one: those behind the one that has to wait still have to get their turn. */
const REQUEST_LOCK_TIMEOUT_MS = 200;

const logger = new Logger('Admission');

/**
 * Returns one outcome per request. When the batch as a whole fails, its requests run one by one, so that one failing
 * request does not cost the others their seats.
 */
export async function admitBatch(
  client: pg.ClientBase,
  operation: AdmissionOperation,
  batch: readonly PendingRequest[],
  lock: LockMode,
): Promise<AdmissionOutcome[]> {
  const requests = batch.map(({ request }) => request);
  const lockTimeoutMs = lock === 'wait' || batch.length === 1 ? Number.POSITIVE_INFINITY : BATCH_LOCK_TIMEOUT_MS;
  const run = () =>
    admit(client, operation, requests, { lock, budgetMs: Math.min(remainingBudgetMs(batch), lockTimeoutMs) });
  try {
    // The second run sees the key that was committed in the meantime.
    return await run().catch((error: unknown) => (isKeyTaken(error) ? run() : Promise.reject(error)));
  } catch (error) {
    if (databaseFailure(error) === 'unavailable') throw error;
    // The row lock was not available in time: the requests go back to the queue until their budget ends.
    if (lock === 'wait' && codeOf(error) === LOCK_TIMEOUT) return batch.map(() => SKIPPED);
    if (batch.length > 1)
      logger.warn({ msg: 'a batch failed, its requests run one by one', size: batch.length, ...summaryOf(error) });
    return admitOneByOne(client, operation, batch, lock);
  }
}

async function admitOneByOne(
  client: pg.ClientBase,
  operation: AdmissionOperation,
  batch: readonly PendingRequest[],
  lock: LockMode,
): Promise<AdmissionOutcome[]> {
  const outcomes: AdmissionOutcome[] = [];
  // A request whose response was BUSY must not be admitted any more: its person would not know of the seat.
  for (const pending of batch)
    outcomes.push(pending.answered ? SKIPPED : await admitOne(client, operation, pending, lock));
  return outcomes;
}

async function admitOne(
  client: pg.ClientBase,
  operation: AdmissionOperation,
  pending: PendingRequest,
  lock: LockMode,
): Promise<AdmissionOutcome> {
  const lockTimeoutMs = lock === 'wait' ? Number.POSITIVE_INFINITY : REQUEST_LOCK_TIMEOUT_MS;
  const budgetMs = Math.min(remainingBudgetMs([pending]), lockTimeoutMs);
  const run = () => admit(client, operation, [pending.request], { lock, budgetMs });
  try {
    const [result = SKIPPED] = await run().catch((error: unknown) =>
      codeOf(error) === LOCK_TIMEOUT ? Promise.reject(error) : run(),
    );
    return result;
  } catch (error) {
    const failure = databaseFailure(error);
    if (failure === 'unavailable') throw error;
    if (failure === null && !isKeyTaken(error))
      logger.error({ msg: 'a request could not be admitted', operation, ...summaryOf(error) });
    return new DomainError('BUSY', { cause: error });
  }
}

/** Until the first request of the batch expires: later it would get a seat after it was answered BUSY. */
function remainingBudgetMs(batch: readonly PendingRequest[]): number {
  const firstExpiry = Math.min(...batch.map(({ expiresAt }) => expiresAt));
  return Math.max(MIN_BUDGET_MS, Math.floor(firstExpiry - performance.now()));
}

/** Without the statement, which PostgreSQL appends to its errors with all parameters. */
function summaryOf(error: unknown) {
  const { code, message, constraint } = error as { code?: string; message?: string; constraint?: string };
  return { code, reason: message, constraint };
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;
const isKeyTaken = (error: unknown): boolean => codeOf(error) === KEY_TAKEN;

interface Locking {
  readonly lock: LockMode;
  readonly budgetMs: number;
}

/** For the SQL functions: whether to wait for locked rows; null: lock none. */
const WAITS: Record<LockMode, boolean | null> = { wait: true, skip: false, none: null };

/** One statement and one commit for all requests: `prisma/functions/register_v2.sql` and `leave_v1.sql`. */
export async function admit(
  client: pg.ClientBase,
  operation: AdmissionOperation,
  requests: readonly AdmissionRequest[],
  { lock, budgetMs }: Locking,
): Promise<AdmissionOutcome[]> {
  const common = [
    requests.map(({ competitionId }) => competitionId),
    requests.map(({ userId }) => userId),
    requests.map(({ sessionId }) => sessionId),
    requests.map(({ key }) => key),
    requests.map(({ fingerprint }) => fingerprint),
  ];
  const now = performance.now();
  const { rows } = await client.query<Row>(
    operation === 'register'
      ? {
          name: 'register',
          text: 'SELECT * FROM register_v2($1, $2, $3, $4, $5, $6, $7, $8, NULL, $9, $10, $11, $12, $13, $14)',
          values: [
            ...common,
            requests.map(({ joinWaitlist }) => joinWaitlist),
            requests.map(({ arrival }) => now - arrival.earliest),
            requests.map(({ arrival }) => now - arrival.latest),
            teamsOf(requests),
            ...answersOf(requests),
            requests.map(({ verifiedOnly }) => verifiedOnly),
            WAITS[lock],
            budgetMs,
          ],
        }
      : {
          name: 'leave',
          text: 'SELECT * FROM leave_v1($1, $2, $3, $4, $5, $6, $7, $8)',
          values: [...common, requests.map(({ registrationId }) => registrationId), WAITS[lock], budgetMs],
        },
  );
  const results: AdmissionOutcome[] = new Array(rows.length);
  for (const row of rows) results[row.n - 1] = resultOf(row);
  return results;
}

/** Null for the whole batch when it has no team. */
const teamsOf = (requests: readonly AdmissionRequest[]) =>
  requests.some(({ teamId }) => teamId !== null) ? requests.map(({ teamId }) => teamId) : null;

/** Null for the whole batch when nobody answers questions. */
function answersOf(requests: readonly AdmissionRequest[]) {
  if (requests.every(({ answers }) => answers === null)) return [null, null];
  return [
    requests.map(({ answers }) => answers?.version ?? null),
    requests.map(({ answers }) => answers?.json ?? null),
  ];
}

interface Row {
  /** Position in the batch, from 1. */
  n: number;
  verdict: string;
  body: string;
  registration_id?: string;
  registration_status?: string;
  seats_left: number;
  waiting: number;
}

function resultOf(row: Row): AdmissionOutcome {
  switch (row.verdict) {
    case 'PENDING':
    case 'WAITLISTED':
    case 'APPLIED':
    case 'CANCELLED': {
      const seats = { seatsLeft: row.seats_left, waiting: row.waiting };
      return { kind: 'done', status: row.verdict, body: row.body, seats };
    }
    case 'REPLAY':
      return { kind: 'replayed', body: row.body };
    case 'BUSY':
      return new DomainError('BUSY');
    case 'ANSWERS_INVALID':
      return { kind: 'answers-invalid' };
    case 'SKIPPED':
      return { kind: 'skipped', isFull: row.seats_left <= row.waiting };
    default: {
      const code = row.verdict as RefusalCode;
      if (code === 'TEAM_MEMBER_INELIGIBLE')
        return { kind: 'refused', code, member: JSON.parse(row.body) as IneligibleMember };
      if (code !== 'ALREADY_REGISTERED' || !row.registration_id || !row.registration_status)
        return { kind: 'refused', code };
      return { kind: 'refused', code, own: { id: row.registration_id, status: row.registration_status } };
    }
  }
}
