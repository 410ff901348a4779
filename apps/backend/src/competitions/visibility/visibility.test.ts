import { STAFF_ROLES } from '@mini-compete/shared/permissions';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, TEST_SECRET, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import {
  aCompetition,
  anAdmin,
  anOrganizer,
  aPerson,
  type CompetitionOptions,
  employ,
  inHours,
  type Person,
  people,
  setVisibility,
} from '../../../test/support/factories.js';
import { type ApiResponse, call, get, post, tally } from '../../../test/support/http-client.js';
import { countRows, rows } from '../../../test/support/queries.js';
import { subscribe } from '../../../test/support/seat-subscriber.js';
import { signLeaveToken } from '../../messaging/templates/leave-link.js';
import { ROUTE_DOCS } from '../../route-docs.js';
import { LiveSeats } from '../seats/live-seats.service.js';

let api: TestApi;
let owner: Person;
beforeAll(async () => {
  api = await startApi();
  owner = await anOrganizer();
});
afterAll(() => api.close());

const UNKNOWN = { id: '01890000-0000-7000-8000-000000000000' };
const soon = (assertion: () => unknown, timeout = 5_000) => vi.waitFor(assertion, { timeout, interval: 20 });
const path = ({ id }: { id: string }) => `/api/competitions/${id}`;
const aDraft = (options: CompetitionOptions = {}) =>
  aCompetition({ organizer: owner, visibility: 'DRAFT', ...options });
const edit = (competition: { id: string }, changes: object) =>
  organizerClient(api.url).edit(owner, competition, changes);
const idsOf = async (query: string): Promise<string[]> =>
  (await get(api.url, `/api/competitions?limit=100&${query}`)).body.items.map(({ id }: { id: string }) => id);
const watch = (competition: { id: string }, person?: Person) =>
  subscribe(api.url, competition, person ? { headers: { authorization: `Bearer ${person.token}` } } : {});

describe('a draft', () => {
  const routes = Object.keys(ROUTE_DOCS).filter((route) => route.includes('/api/competitions/{id}'));

  it.each(routes)('VI-01: %s answers strangers as if it did not exist', async (route) => {
    const [method, template] = route.split(' ') as [string, string];
    const draft = await aDraft({ startDate: inHours(48) });
    const strangers = [undefined, await aPerson(), await anOrganizer()];
    for (const stranger of strangers) {
      const answer = async ({ id }: { id: string }) => {
        const address = template.replace('{id}', id).replace(/\{\w+\}/g, UNKNOWN.id);
        const options = { token: stranger?.token, headers: { 'if-match': '"1"' } };
        const { status, body } = await call(method, api.url, address, {
          ...options,
          ...(method !== 'GET' && { body: { title: 'Guessed' } }),
        });
        return [status, body.code];
      };
      expect(await answer(draft), stranger?.role).toEqual(await answer(UNKNOWN));
    }
  });

  it('VI-01: is unknown where strangers read, register and leave', async () => {
    const [draft, stranger] = [await aDraft(), await aPerson()];
    const { register, leave } = participantClient(api.url);
    const answers = [
      await get(api.url, path(draft)),
      await get(api.url, path(draft), { token: stranger.token }),
      await get(api.url, `${path(draft)}/calendar.ics`),
      await get(api.url, `${path(draft)}/events`),
      await get(api.url, `${path(draft)}/events`, { token: stranger.token }),
      await register(stranger, draft),
      await leave(stranger, draft),
    ];
    expect(tally(answers)).toEqual({ COMPETITION_NOT_FOUND: answers.length });
  });

  it.each(STAFF_ROLES)('VI-02: is shown to staff who are %s, until the role is revoked', async (role) => {
    const [draft, person] = [await aDraft(), await aPerson()];
    const read = () => get(api.url, path(draft), { token: person.token });
    await employ(person, draft, role);
    expect((await read()).body).toMatchObject({ id: draft.id, visibility: 'DRAFT', staffRole: role });
    expect((await get(api.url, `${path(draft)}/calendar.ics`, { token: person.token })).status).toBe(200);
    await api.pool.query('DELETE FROM competition_staff WHERE user_id = $1', [person.id]);
    expect((await read()).body.code).toBe('COMPETITION_NOT_FOUND');
  });

  it('VI-02: is shown to admins', async () => {
    const [draft, admin] = [await aDraft(), await anAdmin()];
    expect((await get(api.url, path(draft), { token: admin.token })).status).toBe(200);
  });

  it('is in the list of its staff, which can be filtered by visibility', async () => {
    const organizer = await anOrganizer();
    const [draft, open] = [await aDraft({ organizer }), await aCompetition({ organizer })];
    const mine = async (query = '') => {
      const { body } = await get(api.url, `/api/competitions/my-competitions${query}`, { token: organizer.token });
      return [body.total, body.items.map(({ id, visibility }: { id: string; visibility: string }) => [id, visibility])];
    };
    expect(await mine()).toEqual([
      2,
      [
        [open.id, 'PUBLIC'],
        [draft.id, 'DRAFT'],
      ],
    ]);
    expect(await mine('?visibility=DRAFT')).toEqual([1, [[draft.id, 'DRAFT']]]);
  });

  it('does not show who has left it before in what it has become', async () => {
    const [competition, person] = [await aCompetition({ organizer: owner }), await aPerson()];
    const { register, leave } = participantClient(api.url);
    await register(person, competition);
    await leave(person, competition);
    const mine = () => get(api.url, '/api/competitions/registrations/my', { token: person.token });
    const { items, total } = (await mine()).body;
    expect(total).toBe(1);
    const link = `/api/competitions/leave-link?token=${signLeaveToken(TEST_SECRET, { registrationId: items[0].registrationId, userId: null })}`;
    expect((await get(api.url, link)).status).toBe(200);
    await edit(competition, { visibility: 'DRAFT', title: 'A secret' });
    expect((await mine()).body).toMatchObject({ items: [], total: 0 });
    expect((await get(api.url, link)).body.code).toBe('LEAVE_TOKEN_INVALID');
  });
});

