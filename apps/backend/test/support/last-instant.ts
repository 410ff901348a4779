import { randomUUID } from 'node:crypto';
import type { Caller } from '../../src/registrations/admission/registrations.service.js';
import type { CompetitionRow, Person } from './factories.js';
import { tally } from './http-client.js';
import { lockCompetition } from './locks.js';

/**
 * The requests of all these people have arrived when what they are about ends, and none of them gets the lock before that.
 * What is due then is done before any of them. `endIn500Ms` sets the end, of competition `$1`.
 *
 * Not over HTTP: on a busy machine, the first of them would have waited for long before the last has arrived.
 *
 * Returns when the lock is free. `results` counts the responses by code or status.
 */
export async function inTheLastInstant(
  persons: readonly Person[],
  { id }: Pick<CompetitionRow, 'id'>,
  endIn500Ms: string,
  send: (caller: Caller, person: Person, at: number) => Promise<{ readonly status: number }>,
): Promise<{ readonly results: Promise<Record<string, number>> }> {
  const lock = await lockCompetition({ id });
  const now = performance.now();
  const responses = persons.map((person, at) => {
    const { id: userId, sessionId, role } = person;
    const arrival = { earliest: now, latest: now };
    return send({ principal: { userId, sessionId, role }, key: randomUUID(), arrival }, person, at).then(
      ({ status }) => ({ status, body: {} }),
      ({ code }) => ({ status: 0, body: { code } }),
    );
  });
  await lock.query(endIn500Ms, [id]);
  await lock.query('SELECT set_next_expiry_v1($1), pg_sleep(0.6)', [id]);
  await lock.query('SELECT settle_v1($1)', [id]);
  await lock.release();
  return { results: Promise.all(responses).then(tally) };
}
