import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import { aCompetition, anAdmin, anOrganizer, aPerson, type Person, people } from '../../../test/support/factories.js';
import { type CallOptions, del, get } from '../../../test/support/http-client.js';
import { countRows, registrationsOf, seatsOf } from '../../../test/support/queries.js';

let api: TestApi;
let organizer: Person;
beforeAll(async () => {
  api = await startApi();
  organizer = await anOrganizer();
});
afterAll(() => api.close());

type Competition = { readonly id: string };
const path = ({ id }: Competition) => `/api/competitions/${id}/registrations`;
const list = (competition: Competition, query = '', options: CallOptions = {}) =>
  get(api.url, `${path(competition)}?${query}`, { token: organizer.token, ...options });
const csv = (competition: Competition, query = '', options: CallOptions = {}) =>
  list(competition, query, { headers: { accept: 'text/csv' }, ...options });
const remove = (competition: Competition, registrationId: string, options: CallOptions = {}) =>
  del(api.url, `${path(competition)}/${registrationId}`, {
    token: organizer.token,
    body: { reason: 'Double entry' },
    ...options,
  });

/** Two seated, two waitlisted, one who left. */
async function aFullCompetition() {
  const competition = await aCompetition({ organizer, capacity: 2 });
  const { join, leave } = participantClient(api.url);
  const persons = await people(5);
  for (const person of persons) await join(person, competition);
  await leave(persons[4]!, competition);
  return { competition, persons };
}

