import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { aCompetitionByApplication, applicants, applicationsClient } from '../../../test/support/applications.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import {
  anOrganizer,
  aPerson,
  type CompetitionRow,
  employ,
  type Person,
  people,
  registerMany,
} from '../../../test/support/factories.js';
import { call, del, get } from '../../../test/support/http-client.js';
import { lockCompetition } from '../../../test/support/locks.js';
import { countRows, registrationsOf, rows, seatsOf } from '../../../test/support/queries.js';
import { aQuestion, askQuestions } from '../../../test/support/questions.js';

let api: TestApi;
let owner: Person;
let staff: ReturnType<typeof applicationsClient>;
beforeAll(async () => {
  api = await startApi();
  owner = await anOrganizer();
  staff = applicationsClient(api.url);
});
afterAll(() => api.close());

async function aReviewer(competition: CompetitionRow, role: 'REVIEWER' | 'MANAGER' = 'REVIEWER'): Promise<Person> {
  const reviewer = await aPerson();
  await employ(reviewer, competition, role);
  return reviewer;
}

const idsIn = ({ body }: { body: { items: { registrationId: string }[] } }) =>
  body.items.map(({ registrationId }) => registrationId);

describe('a review', () => {
  it('is one per member of the staff, and can be changed', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner });
    const { ids } = await applicants(1, competition);
    const first = await staff.review(owner, competition, ids[0]!, 2, 'Too short');
    expect(first).toMatchObject({ status: 200, body: { myReview: { score: 2, note: 'Too short' } } });
    const changed = await staff.review(owner, competition, ids[0]!, 4);
    expect(changed.body.reviews).toMatchObject({ count: 1, mean: 4, items: [{ score: 4, note: null }] });
    await staff.review(owner, competition, ids[0]!, 4);
    expect(
      await countRows('audit_entries', `subject_id = '${competition.id}' AND action = 'application.reviewed'`),
    ).toBe(2);
  });

  it('of others is hidden until one’s own is given, and with it mean, number and rank', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner });
    const { ids } = await applicants(3, competition);
    const [ada, ben] = [await aReviewer(competition), await aReviewer(competition)];
    await staff.review(ada, competition, ids[2]!, 5, 'Must have');
    const unseen = (await staff.list(ben, competition, { sort: 'best' })).body;
    expect(
      unseen.items.map(({ reviews, myReview }: { reviews: unknown; myReview: unknown }) => [reviews, myReview]),
    ).toEqual(ids.map(() => [null, null]));
    expect(idsIn({ body: unseen })).toEqual(ids);
    const { body } = await staff.review(ben, competition, ids[2]!, 2);
    expect(body.reviews).toMatchObject({
      count: 2,
      mean: 3.5,
      items: [
        { reviewer: { id: ada.id, name: ada.name }, score: 5, note: 'Must have' },
        { reviewer: { id: ben.id }, score: 2 },
      ],
    });
    expect(idsIn(await staff.list(ben, competition, { sort: 'best' }))).toEqual([ids[2], ids[0], ids[1]]);
    // Once it is decided, there is nothing left to influence.
    await staff.reject(owner, competition, ids);
    const decided = (await staff.list(owner, competition)).body.items;
    expect(decided.map(({ reviews }: { reviews: { count: number } }) => reviews.count)).toEqual([0, 0, 2]);
  });

  it('is refused once the application is decided or ended, and for what is no application', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner });
    const { persons, ids } = await applicants(3, competition);
    await staff.accept(owner, competition, [ids[0]!]);
    await staff.reject(owner, competition, [ids[1]!]);
    await participantClient(api.url).leave(persons[2]!, competition);
    const codes = await Promise.all(ids.map((id) => staff.review(owner, competition, id, 3)));
    expect(codes.map(({ body }) => body.code)).toEqual(['ALREADY_DECIDED', 'ALREADY_DECIDED', 'NOT_REGISTERED']);
    const other = await aCompetitionByApplication({ organizer: owner });
    expect((await staff.review(owner, other, ids[0]!, 3)).body.code).toBe('REGISTRATION_NOT_FOUND');
    for (const score of [0, 6, 2.5]) expect((await staff.review(owner, competition, ids[0]!, score)).status).toBe(400);
  });

  it('is not changed back by a late copy of an earlier request', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner });
    const { ids } = await applicants(1, competition);
    const review = (score: number, key: string) => staff.review(owner, competition, ids[0]!, score, undefined, { key });
    await review(2, 'first');
    await review(5, 'second');
    const late = await review(2, 'first');
    expect(late.headers.get('idempotent-replayed')).toBe('true');
    expect(late.body.myReview).toMatchObject({ score: 5 });
    expect((await review(4, 'first')).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('waits for a decision that is under way, and is refused after it', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner });
    const { ids } = await applicants(1, competition);
    const deciding = await lockCompetition(competition);
    await deciding.query(`SELECT decide_v1($1, $2, '{ACCEPT}', '{NULL}', $3)`, [competition.id, ids, owner.id]);
    const review = staff.review(owner, competition, ids[0]!, 5);
    await expect
      .poll(() => rows(`SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`))
      .toHaveLength(1);
    await deciding.release();
    expect((await review).body.code).toBe('ALREADY_DECIDED');
  });
});

