import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { aCompetition, type Person, people, registerMany } from '../../../test/support/factories.js';
import { registrationsOf } from '../../../test/support/queries.js';
import { sabotage } from '../../../test/support/sabotage.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { AdmissionRequest, LockMode } from './admission.js';
import { type AdmissionOutcome, admit } from './admission-batch.js';

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
  verifiedOnly: false,
  teamId: null,
  answers: null,
  registrationId: null,
});

const kindsOf = (outcomes: readonly AdmissionOutcome[]) =>
  outcomes.map((outcome) => (outcome instanceof DomainError ? outcome.code : outcome.kind));

it('refuses nobody with COMPETITION_FULL because of skipped requests before theirs', async () => {
  const competition = await aCompetition({ capacity: 1 });
  const requests = (await people(3)).map((person) => requestOf(person, competition.id));
  const [holder, client] = [await database.pool.connect(), await database.pool.connect()];
  await holder.query('BEGIN');
  await holder.query('SELECT FROM competitions WHERE id = $1 FOR NO KEY UPDATE', [competition.id]);

  const meanwhile = await admit(client, 'register', requests, { lock: 'skip', budgetMs: 1_000 });
  expect(kindsOf(meanwhile)).toEqual(['skipped', 'skipped', 'skipped']);

  await holder.query('ROLLBACK');
  const later = await admit(client, 'register', requests, { lock: 'skip', budgetMs: 1_000 });
  expect(kindsOf(later)).toEqual(['done', 'refused', 'refused']);
  holder.release();
  client.release();
});

it('S11 without the lock refuses who can be refused, and gives nobody a seat that is free', async () => {
  const full = await aCompetition({ capacity: 1 });
  const open = await aCompetition({ capacity: 1 });
  const [seated, plain, waitlister, newcomer] = await people(4);
  await registerMany([seated!], full);
  const requests = [
    requestOf(plain!, full.id),
    { ...requestOf(waitlister!, full.id), joinWaitlist: true },
    requestOf(seated!, full.id),
    requestOf(newcomer!, open.id),
  ];
  const client = await database.pool.connect();
  const results = await admit(client, 'register', requests, { lock: 'none', budgetMs: 1_000 });
  client.release();
  expect(results).toMatchObject([
    { kind: 'refused', code: 'COMPETITION_FULL' },
    { kind: 'skipped', isFull: true },
    { kind: 'refused', code: 'ALREADY_REGISTERED' },
    { kind: 'skipped', isFull: false },
  ]);
  expect(await registrationsOf(open)).toEqual([]);
});

describe('S23 a locked account', () => {
  /** Three people ask for two seats, and the account of the first is locked by another transaction. */
  async function admitBesideLocked(lock: LockMode) {
    const competition = await aCompetition({ capacity: 2 });
    const persons = await people(3);
    const [holder, client] = [await database.pool.connect(), await database.pool.connect()];
    await holder.query('BEGIN');
    await holder.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [persons[0]!.id]);
    try {
      const requests = persons.map((person) => requestOf(person, competition.id));
      const kinds = kindsOf(await admit(client, 'register', requests, { lock, budgetMs: 300 }));
      return { kinds, registered: (await registrationsOf(competition)).length };
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
      client.release();
    }
  }

  it.each(['skip', 'wait'] as const)('costs nobody else in the batch time or a seat (%s)', async (lock) => {
    // The third may have the seat of the first after all: not refused, but asked again.
    expect(await admitBesideLocked(lock)).toEqual({ kinds: ['BUSY', 'done', 'skipped'], registered: 1 });
  });

  it('would keep the whole batch waiting', async () => {
    await sabotage('register_v2', 'FOR KEY SHARE SKIP LOCKED', '');
    await expect(admitBesideLocked('wait')).rejects.toThrow('lock timeout');
  });
});