describe('the lists', () => {
  it('VI-03: contain public competitions only, however they are asked', async () => {
    const options = { title: 'Zephyrball', tags: ['zephyr'], capacity: 7 };
    const [listed] = [await aCompetition(options), await aDraft(options)];
    const unlisted = await aCompetition({ ...options, visibility: 'UNLISTED' });
    const queries = ['', 'search=zephyrball', 'tags=zephyr', 'status=open'];
    const sorts = ['deadline', 'start', 'newest', 'popular'];
    for (const query of queries.flatMap((filter) => sorts.map((sort) => `${filter}&sort=${sort}`))) {
      const { body } = await get(api.url, `/api/competitions?limit=100&${query}`);
      const ids = body.items.map(({ id }: { id: string }) => id);
      expect(ids, query).toContain(listed.id);
      expect(ids, query).not.toContain(unlisted.id);
      expect(body.total, query).toBe(ids.length);
    }
    expect(await idsOf('tags=zephyr')).toEqual([listed.id]);
    const sitemap = await get(api.url, '/api/sitemap');
    expect(sitemap.text).toContain(listed.id);
    expect(sitemap.text).not.toContain(unlisted.id);
    expect(sitemap.body.organizers).toContain(listed.organizerId);
    expect(sitemap.body.organizers).not.toContain(unlisted.organizerId);
  });

  it('VI-03: an unlisted competition is open to people who know its address', async () => {
    const [unlisted, person] = [await aCompetition({ visibility: 'UNLISTED' }), await aPerson()];
    expect((await get(api.url, path(unlisted))).body).toMatchObject({ visibility: 'UNLISTED', status: 'open' });
    expect((await get(api.url, `${path(unlisted)}/calendar.ics`)).status).toBe(200);
    const subscriber = await watch(unlisted);
    await soon(() => expect(subscriber.events).toHaveLength(1));
    subscriber.close();
    expect((await participantClient(api.url).register(person, unlisted)).status).toBe(201);
    const { body } = await get(api.url, '/api/competitions/registrations/my', { token: person.token });
    expect(body.items[0].competition.id).toBe(unlisted.id);
  });

  it.each(['DRAFT', 'UNLISTED'] as const)(
    'VI-08: words of a competition that is %s correct no typo before it is public',
    async (visibility) => {
      const word = visibility === 'DRAFT' ? 'quidditchery' : 'bumbershoots';
      const competition = await aCompetition({ organizer: owner, title: word, visibility });
      await edit(competition, { location: `At the ${word}` });
      const known = () => rows('SELECT word FROM search_words WHERE word = $1', [word]);
      expect(await known()).toEqual([]);
      await edit(competition, { visibility: 'PUBLIC' });
      expect(await known()).toEqual([{ word }]);
      expect(await idsOf(`search=${word.replace('i', '').replace('oo', 'o')}`)).toEqual([competition.id]);
    },
  );
});