describe('the list of applications', () => {
  it('AP-07 finds those who have chosen an answer, also for reviewers', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner });
    const food = aQuestion('food', { kind: 'CHOICES', options: ['vegan', 'halal'] });
    await askQuestions(competition, [food, aQuestion('bus', { kind: 'YES_NO' })]);
    const persons = await people(3);
    const { register } = participantClient(api.url);
    const ids: string[] = [];
    for (const [n, answers] of [
      { food: ['vegan', 'halal'], bus: true },
      { food: ['vegan'] },
      { bus: false },
    ].entries()) {
      const { body } = await register(persons[n]!, competition, { body: { answers, questionsVersion: 1 } });
      ids.push(body.registrationId);
    }
    const reviewer = await aReviewer(competition);
    const found = async (query: Record<string, string>) => {
      const { body } = await staff.list(reviewer, competition, query);
      return [body.total, ...idsIn({ body }).map((id) => ids.indexOf(id))];
    };
    expect(await found({ question: 'food', answer: 'vegan' })).toEqual([2, 0, 1]);
    expect(await found({ question: 'food', answer: 'vegan', sort: 'newest', limit: '1' })).toEqual([2, 1]);
    expect(await found({ question: 'food', answer: 'halal', sort: 'best', show: 'undecided' })).toEqual([1, 0]);
    expect(await found({ question: 'bus', answer: 'false', reviewed: 'no' })).toEqual([1, 2]);
    expect(await found({ question: 'food', answer: 'vegan', search: persons[1]!.name })).toEqual([1, 1]);
    expect(await found({ question: 'food', answer: "'" })).toEqual([0]);
  });

  it('shows undecided ones first, in pages, in either order', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner, capacity: 1 });
    const { ids } = await applicants(7, competition);
    await staff.accept(owner, competition, [ids[1]!, ids[4]!]);
    await staff.reject(owner, competition, [ids[0]!]);
    const pages = async (query: Record<string, string>) => {
      const all: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = await staff.list(owner, competition, { limit: '2', ...query, ...(cursor && { cursor }) });
        expect(page.status).toBe(200);
        all.push(...idsIn(page));
        cursor = page.body.nextCursor;
      }
      return all;
    };
    const [undecided, decided] = [
      [ids[2], ids[3], ids[5], ids[6]],
      [ids[0], ids[1], ids[4]],
    ];
    expect(await pages({})).toEqual([...undecided, ...decided]);
    expect(await pages({ sort: 'newest' })).toEqual([...undecided.toReversed(), ...decided.toReversed()]);
    await staff.review(owner, competition, ids[6]!, 5);
    await staff.review(owner, competition, ids[3]!, 3);
    expect(await pages({ sort: 'best' })).toEqual([ids[6], ids[3], ids[2], ids[5], ...decided]);
    const [show, reviewed] = [(show: string) => pages({ show }), (reviewed: string) => pages({ reviewed })];
    expect([await show('undecided'), await show('accepted'), await show('waiting'), await show('rejected')]).toEqual([
      undecided,
      [ids[1]],
      [ids[4]],
      [ids[0]],
    ]);
    expect([await reviewed('yes'), await show('left')]).toEqual([[ids[3], ids[6]], []]);
    expect(await reviewed('no')).toHaveLength(5);
    const { body } = await staff.list(owner, competition);
    expect([body.total, body.counts]).toEqual([7, { undecided: 4, accepted: 1, waiting: 1, rejected: 1, left: 0 }]);
    expect(body.room).toEqual({ free: 0, waitlist: true, holds: false });
  });

  it('accepts a cursor of another filter', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner });
    await applicants(3, competition);
    const { nextCursor } = (await staff.list(owner, competition, { limit: '1', show: 'undecided' })).body;
    for (const sort of ['oldest', 'newest', 'best'])
      for (const show of ['accepted', 'all'])
        expect((await staff.list(owner, competition, { cursor: nextCursor, show, sort })).status).toBe(200);
  });

  it('finds people by a part of the name', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner });
    const zoe = await aPerson({ name: 'Zoë Émile' });
    await applicants(2, competition);
    const [id] = await registerMany([zoe], competition);
    for (const sort of ['oldest', 'best'])
      expect(idsIn(await staff.list(owner, competition, { search: 'zoe em', sort }))).toEqual([id]);
  });
});

