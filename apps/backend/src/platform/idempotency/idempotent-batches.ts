import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { IdempotentOperation } from '../../registry/idempotent-operations.js';
import { DataLoader } from '../concurrency/data-loader.js';
import type { PrismaService, Tx } from '../database/prisma.service.js';
import { DomainError } from '../errors/domain-error.js';
import type { IdempotentResponse } from './idempotency.service.js';
import { type IdempotentRequest, InFlight } from './in-flight.js';

/** What becomes of one request. */
export type Decision = { readonly status: number; readonly body: unknown } | DomainError;
type Outcome = IdempotentResponse | DomainError;
type Keyed<Request> = Request & { readonly key: string };

/** Requests in one transaction. */
const BATCH_SIZE = 256;
/** From the lock of a key or of the row to the response. */
const STATEMENT_TIMEOUT_MS = 2_500;

/**
 * Idempotency keys for an operation that takes the lock of one row: requests that arrive while a transaction has it are
 * decided together by the next one. Each in a transaction of its own, hundreds would wait for the lock, and for a
 * connection of the pool, for longer than a request has.
 *
 * `decide` gets the id of the row and the requests that are no replays, takes the lock, and returns a decision for each.
 */
export class IdempotentBatches<Request extends IdempotentRequest> {
  private readonly inFlight = new InFlight<IdempotentResponse>();
  private readonly waiting = new Map<string, Request>();
  /** One per row, so that a row that stays locked delays no other. */
  private readonly loaders = new LRUCache<string, DataLoader<Outcome>>({ max: 1_000 });

  constructor(
    private readonly prisma: PrismaService,
    private readonly operation: IdempotentOperation,
    private readonly decide: (tx: Tx, rowId: string, requests: readonly Request[]) => Promise<readonly Decision[]>,
  ) {}

  /** Only success is stored. */
  async run(rowId: string, request: Request): Promise<IdempotentResponse> {
    const { result, coalesced } = await this.inFlight.run(request, () => this.enqueue(rowId, request));
    return coalesced ? { ...result, replayed: true } : result;
  }

  private async enqueue(rowId: string, request: Request): Promise<IdempotentResponse> {
    const id = randomUUID();
    this.waiting.set(id, request);
    try {
      const outcome = await this.loaderOf(rowId).get(id);
      if (outcome === null) throw new DomainError('BUSY');
      if (outcome instanceof DomainError) throw outcome;
      return outcome;
    } finally {
      this.waiting.delete(id);
    }
  }

  private loaderOf(rowId: string): DataLoader<Outcome> {
    let loader = this.loaders.get(rowId);
    if (loader === undefined) {
      loader = new DataLoader((ids) => this.runBatch(rowId, ids), BATCH_SIZE);
      this.loaders.set(rowId, loader);
    }
    return loader;
  }