describe('the list of registrants', () => {
  it('is in the order of admission, with the position on the waitlist, and filtered by status', async () => {
    const { competition, persons } = await aFullCompetition();
    const positions = async (query: string) =>
      (await list(competition, query)).body.items.map((registrant: { userId: string; position: number | null }) => [
        persons.findIndex(({ id }) => id === registrant.userId),
        registrant.position,
      ]);
    const seated = [
      [0, null],
      [1, null],
    ];
    const waiting = [
      [2, 1],
      [3, 2],
    ];
    expect(await positions('')).toEqual([...seated, ...waiting]);
    expect(await positions('status=seated')).toEqual(seated);
    expect(await positions('status=waiting')).toEqual(waiting);
    expect(await positions('status=ended')).toEqual([[4, null]]);
    expect(await positions('status=all')).toEqual([...seated, ...waiting, [4, null]]);
    expect((await list(competition, 'status=all')).body.items[4]).toMatchObject({
      name: persons[4]!.name,
      email: persons[4]!.email,
      status: 'CANCELLED',
      endReason: 'LEFT',
      endedAt: expect.any(String),
    });
  });

  it('has stable pages while people register and leave', async () => {
    const competition = await aCompetition({ organizer, capacity: 100 });
    const { register, leave } = participantClient(api.url);
    const persons = await people(7);
    for (const person of persons) await register(person, competition);
    const userIds: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body }: { body: { items: { userId: string }[]; nextCursor: string | null } } = await list(
        competition,
        `limit=3${cursor && `&cursor=${cursor}`}`,
      );
      userIds.push(...body.items.map(({ userId }) => userId));
      cursor = body.nextCursor;
      if (userIds.length === 3) {
        await leave(persons[0]!, competition);
        await register(await aPerson(), competition);
      }
    }
    expect(userIds.slice(0, 7)).toEqual(persons.map(({ id }) => id));
    expect(userIds).toHaveLength(8);
    expect((await list(competition)).body.total).toBe(7);
  });

  describe('U14 sorted', () => {
    /** Registered in the order of the names' numbers. Two have the same name but for case and accents. */
    const NAMES = ['3 Carl', '1 Ada', '2 Zoë', '2 zoe', '5 Eve'];
    const ordered = (sort: string) => (sort.startsWith('-') ? BY_NAME.toReversed() : BY_NAME);
    const BY_NAME = ['1 Ada', '2 Zoë', '2 zoe', '3 Carl', '5 Eve'];

    async function namesOf(competition: Competition, query: string): Promise<string[]> {
      const names: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { body }: { body: { items: { name: string }[]; nextCursor: string | null } } = await list(
          competition,
          `limit=1&${query}${cursor && `&cursor=${cursor}`}`,
        );
        names.push(...body.items.map(({ name }) => name));
        cursor = body.nextCursor;
      }
      return names;
    }

    async function aCompetitionOfNames() {
      const competition = await aCompetition({ organizer, capacity: 3 });
      const { join } = participantClient(api.url);
      for (const name of NAMES) await join(await aPerson({ name }), competition);
      return competition;
    }

    it.each(['name', '-name'])('by %s, nobody is missing or twice on its pages', async (sort) => {
      const competition = await aCompetitionOfNames();
      expect(await namesOf(competition, `sort=${sort}`)).toEqual(ordered(sort));
      expect(await namesOf(competition, `sort=${sort}&search=zo`)).toEqual(
        ordered(sort).filter((name) => name.startsWith('2')),
      );
    });

    it('by the time of registration, the last first, with the positions on the waitlist', async () => {
      const competition = await aCompetitionOfNames();
      expect(await namesOf(competition, 'sort=-registered')).toEqual(NAMES.toReversed());
      const { items } = (await list(competition, 'sort=-registered&status=waiting')).body;
      expect(items.map(({ name, position }: { name: string; position: number }) => [name, position])).toEqual([
        ['5 Eve', 2],
        ['2 zoe', 1],
      ]);
    });

    it('by email address, in both directions', async () => {
      const competition = await aCompetitionOfNames();
      const emails = async (sort: string) =>
        (await list(competition, `sort=${sort}`)).body.items.map(({ email }: { email: string }) => email);
      const sorted = await emails('email');
      expect(sorted).toHaveLength(5);
      expect(sorted).toEqual(sorted.toSorted());
      expect(await emails('-email')).toEqual(sorted.toReversed());
    });

    it('refuses the cursor of another order', async () => {
      const competition = await aCompetitionOfNames();
      const { nextCursor } = (await list(competition, 'limit=1&sort=name')).body;
      expect((await list(competition, `limit=1&cursor=${nextCursor}`)).body.errors).toMatchObject([{ path: 'cursor' }]);
    });
  });

  it('has a thousand people on a page, for a list at the door', async () => {
    const competition = await aCompetition({ organizer });
    expect((await list(competition, 'limit=1000')).status).toBe(200);
    expect((await list(competition, 'limit=1001')).status).toBe(400);
  });

  it('is searched by parts of name and email address, ignoring case and accents', async () => {
    const competition = await aCompetition({ organizer });
    const { join } = participantClient(api.url);
    const [asa, percent] = [await aPerson({ name: 'Åsa Öberg' }), await aPerson({ name: '100% Sure_' })];
    for (const person of [asa, percent]) await join(person, competition);
    const found = async (search: string) =>
      (await list(competition, `search=${encodeURIComponent(search)}`)).body.items.map((e: { name: string }) => e.name);
    expect(await found('asa o')).toEqual(['Åsa Öberg']);
    expect(await found('ÖBERG')).toEqual(['Åsa Öberg']);
    expect(await found(percent.email.toUpperCase().slice(0, -4))).toEqual(['100% Sure_']);
    expect(await found('%')).toEqual(['100% Sure_']);
    expect(await found('e_')).toEqual(['100% Sure_']);
    expect(await found('\\')).toEqual([]);
    expect((await list(competition, 'search=asa')).body.total).toBe(1);
    expect((await list(competition, 'search=')).body.total).toBe(2);
  });

  it('AU-14 is readable for its organizer and admins only', async () => {
    const { competition, persons } = await aFullCompetition();
    const [other, admin] = [await anOrganizer(), await anAdmin()];
    for (const { token } of [other, persons[0]!]) {
      expect((await list(competition, '', { token })).body.code).toBe('FORBIDDEN');
      expect((await csv(competition, '', { token })).body.code).toBe('FORBIDDEN');
    }
    expect((await get(api.url, path(competition))).status).toBe(401);
    expect((await list(competition, '', { token: admin.token })).status).toBe(200);
    expect((await list({ id: '01890000-0000-7000-8000-000000000000' })).status).toBe(404);
    expect((await list({ id: 'nonsense' })).status).toBe(400);
  });

  it('refuses invalid parameters', async () => {
    const { competition } = await aFullCompetition();
    for (const query of ['status=odd', 'limit=0', 'cursor=xx', 'cursor=eyJhIjoxfQ', 'unknown=1'])
      expect((await list(competition, query)).status, query).toBe(400);
  });
});

