import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { expect, it, vi } from 'vitest';
import { FaultProxy } from '../../../../tools/src/testing/fault-proxy.js';
import { startApi } from '../support/api.js';
import { organizerClient, participantClient } from '../support/competition-clients.js';
import { createTestDatabase } from '../support/database.js';
import { aCompetition, anOrganizer, aPerson } from '../support/factories.js';
import { rows } from '../support/queries.js';

it('S9: an API that stops in the middle of an edit keeps the competition locked for 5 s, and requests on it get a response in time', async () => {
  const database = await createTestDatabase();
  const proxy = await FaultProxy.open(database.url);
  const stopped = await startApi({ databaseUrl: proxy.url });
  const running = await startApi({ databaseUrl: database.url });
  const organizer = await anOrganizer();
  const competition = await aCompetition({ organizer });
  const person = await aPerson();
  const sessions = (condition: string) =>
    rows(`SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND ${condition}`);

  // The edit waits for this lock. While it waits its API stops, and then it gets the lock.
  const holder = new Client({ connectionString: database.url });
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT FROM competitions WHERE id = $1 FOR UPDATE', [competition.id]);
  const editing = organizerClient(stopped.url).edit(organizer, competition, { capacity: 11 });
  await vi.waitFor(async () => expect(await sessions(`wait_event_type = 'Lock'`)).toHaveLength(1), 5_000);
  proxy.freeze(); // as SIGSTOP does: nothing that PostgreSQL sends has an effect
  await holder.query('COMMIT');
  await holder.end();
  await vi.waitFor(async () => expect(await sessions(`state = 'idle in transaction'`)).toHaveLength(1), 5_000);

  const stoppedAt = performance.now();
  const key = randomUUID();
  for (let status = 503; status === 503; ) {
    const start = performance.now();
    ({ status } = await participantClient(running.url).register(person, competition, { key }));
    expect(performance.now() - start).toBeLessThan(3_200);
    expect([201, 503]).toContain(status);
  }
  expect(performance.now() - stoppedAt).toBeLessThan(6_500);
  expect(performance.now() - stoppedAt).toBeGreaterThan(3_000);

  proxy.forward();
  expect((await editing).status).toBe(503);
  await stopped.close();
  await running.close();
  await proxy.close();
  await database.drop();
});
