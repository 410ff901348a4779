import { Injectable } from '@nestjs/common';
import { PrismaService, type Tx } from '../database/prisma.service.js';
import { databaseFailure } from '../errors/database-errors.js';
import { DomainError } from '../errors/domain-error.js';
import { InFlight, type Repeatable } from './in-flight.js';

/** Acts of one person at a time. Registering and leaving keep their records in the statement that judges them. */
export type Operation = 'CREATE' | 'CANCEL';

export interface Remembered {
  readonly status: number;
  /** The answer, byte for byte. */
  readonly body: string;
}

export interface Answered extends Remembered {
  readonly replayed: boolean;
}

/** How long a second request waits for the first one, on whichever server that is. */
const LOCK_TIMEOUT_MS = 2_500;

@Injectable()
export class IdempotencyService {
  private readonly inFlight = { CREATE: new InFlight<Answered>(), CANCEL: new InFlight<Answered>() };

  constructor(private readonly prisma: PrismaService) {}

  /** Runs `act` once per person, operation and key, in one transaction with its record. Only success is remembered. */
  async run(
    operation: Operation,
    request: Repeatable,
    act: (tx: Tx) => Promise<{ status: number; body: unknown }>,
  ): Promise<Answered> {
    const { answer, joined } = await this.inFlight[operation].run(request, () =>
      this.prisma.$transaction(async (tx) => {
        const { key } = request;
        if (key === null) return { ...textOf(await act(tx)), replayed: false };
        if (!(await takeKey(tx, operation, key, request))) return replay(tx, operation, key, request);
        const answered = textOf(await act(tx));
        await remember(tx, operation, key, request, answered);
        return { ...answered, replayed: false };
      }),
    );
    return joined ? { ...answer, replayed: true } : answer;
  }
}

function textOf({ status, body }: { status: number; body: unknown }): Remembered {
  return { status, body: JSON.stringify(body) };
}

/** Waits for whoever is at work under the same key; an expired record counts as absent, cleaned up or not. */
async function takeKey(
  tx: Tx,
  operation: Operation,
  key: string,
  { userId, fingerprint }: Repeatable,
): Promise<boolean> {
  await tx.$executeRaw`SELECT set_config('lock_timeout', ${`${LOCK_TIMEOUT_MS}ms`}, true)`;
  try {
    const taken = await tx.$executeRaw`
      INSERT INTO idempotency_records AS k (user_id, operation, key, fingerprint, status, body, expires_at)
      VALUES (${userId}::uuid, ${operation}::"Operation", ${key}, ${fingerprint}, 0, '', now() + interval '24 hours')
      ON CONFLICT (user_id, operation, key) DO UPDATE
        SET fingerprint = excluded.fingerprint, expires_at = excluded.expires_at
        WHERE k.expires_at <= now()`;
    return taken === 1;
  } catch (error) {
    if (databaseFailure(error) !== 'contention') throw error;
    throw new DomainError('IDEMPOTENCY_IN_PROGRESS', { retryAfterSeconds: 1, cause: error });
  }
}

async function remember(tx: Tx, operation: Operation, key: string, { userId }: Repeatable, answer: Remembered) {
  await tx.idempotencyRecord.update({ where: { userId_operation_key: { userId, operation, key } }, data: answer });
}

async function replay(tx: Tx, operation: Operation, key: string, request: Repeatable): Promise<Answered> {
  const { userId, fingerprint } = request;
  const record = await tx.idempotencyRecord.findUniqueOrThrow({
    where: { userId_operation_key: { userId, operation, key } },
  });
  if (!fingerprint.equals(record.fingerprint)) throw new DomainError('IDEMPOTENCY_KEY_REUSED');
  return { status: record.status, body: record.body, replayed: true };
}