describe('deciding', () => {
  it('answers in the given order, each item for itself', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner, capacity: 2 });
    const { persons, ids } = await applicants(5, competition);
    await participantClient(api.url).leave(persons[3]!, competition);
    const decisions = [
      { registrationId: ids[4]!, decision: 'WAITLIST' },
      { registrationId: ids[2]!, decision: 'ACCEPT' },
      { registrationId: ids[3]!, decision: 'ACCEPT' },
      { registrationId: ids[1]!, decision: 'REJECT', reason: 'Under age' },
      { registrationId: ids[0]!, decision: 'ACCEPT' },
    ];
    const response = await call('POST', api.url, `/api/competitions/${competition.id}/applications/decide`, {
      token: owner.token,
      body: { decisions },
    });
    expect(response).toMatchObject({ status: 200 });
    expect(response.body.items).toEqual([
      { id: ids[4], code: 'SEATS_AVAILABLE' },
      { id: ids[2], result: 'PENDING' },
      { id: ids[3], code: 'NOT_REGISTERED' },
      { id: ids[1], result: 'REJECTED' },
      { id: ids[0], result: 'PENDING' },
    ]);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 0 });
    const { body } = await staff.list(owner, competition, { show: 'rejected' });
    expect(body.items[0]).toMatchObject({ registrationId: ids[1], reason: 'Under age' });
  });

  it('does not tell reviewers why a manager has removed somebody', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner });
    const { ids } = await applicants(1, competition);
    const removed = await del(api.url, `/api/competitions/${competition.id}/registrations/${ids[0]}`, {
      token: owner.token,
      body: { reason: 'Insulted others' },
    });
    expect(removed.status).toBe(200);
    const { body } = await staff.list(await aReviewer(competition), competition, { show: 'left' });
    expect(body.items).toMatchObject([{ registrationId: ids[0], endReason: 'REMOVED', reason: null }]);
  });

  it('gives a seat to confirm where people have to confirm, and keeps undecided whom it has no room for', async () => {
    const competition = await aCompetitionByApplication({
      organizer: owner,
      capacity: 1,
      waitlist: false,
      confirmWithinSeconds: 3600,
    });
    const { ids } = await applicants(2, competition);
    expect((await staff.list(owner, competition)).body.room).toEqual({ free: 1, waitlist: false, holds: true });
    const { body } = await staff.accept(owner, competition, ids);
    expect(body.items).toEqual([
      { id: ids[0], result: 'HELD' },
      { id: ids[1], code: 'COMPETITION_FULL' },
    ]);
    const { items } = (await staff.list(owner, competition)).body;
    expect(
      items.map(({ status, heldUntil }: { status: string; heldUntil: string | null }) => [status, heldUntil !== null]),
    ).toEqual([
      ['APPLIED', false],
      ['HELD', true],
    ]);
  });

  it('replays the whole answer for the same key, and decides nothing again', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner });
    const { ids } = await applicants(3, competition);
    const options = { key: `decide-${competition.id}` };
    const responses = await Promise.all(
      Array.from({ length: 5 }, () => staff.accept(owner, competition, ids, options)),
    );
    expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
    expect(responses[0]?.body.items).toHaveLength(3);
    expect(await countRows('outbox', `job = 'confirmation' AND payload->>'registrationId' = '${ids[0]}'`)).toBe(1);
    expect((await staff.reject(owner, competition, ids, options)).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('takes 1 to 256 applications, each once', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner, capacity: 300 });
    const { ids } = await applicants(257, competition);
    for (const wrong of [[], ids, [ids[0]!, ids[0]!]])
      expect((await staff.accept(owner, competition, wrong)).body.code).toBe('VALIDATION_FAILED');
    expect((await staff.accept(owner, competition, ids.slice(1))).body.items).toHaveLength(256);
  });

  it('knows no application of another competition, and of a competition without applications', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner });
    const { ids } = await applicants(1, competition);
    const other = await aCompetitionByApplication({ organizer: owner });
    expect((await staff.accept(owner, other, ids)).body.items).toEqual([{ id: ids[0], code: 'NOT_REGISTERED' }]);
    await organizerClient(api.url).cancel(owner, competition);
    expect((await staff.accept(owner, competition, ids)).body.items).toEqual([
      { id: ids[0], code: 'COMPETITION_CANCELLED' },
    ]);
  });
});

