import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { aCompetitionByApplication, applicants, applicationsClient } from '../../../test/support/applications.js';
import { checkInClient, Device } from '../../../test/support/doors.js';
import {
  aCompetition,
  anOrganizer,
  aPerson,
  type CompetitionRow,
  employ,
  people,
  registerMany,
} from '../../../test/support/factories.js';
import { invitationClient } from '../../../test/support/invitation-client.js';
import { allJobsSettled, brokenJobInvariants } from '../../../test/support/jobs.js';
import { messages, rows } from '../../../test/support/queries.js';
import { startWorker } from '../../../test/support/worker.js';
import { cleanUp } from './clean-up.jobs.js';

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

const endedDaysAgo = ({ id }: CompetitionRow, days: number) =>
  rows(
    `UPDATE competitions SET reg_deadline = now() - $2 * interval '1 day', start_date = now() - $2 * interval '1 day'
     WHERE id = $1`,
    [id, days],
  );
const messagesAbout = async ({ id }: CompetitionRow) => (await messages(`competition_id = '${id}'`)).length;
const answersOf = ({ id }: CompetitionRow) =>
  rows(
    `SELECT answers, consents, count(*)::int FROM registration_answers a JOIN registrations r ON r.id = a.registration_id
     WHERE r.competition_id = $1 GROUP BY 1, 2`,
    [id],
  );

it('deletes messages and answers only about competitions that ended longer ago, page by page, once', async () => {
  const [old, recent] = [await aCompetition({ capacity: 1_200 }), await aCompetition()];
  await registerMany(await people(1_200), old);
  await registerMany(await people(3), recent);
  await allJobsSettled(60_000);
  for (const competition of [old, recent])
    await rows(
      `INSERT INTO registration_answers (registration_id, questions_version, answers, consents)
       SELECT id, 1, '{"food": "vegan"}', '{"rules": "I agree"}' FROM registrations WHERE competition_id = $1`,
      [competition.id],
    );
  await endedDaysAgo(old, 31);
  await endedDaysAgo(recent, 29);
  await cleanUp(api.pool);
  expect(await messagesAbout(old)).toBe(1_200);
  expect(await cleanUp(api.pool, 30)).toMatchObject({ values: { tables: 'mailbox_messages (1200)' } });
  expect([await messagesAbout(old), await messagesAbout(recent)]).toEqual([0, 3]);
  expect([await answersOf(old), await answersOf(recent)]).toEqual([
    [{ answers: {}, consents: { rules: 'I agree' }, count: 1_200 }],
    [{ answers: { food: 'vegan' }, consents: { rules: 'I agree' }, count: 3 }],
  ]);
  expect(await cleanUp(api.pool, 30)).not.toMatchObject({ values: { tables: expect.stringContaining('mailbox') } });
  expect(await brokenJobInvariants()).toEqual([]);
}, 120_000);

it('deletes the notes of reviewers, and keeps their scores', async () => {
  const organizer = await anOrganizer();
  const [old, recent] = [
    await aCompetitionByApplication({ organizer, capacity: 5 }),
    await aCompetitionByApplication({ organizer, capacity: 5 }),
  ];
  const staff = applicationsClient(api.url);
  for (const competition of [old, recent]) {
    const { ids } = await applicants(2, competition);
    for (const id of ids) await staff.review(organizer, competition, id, 4, 'Too shy for the finals');
    await staff.accept(organizer, competition, ids.slice(0, 1));
  }
  await allJobsSettled();
  await endedDaysAgo(old, 31);
  await endedDaysAgo(recent, 29);
  await cleanUp(api.pool, 30);
  const reviews = ({ id }: CompetitionRow) =>
    rows('SELECT score, note FROM application_reviews WHERE competition_id = $1', [id]);
  expect(await reviews(old)).toEqual([1, 2].map(() => ({ score: 4, note: null })));
  expect(await reviews(recent)).toEqual([1, 2].map(() => ({ score: 4, note: 'Too shy for the finals' })));
});

it('deletes who came, and by which door', async () => {
  const [old, recent] = [await aCompetition(), await aCompetition()];
  const client = checkInClient(api.url);
  for (const { id, organizerId } of [old, recent]) {
    const [person] = await people(1);
    const [registrationId = ''] = await registerMany([person!], { id });
    const scanner = await aPerson();
    await employ(scanner, { id }, 'SCANNER');
    const device = await new Device(client, scanner, { id }).open();
    device.scan({ registrationId, userId: person!.id });
    expect((await device.sync()).status, organizerId).toBe(200);
  }
  await endedDaysAgo(old, 31);
  await cleanUp(api.pool, 30);
  for (const table of ['check_ins', 'check_in_doors'])
    expect(await rows(`SELECT competition_id AS id FROM ${table}`)).toEqual([{ id: recent.id }]);
});

it('deletes who was invited, and files with people', async () => {
  const [organizer, accepts, declines] = [await anOrganizer(), await aPerson(), await aPerson()];
  const old = await aCompetition({ organizer });
  const client = invitationClient(api.url);
  const link = await client.linkFor(organizer, old, accepts.email);
  await client.redeem(accepts, link);
  const { body } = await client.invite(organizer, old, [declines.email]);
  await client.withdraw(organizer, old, [body.items[0].id]);
  await client.upload(organizer, old, `email,name\n${declines.email},Dee`);
  await allJobsSettled();
  await endedDaysAgo(old, 31);
  await cleanUp(api.pool, 30);
  for (const text of [accepts.email, declines.email, 'Dee'])
    for (const table of ['invitations', 'import_rows', 'mailbox_messages'])
      expect(await rows(`SELECT FROM ${table} t WHERE strpos(t::text, $1) > 0`, [text]), table).toEqual([]);
  expect(await rows('SELECT FROM invitations WHERE competition_id = $1', [old.id])).toHaveLength(1);
  expect(await messagesAbout(old)).toBe(0);
});

it('deletes imports after a month', async () => {
  const organizer = await anOrganizer();
  const competition = await aCompetition({ organizer });
  const { body } = await invitationClient(api.url).upload(organizer, competition, 'email\na@example.org');
  await rows(`UPDATE imports SET created_at = now() - interval '31 days' WHERE id = $1`, [body.id]);
  await cleanUp(api.pool);
  expect(await rows('SELECT FROM import_rows WHERE import_id = $1', [body.id])).toEqual([]);
});
