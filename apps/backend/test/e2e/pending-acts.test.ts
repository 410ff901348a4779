import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkInvariants } from '../../src/operations/invariants/invariants.js';
import { organizerClient, participantClient } from '../support/competition-clients.js';
import { createTestDatabase, type TestDatabase, testPool } from '../support/database.js';
import { aCompetition, anOrganizer, aPerson, people, registerMany } from '../support/factories.js';
import { get } from '../support/http-client.js';
import { allJobsSettled, passUndoTime } from '../support/jobs.js';
import { spawnWorker, startApiProcess, type TestProcess } from '../support/processes.js';
import { messages, rows } from '../support/queries.js';

let database: TestDatabase;
let api: TestProcess;
let worker: TestProcess;
beforeAll(async () => {
  database = await createTestDatabase();
  await start();
});
afterAll(async () => {
  await kill();
  await database.drop();
});

async function start(): Promise<void> {
  api = await startApiProcess(database.url);
  worker = await spawnWorker(database.url);
  await worker.ready();
}
const kill = () => Promise.all([api.end('SIGKILL'), worker.end('SIGKILL')]);

async function withPeople(n: number) {
  const organizer = await anOrganizer();
  const competition = await aCompetition({ organizer, capacity: n });
  const ids = await registerMany(await people(n), competition);
  await allJobsSettled();
  return { organizer, competition, ids };
}

it('UN-02 a removal runs once, although API and worker are killed within its ten seconds', async () => {
  const { organizer, competition, ids } = await withPeople(300);
  const { status } = await organizerClient(api.url).removeSeveral(organizer, competition, ids);
  expect(status).toBe(202);
  await kill();
  await start();
  expect(await messages(`kind = 'REMOVED'`)).toEqual([]);
  await passUndoTime(competition);
  await allJobsSettled();
  expect(await messages(`kind = 'REMOVED'`)).toHaveLength(300);
  const removed = await rows(`SELECT FROM audit_entries WHERE subject_id = $1 AND action = 'registration.removed'`, [
    competition.id,
  ]);
  expect(removed).toHaveLength(300);
  expect(await checkInvariants(testPool())).toEqual([]);
});

it('UN-02 a removal runs once, although the worker is killed in the middle of it', async () => {
  const { organizer, competition, ids } = await withPeople(2_000);
  await organizerClient(api.url).removeSeveral(organizer, competition, ids);
  await passUndoTime(competition);
  await expect
    .poll(() => rows('SELECT FROM pending_acts WHERE handled > 0'), { interval: 5, timeout: 15_000 })
    .not.toEqual([]);
  await worker.end('SIGKILL');
  worker = await spawnWorker(database.url);
  // The lease of the killed worker's job ends by itself; the test does not wait for it.
  await rows(`UPDATE outbox SET due_at = now() WHERE settled_at IS NULL`);
  await allJobsSettled(90_000);
  const removed = await rows(`SELECT FROM audit_entries WHERE subject_id = $1 AND action = 'registration.removed'`, [
    competition.id,
  ]);
  expect(removed).toHaveLength(2_000);
  expect(await checkInvariants(testPool())).toEqual([]);
}, 120_000);

it('UN-02 a cancellation can still be undone after API and worker were killed, and nobody gets a message', async () => {
  const { organizer, competition } = await withPeople(3);
  await rows('UPDATE competitions SET capacity = 4, seats_left = 1 WHERE id = $1', [competition.id]);
  await organizerClient(api.url).cancel(organizer, competition);
  await kill();
  await rows(`UPDATE outbox SET due_at = now() + interval '1 minute' WHERE job = 'cancelled' AND settled_at IS NULL`);
  await start();
  expect((await organizerClient(api.url).undo(organizer, competition)).status).toBe(200);
  await passUndoTime(competition);
  expect((await participantClient(api.url).register(await aPerson(), competition)).status).toBe(201);
  await allJobsSettled();
  expect((await get(api.url, `/api/competitions/${competition.id}`)).body.status).toBe('full');
  expect(await messages(`kind = 'COMPETITION_CANCELLED'`)).toEqual([]);
});
