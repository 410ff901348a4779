import { QUEUE_INVARIANTS } from '../src/platform/queue/queue.invariants.js';
import { testPool } from './database.js';
import type { CompetitionRow, Person } from './factories.js';

/** Registers many at once, as the seat desk does: one statement. Answers the registrations' ids in the same order. */
export async function enter(
  persons: readonly Person[],
  competition: Pick<CompetitionRow, 'id'>,
  { join = false } = {},
): Promise<string[]> {
  const all = <T>(value: T) => persons.map(() => value);
  const { rows } = await testPool().query<{ body: string }>(
    `SELECT body FROM register_v1($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::boolean[],
                                  $7::float8[], $7::float8[], true, 2900) ORDER BY n`,
    [
      all(competition.id),
      persons.map(({ id }) => id),
      persons.map(({ sessionId }) => sessionId),
      all(null),
      all(null),
      all(join),
      all(0),
    ],
  );
  await testPool().query(`NOTIFY outbox`);
  return rows.map(({ body }) => JSON.parse(body).registrationId);
}

export interface MessageRow {
  id: string;
  userId: string;
  kind: string;
  delivery: string;
  title: string;
  text: string;
  occurrence: string;
  sendingAt: Date | null;
}

export async function messages(where = 'true'): Promise<MessageRow[]> {
  const { rows } = await testPool().query<MessageRow>(
    `SELECT id, user_id AS "userId", kind, delivery, title, text, occurrence, sending_at AS "sendingAt"
     FROM mailbox_messages WHERE ${where} ORDER BY id`,
  );
  return rows;
}

export async function rows<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await testPool().query(sql, values)).rows as Row[];
}

export async function unsettled(job?: string): Promise<number> {
  const [row] = await rows<{ n: number }>(
    `SELECT count(*)::int AS n FROM outbox WHERE settled_at IS NULL AND job = coalesce($1, job)`,
    [job ?? null],
  );
  return row?.n ?? 0;
}

/** What breaks an invariant of the queue: nothing. */
export async function broken(): Promise<string[]> {
  const found: string[] = [];
  for (const { id, says, sql } of QUEUE_INVARIANTS) {
    const { rowCount } = await testPool().query(sql);
    if (rowCount) found.push(`${id} ${says}: ${rowCount} rows`);
  }
  return found;
}

/** Until what is asked holds; what it was at the end is in the error. */
export async function eventually<Value>(
  ask: () => Promise<Value> | Value,
  holds: (value: Value) => boolean,
  forMs = 20_000,
): Promise<Value> {
  const end = Date.now() + forMs;
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
    if (Date.now() > end) throw new Error(`After ${forMs} ms it is still ${JSON.stringify(value)?.slice(0, 1_000)}`);
    await new Promise((go) => setTimeout(go, 50));
  }
}

export const allSettled = (forMs?: number) => eventually(unsettled, (n) => n === 0, forMs);
