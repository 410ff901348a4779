import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import { aCompetition, aPerson, type Person } from '../../../test/support/factories.js';
import { get, post } from '../../../test/support/http-client.js';
import { allJobsSettled, countUnsettled } from '../../../test/support/jobs.js';
import { messages, rows } from '../../../test/support/queries.js';
import { aQuestion, askQuestions } from '../../../test/support/questions.js';
import { startWorker } from '../../../test/support/worker.js';

const PATH = '/api/auth/me/export';

let api: TestApi;
let worker: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => {
  api = await startApi();
  worker = await startWorker({ databaseUrl: api.env.databaseUrl });
});
afterAll(async () => {
  await worker.close();
  await api.close();
});

const status = ({ token }: Person) => get(api.url, PATH, { token });
const request = ({ token }: Person) => post(api.url, PATH, { token });
const file = ({ token }: Person) => get(api.url, `${PATH}/file`, { token });

it('holds everything about the person and nothing about others, and a message says when it is ready', async () => {
  const [person, other] = [await aPerson({ name: 'Ada' }), await aPerson({ name: 'Ben' })];
  const competition = await aCompetition({ title: 'Spring Open' });
  await askQuestions(competition, [aQuestion('food')]);
  const { register, leave } = participantClient(api.url);
  for (const someone of [person, other])
    await register(someone, competition, { body: { answers: { food: `for ${someone.name}` }, questionsVersion: 1 } });
  await allJobsSettled();
  await leave(person, competition);
  await allJobsSettled();
  await rows(
    `INSERT INTO application_reviews (registration_id, reviewer_id, competition_id, score, note)
     SELECT id, $2, competition_id, 3, 'Promising' FROM registrations WHERE user_id = $1`,
    [person.id, other.id],
  );
  await rows(
    `INSERT INTO check_ins (id, competition_id, registration_id, user_id, kind, at, received_at, scanner_id, judged, accepted, result)
     SELECT uuidv7(), competition_id, id, user_id, 'CHECK_IN', now(), now(), $2, 'SEATED', true, 'WELCOME'
     FROM registrations WHERE user_id = $1`,
    [person.id, other.id],
  );
  expect((await status(person)).body).toEqual({ state: 'none', requestedAt: null, expiresAt: null });
  expect(await request(person)).toMatchObject({ status: 202, body: { state: 'running' } });
  await allJobsSettled();
  expect((await status(person)).body).toMatchObject({ state: 'ready' });

  const response = await file(person);
  expect(response.headers.get('content-disposition')).toContain('attachment');
  expect(response.body).toMatchObject({
    account: { id: person.id, name: 'Ada', email: person.email, role: 'PARTICIPANT' },
    registrations: [{ competition: 'Spring Open', status: 'CANCELLED', endReason: 'LEFT' }],
    answers: [{ competitionId: competition.id, questions: [{ id: 'food' }], answers: { food: 'for Ada' } }],
    reviewsOfMe: [{ score: 3, note: 'Promising' }],
    reviewsByMe: [],
    checkIns: [{ competition: 'Spring Open', result: 'WELCOME' }],
    doors: [],
    staff: [],
    messages: [{ kind: 'CONFIRMED' }, { kind: 'LEFT' }],
    sessions: [{ id: person.sessionId }],
    history: [{ action: 'registration.seated' }, { action: 'registration.left' }],
  });
  expect(response.text).not.toContain(other.id);
  expect(response.text).not.toContain(other.email);
  expect(response.text).not.toContain('argon2');
  expect(await messages(`user_id = '${person.id}' AND kind = 'EXPORT_READY'`)).toHaveLength(1);
  expect((await file(other)).body.code).toBe('EXPORT_NOT_FOUND');
  expect((await get(api.url, `${PATH}/file`)).status).toBe(401);
});

it('is requested once while it runs, replaced when it is requested again, and gone after a week', async () => {
  const person = await aPerson();
  await worker.close();
  await Promise.all(Array.from({ length: 10 }, () => request(person)));
  expect(await countUnsettled('export')).toBe(1);
  worker = await startWorker({ databaseUrl: api.env.databaseUrl });
  await allJobsSettled();
  expect(await messages(`user_id = '${person.id}'`)).toHaveLength(1);
  const first = (await status(person)).body.requestedAt;
  await request(person);
  await allJobsSettled();
  expect((await status(person)).body.requestedAt).not.toBe(first);
  expect(await messages(`user_id = '${person.id}'`)).toHaveLength(2);
  await rows('UPDATE account_exports SET expires_at = now() WHERE user_id = $1', [person.id]);
  expect((await file(person)).body.code).toBe('EXPORT_NOT_FOUND');
  expect((await status(person)).body.state).toBe('none');
});
