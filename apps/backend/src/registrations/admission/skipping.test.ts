import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { aCompetition, type Person, people } from '../../../test/support/factories.js';
import type { AdmissionRequest } from './admission.js';
import { admit } from './admission-batch.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const requestOf = ({ id, sessionId }: Person, competitionId: string): AdmissionRequest => ({
  competitionId,
  userId: id,
  sessionId,
  key: null,
  fingerprint: Buffer.alloc(32),
  arrival: { earliest: performance.now(), latest: performance.now() },
  joinWaitlist: false,
  registrationId: null,
});

it('refuses nobody with COMPETITION_FULL because of skipped requests before theirs', async () => {
  const competition = await aCompetition({ capacity: 1 });
  const requests = (await people(3)).map((person) => requestOf(person, competition.id));
  const [holder, client] = [await database.pool.connect(), await database.pool.connect()];
  await holder.query('BEGIN');
  await holder.query('SELECT FROM competitions WHERE id = $1 FOR NO KEY UPDATE', [competition.id]);

  const meanwhile = await admit(client, 'register', requests, { waitForLock: false, budgetMs: 1_000 });
  expect(meanwhile.map(({ kind }) => kind)).toEqual(['skipped', 'skipped', 'skipped']);

  await holder.query('ROLLBACK');
  const later = await admit(client, 'register', requests, { waitForLock: false, budgetMs: 1_000 });
  expect(later.map(({ kind }) => kind)).toEqual(['done', 'refused', 'refused']);
  holder.release();
  client.release();
});