describe('the event stream of a draft', () => {
  it('VI-04: is open to staff, and goes on when the draft is published', async () => {
    const draft = await aDraft();
    const subscriber = await watch(draft, owner);
    await soon(() => expect(subscriber.events).toHaveLength(1));
    await edit(draft, { visibility: 'PUBLIC' });
    await soon(() => expect(subscriber.events.at(-1)?.version).toBe(2));
    const visitor = await watch(draft);
    await soon(() => expect(visitor.events).toHaveLength(1));
    expect(subscriber.ended).toBe(false);
    for (const { close } of [subscriber, visitor]) close();
  });

  it('VI-04: stays closed to strangers while staff watch', async () => {
    const draft = await aDraft();
    const subscriber = await watch(draft, owner);
    await soon(() => expect(subscriber.events).toHaveLength(1));
    expect((await get(api.url, `${path(draft)}/events`)).body.code).toBe('COMPETITION_NOT_FOUND');
    subscriber.close();
  });

  it('VI-04: ends within 15 s after the reader has left the staff', async () => {
    const [draft, person] = [await aDraft(), await aPerson()];
    await employ(person, draft, 'REVIEWER');
    const [leaving, staying] = [await watch(draft, person), await watch(draft, owner)];
    await soon(() => expect([...leaving.events, ...staying.events]).toHaveLength(2));
    await api.pool.query('DELETE FROM competition_staff WHERE user_id = $1', [person.id]);
    await soon(() => expect(leaving.ended).toBe(true), 15_000);
    expect(staying.ended).toBe(false);
    staying.close();
  }, 30_000);

  it('VI-04: ends for everybody when a competition becomes a draft again, and lets only staff back in', async () => {
    const competition = await aCompetition({ organizer: owner });
    const second = await startApi({ databaseUrl: api.env.databaseUrl });
    const watching = [
      await watch(competition),
      await watch(competition, owner),
      await subscribe(second.url, competition),
    ];
    await soon(() => expect(watching.map(({ events }) => events.length)).toEqual([1, 1, 1]));
    await edit(competition, { visibility: 'DRAFT' });
    await soon(() => expect(watching.map(({ ended }) => ended)).toEqual([true, true, true]));
    expect((await get(api.url, `${path(competition)}/events`)).status).toBe(404);
    const again = await watch(competition, owner);
    expect(again.status).toBe(200);
    again.close();
    await second.close();
  });

  it('VI-04: ends for strangers also when staff notice first that it is a draft', async () => {
    const competition = await aCompetition({ organizer: owner });
    const visitor = await watch(competition);
    await soon(() => expect(visitor.events).toHaveLength(1));
    await setVisibility(competition, 'DRAFT');
    const headers = { authorization: `Bearer ${owner.token}`, 'last-event-id': String(Date.now() + 60_000) };
    const staff = await subscribe(api.url, competition, { headers });
    await soon(() => expect(visitor.ended).toBe(true));
    await soon(() => expect(staff.events).toHaveLength(1));
    staff.close();
  });

  it('leaves nothing behind for strangers who ask for it', async () => {
    const draft = await aDraft();
    for (const person of await people(3)) await get(api.url, `${path(draft)}/events`, { token: person.token });
    const { topics } = api.app.get(LiveSeats) as unknown as { topics: Map<string, unknown> };
    expect(topics.has(draft.id)).toBe(false);
  });
});

