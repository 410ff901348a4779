import { Injectable } from '@nestjs/common';
import type { IdempotentOperation } from '../../registry/idempotent-operations.js';
import { PrismaService, type Tx } from '../database/prisma.service.js';
import { databaseFailure } from '../errors/database-errors.js';
import { DomainError } from '../errors/domain-error.js';
import { type IdempotentRequest, InFlight } from './in-flight.js';

export interface StoredResponse {
  readonly status: number;
  /** The response, byte for byte. */
  readonly body: string;
}

export interface IdempotentResponse extends StoredResponse {
  readonly replayed: boolean;
}

/** How long a request waits for another one with the same key, also when that one runs on another server. */
const LOCK_TIMEOUT_MS = 2_500;

/**
 * Idempotency keys for operations that run one at a time. Registering and leaving are batched and store their responses
 * in the SQL functions that decide them.
 */
@Injectable()
export class IdempotencyService {
  private readonly inFlight = new Map<IdempotentOperation, InFlight<IdempotentResponse>>();

  constructor(private readonly prisma: PrismaService) {}

  /** Runs `execute` once per person, operation and key, in one transaction with its record. Only success is stored. */
  async run(
    operation: IdempotentOperation,
    request: IdempotentRequest,
    execute: (tx: Tx) => Promise<{ status: number; body: unknown }>,
  ): Promise<IdempotentResponse> {
    const { result, coalesced } = await this.inFlightOf(operation).run(request, () =>
      this.prisma.$transaction(async (tx) => {
        const { key } = request;
        if (key === null) return { ...encoded(await execute(tx)), replayed: false };
        if (!(await takeKey(tx, operation, key, request))) return replay(tx, operation, key, request);
        const response = encoded(await execute(tx));
        await store(tx, operation, key, request, response);
        return { ...response, replayed: false };
      }),
    );
    return coalesced ? { ...result, replayed: true } : result;
  }

  private inFlightOf(operation: IdempotentOperation): InFlight<IdempotentResponse> {
    let inFlight = this.inFlight.get(operation);
    if (inFlight === undefined) {
      inFlight = new InFlight();
      this.inFlight.set(operation, inFlight);
    }
    return inFlight;
  }
}

function encoded({ status, body }: { status: number; body: unknown }): StoredResponse {
  return { status, body: JSON.stringify(body) };
}

/**
 * Inserts the key's record, whose unique index makes a second request with the same key wait until this transaction
 * ends. An expired record counts as absent, whether or not the clean-up has deleted it. False when the key is taken.
 */
async function takeKey(
  tx: Tx,
  operation: IdempotentOperation,
  key: string,
  { userId, fingerprint }: IdempotentRequest,
): Promise<boolean> {
  await tx.$executeRaw`SELECT set_config('lock_timeout', ${`${LOCK_TIMEOUT_MS}ms`}, true)`;
  try {
    const taken = await tx.$executeRaw`
      INSERT INTO idempotency_records AS k (user_id, operation, key, fingerprint, status, body, expires_at)
      VALUES (${userId}::uuid, ${operation}, ${key}, ${fingerprint}, 0, '', now() + interval '24 hours')
      ON CONFLICT (user_id, operation, key) DO UPDATE
        SET fingerprint = excluded.fingerprint, expires_at = excluded.expires_at
        WHERE k.expires_at <= now()`;
    return taken === 1;
  } catch (error) {
    if (databaseFailure(error) !== 'contention') throw error;
    throw new DomainError('IDEMPOTENCY_IN_PROGRESS', { retryAfterSeconds: 1, cause: error });
  }
}

async function store(
  tx: Tx,
  operation: IdempotentOperation,
  key: string,
  { userId }: IdempotentRequest,
  response: StoredResponse,
): Promise<void> {
  await tx.idempotencyRecord.update({ where: { userId_operation_key: { userId, operation, key } }, data: response });
}

async function replay(
  tx: Tx,
  operation: IdempotentOperation,
  key: string,
  { userId, fingerprint }: IdempotentRequest,
): Promise<IdempotentResponse> {
  const record = await tx.idempotencyRecord.findUniqueOrThrow({
    where: { userId_operation_key: { userId, operation, key } },
  });
  if (!fingerprint.equals(record.fingerprint)) throw new DomainError('IDEMPOTENCY_KEY_REUSED');
  return { status: record.status, body: record.body, replayed: true };
}