describe('the list of people and the statistics', () => {
  it('count applications and seats to confirm as what they are, and the check-in list has only people with a seat', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner, capacity: 3, confirmWithinSeconds: 3600 });
    const { ids } = await applicants(4, competition);
    await staff.accept(owner, competition, [ids[0]!, ids[1]!]);
    await rows(`UPDATE registrations SET status = 'PENDING', held_until = NULL WHERE id = $1`, [ids[0]]);
    await staff.reject(owner, competition, [ids[2]!]);
    const path = `/api/competitions/${competition.id}`;
    const { token } = owner;
    const listed = async (status: string) =>
      idsIn(await get(api.url, `${path}/registrations?status=${status}`, { token }));
    expect(await listed('seated')).toEqual([ids[0]]);
    expect(await listed('held')).toEqual([ids[1]]);
    expect(await listed('applied')).toEqual([ids[3]]);
    expect((await listed('active')).sort()).toEqual([ids[0], ids[1], ids[3]].sort());
    expect(await listed('all')).toHaveLength(4);
    const csv = await get(api.url, `${path}/registrations?status=all&format=csv`, { token });
    expect(csv.text).toMatch(/"Confirm by \(UTC\)".*\r\n(.*\r\n)*.*"HELD".*"\d{4}-\d\d-\d\dT/);
    expect((await get(api.url, `${path}/stats`, { token })).body).toMatchObject({
      seated: 1,
      held: 1,
      applied: 1,
      rejected: 1,
      expired: 0,
      ended: 1,
      fill: 2 / 3,
    });
  });
});

describe('accepting the best', () => {
  it('previews exactly whom it accepts, in order, and what they get', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner, capacity: 2 });
    const { persons, ids } = await applicants(6, competition);
    const other = await aReviewer(competition);
    const scores = [3, 5, 1, 5, null, 4];
    for (const [n, score] of scores.entries()) if (score) await staff.review(owner, competition, ids[n]!, score);
    await staff.review(other, competition, ids[3]!, 5);
    const { body } = await staff.best(owner, competition, 4);
    expect(body).toEqual({
      items: [
        { registrationId: ids[3], name: persons[3]!.name, result: 'PENDING', mean: 5 },
        { registrationId: ids[1], name: persons[1]!.name, result: 'PENDING', mean: 5 },
        { registrationId: ids[5], name: persons[5]!.name, result: 'WAITLISTED', mean: 4 },
        { registrationId: ids[0], name: persons[0]!.name, result: 'WAITLISTED', mean: 3 },
      ],
      effect: { seats: 2, holds: 0, places: 2, undecided: 0 },
      people: 4,
      unreviewed: 0,
    });
    const { body: decided } = await staff.accept(owner, competition, idsIn({ body }));
    expect(decided.items.map(({ result }: { result: string }) => result)).toEqual([
      'PENDING',
      'PENDING',
      'WAITLISTED',
      'WAITLISTED',
    ]);
    expect((await registrationsOf(competition)).slice(-4).map(({ id }) => id)).toEqual(idsIn({ body }));
    // Nobody has said that the one without a review is good.
    expect(idsIn(await staff.best(owner, competition, 256))).toEqual([ids[2]]);
  });

  it('ranks for reviewers what they have reviewed, and says how many others there are; for managers all, without hidden scores', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner, capacity: 9 });
    const { ids } = await applicants(4, competition);
    const [ben, mia] = [await aReviewer(competition), await aReviewer(competition, 'MANAGER')];
    for (const [n, score] of [2, 5, 4].entries()) await staff.review(owner, competition, ids[n]!, score);
    expect((await staff.best(ben, competition, 1)).body).toMatchObject({ items: [], unreviewed: 3 });
    await staff.review(ben, competition, ids[0]!, 3);
    const { body } = await staff.best(ben, competition, 4);
    expect(body).toMatchObject({ items: [{ registrationId: ids[0], mean: 2.5 }], unreviewed: 2 });
    const all = (await staff.best(mia, competition, 4)).body;
    expect(idsIn({ body: all })).toEqual([ids[1], ids[2], ids[0]]);
    expect(all).toMatchObject({ items: [{ mean: null }, { mean: null }, { mean: null }], unreviewed: 0 });
  });
});

describe('taking a rejection back', () => {
  it('is allowed to those who may reject, as often as asked, and to reviewers for nothing else', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner });
    const { persons, ids } = await applicants(2, competition);
    const reviewer = await aReviewer(competition);
    const { reinstate } = organizerClient(api.url);
    await staff.reject(reviewer, competition, [ids[0]!]);
    expect((await participantClient(api.url).register(persons[0]!, competition)).body.code).toBe('ALREADY_DECIDED');
    for (const _ of [1, 2])
      expect((await reinstate(reviewer, competition, ids[0]!)).body).toEqual({
        registrationId: ids[0],
        status: 'APPLIED',
      });
    await participantClient(api.url).leave(persons[1]!, competition);
    expect((await reinstate(reviewer, competition, ids[1]!)).status).toBe(403);
    expect((await reinstate(owner, competition, ids[1]!)).status).toBe(200);
  });
});