describe('publishing', () => {
  it('VI-05: lets nobody in before its commit, and everybody after it', async () => {
    const draft = await aDraft({ capacity: 200 });
    const { register } = participantClient(api.url);
    const answers: { askedAfter: boolean; response: ApiResponse }[] = [];
    let isAnswered = false;
    /** Asks without a pause, until five people have asked after the answer to the publishing. */
    const askUntilPublished = async (persons: Person[]) => {
      for (let after = 0; after < 5; ) {
        const person = persons.pop();
        if (person === undefined) throw new Error('Everybody has asked before it was published.');
        const askedAfter = isAnswered;
        answers.push({ askedAfter, response: await register(person, draft) });
        if (askedAfter) after++;
      }
    };
    const crowds = await Promise.all(Array.from({ length: 8 }, () => people(400)));
    const asking = Promise.all(crowds.map(askUntilPublished));
    await vi.waitFor(() => expect(answers.length).toBeGreaterThan(20), 20_000);
    const published = await edit(draft, { visibility: 'PUBLIC' });
    isAnswered = true;
    await asking;
    expect(published.body).toMatchObject({ visibility: 'PUBLIC', version: 2 });
    expect(answers.map(({ response }) => response.status)).toEqual(expect.arrayContaining([404, 201]));
    for (const { askedAfter, response } of answers)
      if (askedAfter || response.status === 201) expect(response.status).toBe(201);
      else expect(response.body.code).toBe('COMPETITION_NOT_FOUND');
    const [{ at }] = (await rows<{ at: Date }>('SELECT updated_at AS at FROM competitions WHERE id = $1', [
      draft.id,
    ])) as [{ at: Date }];
    for (const { response } of answers)
      if (response.status === 201) expect(Date.parse(response.body.registeredAt)).toBeGreaterThanOrEqual(at.getTime());
  });

  it('is in the audit log, and sends no message', async () => {
    const draft = await aDraft();
    await edit(draft, { startDate: inHours(72).toISOString() });
    await edit(draft, { visibility: 'UNLISTED' });
    const [entry] = await rows<{ details: object }>(
      `SELECT details FROM audit_entries WHERE subject_id = $1 AND action = 'competition.edited' ORDER BY id DESC`,
      [draft.id],
    );
    expect(entry?.details).toEqual({ version: 3, changes: { visibility: { from: 'DRAFT', to: 'UNLISTED' } } });
    expect(await countRows('outbox', `payload ->> 'competitionId' = '${draft.id}'`)).toBe(0);
  });

  it('VI-06: cannot be taken back while people are registered or on the waitlist', async () => {
    const competition = await aCompetition({ organizer: owner, capacity: 1 });
    const [seated, waiting] = (await people(2)) as [Person, Person];
    const { join, leave } = participantClient(api.url);
    await join(seated, competition);
    await join(waiting, competition);
    expect((await edit(competition, { visibility: 'DRAFT' })).body.code).toBe('HAS_REGISTRATIONS');
    expect((await edit(competition, { visibility: 'UNLISTED' })).status).toBe(200);
    await leave(seated, competition);
    expect((await edit(competition, { visibility: 'DRAFT' })).body.code).toBe('HAS_REGISTRATIONS');
    await leave(waiting, competition);
    expect((await edit(competition, { visibility: 'DRAFT' })).body).toMatchObject({
      visibility: 'DRAFT',
      status: 'open',
    });
  });
});

describe('creating', () => {
  const body = { title: 'A competition', description: '', capacity: 5, regDeadline: inHours(24).toISOString() };
  const create = (changes: object, key?: string) =>
    post(api.url, '/api/competitions', { token: owner.token, body: { ...body, ...changes }, key });

  it('is public by default, and a draft when asked for', async () => {
    expect((await create({})).body).toMatchObject({ visibility: 'PUBLIC' });
    expect((await create({ visibility: 'DRAFT' })).body).toMatchObject({ visibility: 'DRAFT', staffRole: 'OWNER' });
    expect((await create({ visibility: 'SECRET' })).status).toBe(400);
  });

  it('replays a key from before there was a visibility, and distinguishes requests that differ in it', async () => {
    const first = await create({}, 'k');
    const [{ fingerprint }] = (await rows(
      `SELECT encode(fingerprint, 'hex') AS fingerprint FROM idempotency_records
                                           WHERE user_id = $1 AND key = 'k'`,
      [owner.id],
    )) as [{ fingerprint: string }];
    expect(fingerprint).toBe(await fingerprintBefore());
    expect((await create({ visibility: 'PUBLIC' }, 'k')).text).toBe(first.text);
    expect((await create({ visibility: 'DRAFT' }, 'k')).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  /** What the previous version has stored for the same request. */
  async function fingerprintBefore(): Promise<string> {
    const { fingerprint } = await import('../../platform/idempotency/fingerprint.js');
    const defaults = { tags: [], regOpensAt: null, startDate: null, endDate: null, location: null, waitlist: true };
    return Buffer.from(fingerprint({}, { ...body, ...defaults })).toString('hex');
  }

  it('VI-07: hides nothing while older servers, which would show it, are running', async () => {
    const older = new Client({ connectionString: api.env.databaseUrl, application_name: 'mini-compete api' });
    await older.connect();
    const competition = await aCompetition({ organizer: owner });
    const refused = [
      await create({ visibility: 'DRAFT' }),
      await create({ visibility: 'UNLISTED' }),
      await edit(competition, { visibility: 'UNLISTED' }),
      await edit(competition, { visibility: 'DRAFT' }),
    ];
    expect(tally(refused)).toEqual({ UPGRADE_IN_PROGRESS: 4 });
    expect(refused[0]?.headers.get('retry-after')).toBe('60');
    expect((await create({})).status).toBe(201);
    await setVisibility(competition, 'UNLISTED');
    expect((await edit(competition, { title: 'Still unlisted' })).status).toBe(200);
    expect((await edit(competition, { visibility: 'PUBLIC' })).status).toBe(200);
    await older.end();
  });
});