  private async runBatch(rowId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Outcome>> {
    // Those whose time was up got BUSY: nobody waits for them, and their retries may be in this batch.
    const alive = ids.flatMap((id) => {
      const request = this.waiting.get(id);
      return request === undefined ? [] : [{ id, request }];
    });
    if (alive.length === 0) return new Map();
    const outcomes = await this.prisma.$transaction((tx) =>
      this.runIn(
        tx,
        rowId,
        alive.map(({ request }) => request),
      ),
    );
    return new Map(alive.map(({ id }, n) => [id, outcomes[n] as Outcome]));
  }

  private async runIn(tx: Tx, rowId: string, requests: readonly Request[]): Promise<Outcome[]> {
    // Without sequential scans, a plan does not get slow with the size of a table.
    await tx.$executeRaw`
      SELECT set_config('statement_timeout', ${`${STATEMENT_TIMEOUT_MS}ms`}, true), set_config('enable_seqscan', 'off', true)`;
    const keyed = requests.filter((request): request is Keyed<Request> => request.key !== null);
    const replays = await this.takeKeys(tx, keyed);
    const fresh = requests.filter((request) => !replays.has(request));
    const decisions = fresh.length === 0 ? [] : await this.decide(tx, rowId, fresh);
    const outcomes = new Map<Request, Outcome>(replays);
    for (const [n, request] of fresh.entries()) outcomes.set(request, outcomeOf(decisions[n] as Decision));
    await this.store(tx, keyed, outcomes);
    return requests.map((request) => outcomes.get(request) as Outcome);
  }

  /**
   * Inserts the records of the keys, in the order of their index, which makes another request with the same key wait until
   * this transaction ends. Returns the outcome of those that have one.
   */
  private async takeKeys(tx: Tx, requests: readonly Keyed<Request>[]): Promise<Map<Request, Outcome>> {
    if (requests.length === 0) return new Map();
    const userIds = requests.map(({ userId }) => userId);
    const keys = requests.map(({ key }) => key);
    const taken = await tx.$queryRaw<{ userId: string; key: string }[]>`
      INSERT INTO idempotency_records AS k (user_id, operation, key, fingerprint, status, body, expires_at)
      SELECT user_id, ${this.operation}, key, decode(fingerprint, 'hex'), 0, '', now() + interval '24 hours'
      FROM unnest(${userIds}::uuid[], ${keys}::text[],
                  ${requests.map(({ fingerprint }) => fingerprint.toString('hex'))}::text[]) AS e (user_id, key, fingerprint)
      ORDER BY user_id, key
      ON CONFLICT (user_id, operation, key) DO UPDATE
        SET fingerprint = excluded.fingerprint, expires_at = excluded.expires_at
        WHERE k.expires_at <= now()
      RETURNING user_id AS "userId", key`;
    const isTaken = new Set(taken.map(scopeOf));
    const repeated = requests.filter((request) => !isTaken.has(scopeOf(request)));
    const replays = new Map<Request, Outcome>();
    for (const request of repeated) replays.set(request, await this.replay(tx, request));
    return replays;
  }

  private async replay(tx: Tx, { userId, key, fingerprint }: Keyed<Request>): Promise<Outcome> {
    const { operation } = this;
    const record = await tx.idempotencyRecord.findUniqueOrThrow({
      where: { userId_operation_key: { userId, operation, key } },
    });
    if (!fingerprint.equals(record.fingerprint)) return new DomainError('IDEMPOTENCY_KEY_REUSED');
    return { status: record.status, body: record.body, replayed: true };
  }

  /** The keys of those that are refused are free again: the others of the batch commit. */
  private async store(
    tx: Tx,
    requests: readonly Keyed<Request>[],
    outcomes: ReadonlyMap<Request, Outcome>,
  ): Promise<void> {
    const stored = requests.map((request) => {
      const outcome = outcomes.get(request) as Outcome;
      return outcome instanceof DomainError ? null : outcome;
    });
    const userIds = requests.map(({ userId }) => userId);
    const keys = requests.map(({ key }) => key);
    await tx.$executeRaw`
      WITH decided AS MATERIALIZED (
        SELECT * FROM unnest(${userIds}::uuid[], ${keys}::text[], ${stored.map((outcome) => outcome?.status ?? null)}::int[],
                             ${stored.map((outcome) => outcome?.body ?? null)}::text[]) AS e (user_id, key, status, body)
      ), refused AS (
        DELETE FROM idempotency_records k USING decided d
        WHERE d.status IS NULL AND k.user_id = d.user_id AND k.operation = ${this.operation} AND k.key = d.key
          -- Not the record of another request with this key.
          AND k.status = 0
      )
      UPDATE idempotency_records k SET status = d.status, body = d.body FROM decided d
      WHERE d.status IS NOT NULL AND k.user_id = d.user_id AND k.operation = ${this.operation} AND k.key = d.key
        AND k.status = 0`;
  }
}

const scopeOf = ({ userId, key }: { readonly userId: string; readonly key: string }) => `${userId} ${key}`;

const outcomeOf = (decision: Decision): Outcome =>
  decision instanceof DomainError
    ? decision
    : { status: decision.status, body: JSON.stringify(decision.body), replayed: false };