describe('the CSV export', () => {
  it('contains all listed registrants, with a byte order mark and a file name', async () => {
    const { competition, persons } = await aFullCompetition();
    const response = await csv(competition, 'status=all');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toContain(`registrations-${competition.id}.csv`);
    const raw = await fetch(`${api.url}${path(competition)}`, {
      headers: { accept: 'text/csv', authorization: `Bearer ${organizer.token}` },
    });
    expect([...new Uint8Array(await raw.arrayBuffer())].slice(0, 3)).toEqual([0xef, 0xbb, 0xbf]);
    const lines = response.text.split('\r\n');
    expect(lines).toHaveLength(7);
    expect(lines[1]).toContain(`"${persons[0]!.name}","${persons[0]!.email}","PENDING",""`);
    expect(lines[3]).toContain(`"WAITLISTED","1"`);
    expect(lines[5]).toContain('"LEFT"');
    expect((await csv(competition, 'status=waiting')).text.split('\r\n')).toHaveLength(4);
  });

  it('AU-20 has no cell that a spreadsheet program would evaluate', async () => {
    const competition = await aCompetition({ organizer });
    const { join } = participantClient(api.url);
    const names = ['=HYPERLINK("http://x","y")', '+1', '-1', '@SUM(1)', ' =1', '\u00a0=1', '＝1', 'a "b", c'];
    for (const name of names) await join(await aPerson({ name }), competition);
    const { text } = await csv(competition);
    expect(text).toContain('"\'=HYPERLINK(""http://x"",""y"")"');
    expect(text).toContain('"a ""b"", c"');
    for (const [, cell] of text.matchAll(/"((?:[^"]|"")*)"/g)) expect(cell).not.toMatch(/^[\s]*[=+\-@＝]/);
  });
});

describe('removing a registrant', () => {
  it('promotes the first waitlisted person, enqueues both messages, and returns the same response again', async () => {
    const { competition, persons } = await aFullCompetition();
    const [first, , third] = await registrationsOf(competition);
    await api.pool.query('DELETE FROM outbox');
    const removed = await remove(competition, first!.id);
    expect(removed.status).toBe(200);
    expect(removed.body).toEqual({ status: 'CANCELLED' });
    expect((await remove(competition, first!.id, { body: { reason: 'Other' } })).text).toBe(removed.text);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 1 });
    const registrants = (await list(competition, 'status=all')).body.items;
    expect(registrants[0]).toMatchObject({
      userId: persons[0]!.id,
      status: 'CANCELLED',
      endReason: 'REMOVED',
      removalReason: 'Double entry',
    });
    expect(registrants[2]).toMatchObject({ registrationId: third!.id, promotedAt: expect.any(String) });
    expect(await countRows('outbox', `job = 'removed'`)).toBe(1);
    expect(await countRows('outbox', `job = 'confirmation'`)).toBe(1);
    const audit = `subject_id = '${competition.id}' AND action = 'registration.removed' AND actor_id = '${organizer.id}'`;
    expect(await countRows('audit_entries', audit)).toBe(1);
  });

  it('frees one seat, for twenty concurrent requests', async () => {
    const { competition } = await aFullCompetition();
    const [first] = await registrationsOf(competition);
    await Promise.all(Array.from({ length: 20 }, () => remove(competition, first!.id)));
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 1 });
  });

  it('requires a reason, the right competition and its organizer', async () => {
    const [{ competition }, other] = [await aFullCompetition(), await aFullCompetition()];
    const [[first], [foreign]] = [await registrationsOf(competition), await registrationsOf(other.competition)];
    expect((await remove(competition, first!.id, { body: { reason: ' ' } })).body.errors).toMatchObject([
      { path: 'reason' },
    ]);
    expect((await remove(competition, foreign!.id)).body.code).toBe('REGISTRATION_NOT_FOUND');
    expect((await remove(competition, 'x')).status).toBe(400);
    const { token } = await anOrganizer();
    expect((await remove(competition, first!.id, { token })).body.code).toBe('FORBIDDEN');
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 2 });
  });
});
