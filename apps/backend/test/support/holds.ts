import type { CompetitionRow, Person } from './factories.js';
import type { HeldLock } from './locks.js';
import { rows } from './queries.js';

/**
 * Seats that are held for these people, in this order, from acceptances: as decide_v1 writes them, and in one statement.
 * The end is an interval from now; it may be in the past. The jobs about them are left to a worker that never comes.
 */
export async function holdSeats(
  persons: readonly Person[],
  { id }: Pick<CompetitionRow, 'id'>,
  endsIn: string,
): Promise<string[]> {
  const held = await rows<{ id: string }>(
    `WITH held AS (
       INSERT INTO registrations (competition_id, user_id, status, decided_at, held_until)
       SELECT $1, user_id, 'HELD', now(), date_trunc('milliseconds', now() + $3::interval)
       FROM unnest($2::uuid[]) WITH ORDINALITY AS p (user_id, n) ORDER BY n
       RETURNING id, admission
     ), enqueued AS (
       INSERT INTO outbox (queue, job, payload, due_at)
       SELECT 'registration', 'held', jsonb_build_object('registrationId', id), 'infinity' FROM held
     )
     SELECT id FROM held ORDER BY admission`,
    [id, persons.map((person) => person.id), endsIn],
  );
  // In a statement of its own: it reads what the one before has written.
  await rows(
    `WITH counted AS (UPDATE competitions SET seats_left = seats_left - $2 WHERE id = $1 RETURNING id)
     SELECT set_next_expiry_v1(id) FROM counted`,
    [id, persons.length],
  );
  return held.map((row) => row.id);
}

/** Moves the end of all holds of a competition, as if that time had passed. */
export async function endHoldsIn({ id }: Pick<CompetitionRow, 'id'>, interval: string): Promise<void> {
  await rows(
    `UPDATE registrations SET held_until = date_trunc('milliseconds', now() + $2::interval)
     WHERE competition_id = $1 AND status = 'HELD'`,
    [id, interval],
  );
  await rows('SELECT set_next_expiry_v1($1)', [id]);
}

/** Moves the end of a hold to now, and does what is due then, in the transaction that holds the lock of its competition. */
export async function endHoldUnderLock(
  lock: HeldLock,
  person: Person,
  { id }: Pick<CompetitionRow, 'id'>,
): Promise<void> {
  await lock.query(
    `UPDATE registrations SET held_until = date_trunc('milliseconds', clock_timestamp())
     WHERE competition_id = $1 AND user_id = $2`,
    [id, person.id],
  );
  await lock.query('SELECT set_next_expiry_v1($1)', [id]);
  await lock.query('SELECT settle_v1($1)', [id]);
}
