import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import {
  aCompetition,
  anAdmin,
  anOrganizer,
  aPerson,
  inHours,
  type Person,
  people,
} from '../../../test/support/factories.js';
import { type ApiResponse, type CallOptions, del, get, patch, post, tally } from '../../../test/support/http-client.js';
import { invitationClient } from '../../../test/support/invitation-client.js';
import { lockCompetition } from '../../../test/support/locks.js';
import { countRows, registrationsOf, seatsOf } from '../../../test/support/queries.js';
import { rewriteStatements } from '../../../test/support/sabotage.js';

let api: TestApi;
let organizer: Person;
beforeAll(async () => {
  api = await startApi();
  organizer = await anOrganizer();
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.pool.query('DELETE FROM outbox');
});

type Competition = { readonly id: string };
const path = ({ id }: Competition) => `/api/competitions/${id}`;
const edit = (competition: Competition, body: object, version: string | null = '"1"', options: CallOptions = {}) =>
  patch(api.url, path(competition), {
    token: organizer.token,
    body,
    headers: version === null ? {} : { 'if-match': version },
    ...options,
  });
const cancel = (competition: Competition, options: CallOptions = {}): Promise<ApiResponse> =>
  post(api.url, `${path(competition)}/cancel`, { token: organizer.token, ...options });
const remove = (competition: Competition, options: CallOptions = {}): Promise<ApiResponse> =>
  del(api.url, path(competition), { token: organizer.token, ...options });
const create = (options = {}) => aCompetition({ organizer, ...options });
const statuses = async (competition: Competition) => (await registrationsOf(competition)).map(({ status }) => status);

async function withPeople(seated: number, waiting: number, options = {}) {
  const competition = await create({ capacity: Math.max(1, seated), ...options });
  const { join } = participantClient(api.url);
  for (const person of await people(seated + waiting)) await join(person, competition);
  await api.pool.query('DELETE FROM outbox');
  return competition;
}

describe('editing', () => {
  it('changes the given fields only, and increments the version', async () => {
    const competition = await create({ title: 'Before', location: 'Here' });
    const edited = await edit(competition, { title: 'After', tags: ['New'] });
    expect(edited.status).toBe(200);
    expect(edited.headers.get('etag')).toBe('"2"');
    expect(edited.body).toMatchObject({
      title: 'After',
      tags: ['new'],
      location: 'Here',
      version: 2,
      registration: null,
    });
    const { serverTime: _, ...same } = edited.body;
    expect((await get(api.url, path(competition), { token: organizer.token })).body).toMatchObject(same);
    expect(await countRows('audit_entries', `subject_id = '${competition.id}' AND action = 'competition.edited'`)).toBe(
      1,
    );
  });

  it.each(['an applicant', 'an invited person'])(
    'keeps who decides while there is %s, and changes it afterwards',
    async (state) => {
      const competition = await create({ startDate: inHours(48) });
      const person = await aPerson();
      const { register, leave } = participantClient(api.url);
      const invitations = invitationClient(api.url);
      expect((await edit(competition, { admissionMode: 'APPROVAL' })).body.admissionMode).toBe('APPROVAL');
      if (state === 'an applicant') await register(person, competition);
      else await invitations.invite(organizer, competition, [person.email]);
      const refused = await edit(competition, { admissionMode: 'FIRST_COME' }, '*');
      expect([refused.status, refused.body.code]).toEqual([409, 'HAS_REGISTRATIONS']);
      expect((await edit(competition, { admissionMode: 'APPROVAL', title: 'Same mode' }, '*')).status).toBe(200);
      const { items } = (await invitations.list(organizer, competition)).body;
      if (state === 'an applicant') await leave(person, competition);
      else await invitations.withdraw(organizer, competition, [items[0].id]);
      expect((await edit(competition, { admissionMode: 'FIRST_COME' }, '*')).body.admissionMode).toBe('FIRST_COME');
    },
  );

  it('sabotage: without counting them, the way of deciding changes under an applicant', async () => {
    const competition = await create({ startDate: inHours(48) });
    await edit(competition, { admissionMode: 'APPROVAL' });
    await participantClient(api.url).register(await aPerson(), competition);
    rewriteStatements((text) => text.replace('SELECT c.reserved + CASE', 'SELECT 0 * CASE'));
    expect((await edit(competition, { admissionMode: 'FIRST_COME' }, '*')).status).toBe(200);
    vi.restoreAllMocks();
    expect(await statuses(competition)).toEqual(['APPLIED']);
  });

  it('never lets promotion end before the deadline', async () => {
    const competition = await create({ regDeadline: inHours(24), startDate: inHours(48) });
    const change = (promoteUntil: Date, dates = {}) =>
      edit(competition, { promoteUntil: promoteUntil.toISOString(), ...dates }, '*');
    const early = await change(inHours(23));
    expect([early.status, early.body.errors]).toEqual([400, [{ path: 'promoteUntil', message: expect.any(String) }]]);
    expect((await change(inHours(30))).status).toBe(200);
    const later = await edit(competition, { regDeadline: inHours(31).toISOString() }, '*');
    expect(later.body.errors).toMatchObject([{ path: 'promoteUntil' }]);
  });

  it('without effective changes keeps the version, and writes no audit entry and no job', async () => {
    const competition = await create({ startDate: inHours(48), location: 'Hall 1', tags: ['one', 'two'] });
    const { body: before } = await get(api.url, path(competition), { token: organizer.token });
    const { title, description, tags, capacity, regOpensAt, regDeadline, startDate, endDate, location, waitlist } =
      before;
    const same = {
      title,
      description,
      tags,
      capacity,
      regOpensAt,
      regDeadline,
      startDate,
      endDate,
      location,
      waitlist,
    };
    const equivalent = { title: ` ${title} `, tags: ['ONE', 'two'], startDate: startDate.replace('Z', '+00:00') };
    for (const body of [same, { capacity }, { startDate: startDate.replace('Z', '6Z') }, equivalent]) {
      const response = await edit(competition, body);
      expect(response.status).toBe(200);
      expect(response.headers.get('etag')).toBe('"1"');
      const { serverTime: _, ...after } = response.body;
      expect(before).toMatchObject(after);
    }
    expect(await countRows('audit_entries', `subject_id = '${competition.id}' AND action = 'competition.edited'`)).toBe(
      0,
    );
    expect(await countRows('outbox')).toBe(0);
    expect((await edit(competition, same, null)).body.code).toBe('VERSION_REQUIRED');
    expect((await edit(competition, same, '"2"')).body.code).toBe('VERSION_STALE');
    const moved = { ...same, startDate: inHours(50).toISOString().replace('Z', '9Z') };
    expect((await edit(competition, moved)).headers.get('etag')).toBe('"2"');
    expect((await edit(competition, moved, '"2"')).headers.get('etag')).toBe('"2"');
  });

  it('requires the version, and returns the current competition with VERSION_STALE', async () => {
    const competition = await create();
    expect((await edit(competition, { title: 'Other' }, null)).body).toMatchObject({
      status: 428,
      code: 'VERSION_REQUIRED',
    });
    expect((await edit(competition, { title: 'First' })).status).toBe(200);
    const stale = await edit(competition, { title: 'Second' });
    expect(stale.body).toMatchObject({
      status: 412,
      code: 'VERSION_STALE',
      current: { id: competition.id, title: 'First', version: 2 },
    });
    for (const version of ['"2"', 'W/"3"', '4', '*', '"9", "6"'])
      expect((await edit(competition, { title: `After ${version}` }, version)).status, version).toBe(200);
  });

  it('accepts one of many concurrent edits of a version', async () => {
    const competition = await create();
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, i) => edit(competition, { title: `Take ${i}` })),
    );
    expect(tally(responses)).toEqual({ 200: 1, VERSION_STALE: 19 });
  });

  it('AD-12 refuses an invalid capacity, unknown fields and an empty edit', async () => {
    const competition = await create();
    for (const capacity of [0, -1, 2 ** 31, '10', 1.5, null])
      expect((await edit(competition, { capacity })).body).toMatchObject({
        status: 400,
        errors: [{ path: 'capacity' }],
      });
    expect((await edit(competition, { seatsLeft: 100 })).status).toBe(400);
    expect((await edit(competition, {})).status).toBe(400);
  });

  it('checks the order of the dates together with the stored ones', async () => {
    const competition = await create({ regDeadline: inHours(24), startDate: inHours(48) });
    const paths = async (changes: object) =>
      (await edit(competition, changes)).body.errors.map((error: { path: string }) => error.path);
    expect(await paths({ regDeadline: inHours(50).toISOString() })).toEqual(['startDate']);
    expect(await paths({ regOpensAt: inHours(25).toISOString() })).toEqual(['regDeadline']);
    expect(await paths({ endDate: inHours(47).toISOString() })).toEqual(['endDate']);
    expect(await paths({ startDate: null, endDate: inHours(60).toISOString() })).toEqual(['endDate']);
    expect((await edit(competition, { regDeadline: inHours(50).toISOString(), startDate: null })).status).toBe(200);
  });

  it('AD-06 refuses a capacity below the number of seated people and changes nothing', async () => {
    const competition = await withPeople(3, 1);
    expect((await edit(competition, { capacity: 2, title: 'Smaller' })).body.code).toBe('CAPACITY_BELOW_SEATED');
    expect((await get(api.url, path(competition))).body).toMatchObject({ capacity: 3, version: 1, waiting: 1 });
    expect((await edit(competition, { capacity: 3 })).status).toBe(200);
  });

  it('AD-07 seats exactly ten more when ten seats are added while a hundred compete for them', async () => {
    const competition = await create({ capacity: 10, waitlist: false });
    const { register } = participantClient(api.url);
    const requests = (await people(100)).map((person) => register(person, competition));
    const raised = edit(competition, { capacity: 20 });
    const responses = await Promise.all(requests);
    expect((await raised).status).toBe(200);
    responses.push(...(await Promise.all((await people(30)).map((person) => register(person, competition)))));
    expect(tally(responses)).toEqual({ 201: 20, COMPETITION_FULL: 110 });
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 0 });
  });

  it('promotes waitlisted people in order when the capacity is raised, and enqueues their messages', async () => {
    const competition = await withPeople(1, 3);
    const edited = await edit(competition, { capacity: 3 });
    expect(edited.body).toMatchObject({ capacity: 3, seatsLeft: 0, waiting: 1 });
    expect((await statuses(competition)).map((status) => status === 'WAITLISTED')).toEqual([false, false, false, true]);
    expect(await countRows('outbox', `job = 'confirmation'`)).toBe(2);
    expect(await countRows('outbox', `job = 'changed'`)).toBe(0);
  });

  it('AD-22 promotes at once when the deadline moves later, seats are free and people are waitlisted', async () => {
    const competition = await withPeople(1, 2);
    await api.pool.query(
      `UPDATE competitions SET capacity = 2, seats_left = 1, reg_deadline = now() - interval '1 minute',
              line_closed_at = now() WHERE id = $1`,
      [competition.id],
    );
    const edited = await edit(competition, { regDeadline: inHours(24).toISOString() });
    expect(edited.body).toMatchObject({ status: 'full', seatsLeft: 0, waiting: 1 });
    expect((await statuses(competition)).map((status) => status === 'WAITLISTED')).toEqual([false, false, true]);
    const { rows } = await api.pool.query('SELECT line_closed_at FROM competitions WHERE id = $1', [competition.id]);
    expect(rows).toEqual([{ line_closed_at: null }]);
  });

  it('keeps waitlisted people when the waitlist is switched off, and adds nobody', async () => {
    const competition = await withPeople(1, 1);
    expect((await edit(competition, { waitlist: false })).body).toMatchObject({ waiting: 1, waitlist: false });
    const late = await participantClient(api.url).join(await aPerson(), competition);
    expect(late.body.code).toBe('COMPETITION_FULL');
    expect((await edit(competition, { capacity: 2 }, '"2"')).body).toMatchObject({ seatsLeft: 0, waiting: 0 });
  });

  it('enqueues messages about a new date or place, and about nothing else', async () => {
    const competition = await withPeople(1, 0, { location: 'Hall 1' });
    const enqueued = async () =>
      (await api.pool.query(`DELETE FROM outbox RETURNING payload`)).rows.map((r) => r.payload.what);
    await edit(competition, { title: 'Renamed', description: 'New.', capacity: 5, location: 'Hall 1' }, '"1"');
    expect(await enqueued()).toEqual([]);
    await edit(competition, { startDate: inHours(72).toISOString() }, '"2"');
    expect(await enqueued()).toEqual([['date']]);
    await edit(competition, { startDate: inHours(96).toISOString(), location: 'Hall 2' }, '"3"');
    expect(await enqueued()).toEqual([['date', 'place']]);
    await edit(competition, { location: null }, '"4"');
    expect(await enqueued()).toEqual([['place']]);
  });

  it('is allowed to its organizer and to admins', async () => {
    const competition = await create();
    const [other, admin, participant] = [await anOrganizer(), await anAdmin(), await aPerson()];
    const statusFor = async ({ token }: Person) =>
      (await edit(competition, { title: 'Taken over' }, '"1"', { token })).status;
    expect(await statusFor(other)).toBe(403);
    expect(await statusFor(participant)).toBe(403);
    expect(await statusFor(admin)).toBe(200);
    expect((await patch(api.url, path(competition), { body: {} })).status).toBe(401);
  });
});

describe('canceling', () => {
  it('returns the same response again, and enqueues one job', async () => {
    const competition = await withPeople(2, 1);
    const first = await cancel(competition);
    expect(first.status).toBe(200);
    expect(first.body).toEqual({ id: competition.id, status: 'cancelled', cancelledAt: expect.any(String) });
    const responses = await Promise.all(Array.from({ length: 5 }, () => cancel(competition, { key: 'cancel-1' })));
    for (const response of responses) expect(response.text).toBe(first.text);
    expect(await countRows('outbox', `job = 'cancelled'`)).toBe(1);
    expect((await get(api.url, path(competition))).body).toMatchObject({ status: 'cancelled', version: 2 });
    expect((await edit(competition, { title: 'Back again' }, '"2"')).body.code).toBe('COMPETITION_CANCELLED');
  });

  it('replays the response for a key, and refuses the key for another competition', async () => {
    const [one, other] = [await create(), await create()];
    expect((await cancel(one, { key: 'cancel-2' })).headers.get('idempotent-replayed')).toBeNull();
    expect((await cancel(one, { key: 'cancel-2' })).headers.get('idempotent-replayed')).toBe('true');
    expect((await cancel(other, { key: 'cancel-2' })).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await cancel(other, { key: 'two words' })).body.code).toBe('IDEMPOTENCY_KEY_INVALID');
  });

  it('AD-10 registers nobody after its commit, under high load', async () => {
    const competition = await create({ capacity: 1_000 });
    const { register } = participantClient(api.url);
    const requests = (await people(300)).map((person) => register(person, competition));
    await Promise.race(requests);
    const cancelled = await cancel(competition);
    const late = await Promise.all((await people(50)).map((person) => register(person, competition)));
    const responses = await Promise.all(requests);
    expect(tally(late)).toEqual({ REGISTRATION_CLOSED: 50 });
    for (const { status, body } of responses)
      if (status === 201)
        expect(Date.parse(body.registeredAt)).toBeLessThanOrEqual(Date.parse(cancelled.body.cancelledAt));
      else expect(body.code).toBe('REGISTRATION_CLOSED');
    const { seatsLeft } = await seatsOf(competition);
    expect(1_000 - seatsLeft).toBe(tally(responses)[201] ?? 0);
  });

  it('is refused to other organizers', async () => {
    expect((await cancel(await create(), { token: (await anOrganizer()).token })).status).toBe(403);
  });
});

describe('deleting', () => {
  it('removes the competition from all responses', async () => {
    const competition = await create({ title: 'Mayfly' });
    expect((await remove(competition)).status).toBe(204);
    expect((await get(api.url, path(competition))).status).toBe(404);
    expect((await get(api.url, '/api/competitions?search=mayfly')).body.items).toEqual([]);
    expect((await edit(competition, { title: 'Again' })).status).toBe(404);
    expect((await cancel(competition)).status).toBe(404);
    expect((await remove(competition)).status).toBe(404);
    expect((await participantClient(api.url).register(await aPerson(), competition)).body.code).toBe(
      'COMPETITION_NOT_FOUND',
    );
  });

  it('is refused while anybody is registered', async () => {
    const competition = await create({ capacity: 1 });
    const person = await aPerson();
    const { register, leave } = participantClient(api.url);
    await register(person, competition);
    expect((await remove(competition)).body.code).toBe('HAS_REGISTRATIONS');
    await leave(person, competition);
    expect((await remove(competition)).status).toBe(204);
    expect(await registrationsOf(competition)).toHaveLength(1);
  });

  it('and registering at the same time never both succeed', async () => {
    for (const person of await people(10)) {
      const competition = await create();
      const [registered, deleted] = await Promise.all([
        participantClient(api.url).register(person, competition),
        remove(competition),
      ]);
      expect([registered.status, deleted.status].join()).toMatch(/^(201,409|404,204)$/);
    }
  });

  it('is refused to other organizers', async () => {
    expect((await remove(await create(), { token: (await anOrganizer()).token })).status).toBe(403);
  });
});

describe('statistics', () => {
  it('count registrations, leaves and promotions over time', async () => {
    const competition = await create({ capacity: 2 });
    const { join, leave } = participantClient(api.url);
    const persons = await people(4);
    for (const person of persons) await join(person, competition);
    await leave(persons[0]!, competition);
    const { body } = await get(api.url, `${path(competition)}/stats`, { token: organizer.token });
    expect(body).toMatchObject({
      capacity: 2,
      seated: 2,
      waiting: 1,
      left: 1,
      removed: 0,
      promoted: 1,
      fill: 1,
      step: 'hour',
    });
    const sum = (name: string) => body.timeline.reduce((n: number, step: Record<string, number>) => n + step[name]!, 0);
    expect([sum('registered'), sum('ended')]).toEqual([4, 1]);
  });

  it('have a step per day over a long time, including empty days, and are empty at first', async () => {
    const competition = await withPeople(2, 0);
    await api.pool.query(
      `UPDATE registrations SET registered_at = now() - interval '10 days'
       WHERE id = (SELECT id FROM registrations WHERE competition_id = $1 LIMIT 1)`,
      [competition.id],
    );
    const { body } = await get(api.url, `${path(competition)}/stats`, { token: organizer.token });
    expect(body.step).toBe('day');
    expect(body.timeline).toHaveLength(11);
    expect(body.timeline[0]).toMatchObject({ registered: 1, ended: 0, at: expect.stringMatching(/T00:00:00\.000Z$/) });
    expect(body.timeline[5]).toMatchObject({ registered: 0 });
    const empty = await get(api.url, `${path(await create())}/stats`, { token: organizer.token });
    expect(empty.body).toMatchObject({ seated: 0, fill: 0, timeline: [] });
  });

  it('are refused to other organizers', async () => {
    const response = await get(api.url, `${path(await create())}/stats`, { token: (await anOrganizer()).token });
    expect(response.status).toBe(403);
  });
});

describe('S17 on a server whose clock is ten minutes fast', () => {
  it('S17: a competition is created, edited and deleted now, by the clock of the database', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 600_000 });
    const created = await post(api.url, '/api/competitions', {
      token: organizer.token,
      body: { title: 'Before', description: '', capacity: 5, regDeadline: inHours(24) },
    });
    const { id } = created.body;
    const timesOf = async () =>
      (
        await api.pool.query(
          `SELECT created_at <= now() AS created, updated_at <= now() AS updated, updated_at > created_at AS edited,
                  deleted_at <= now() AS deleted, (SELECT max(at) <= now() FROM audit_entries WHERE subject_id = $1) AS audited
           FROM competitions WHERE id = $1`,
          [id],
        )
      ).rows[0];
    const beforeEdit = await timesOf();
    const edited = await edit({ id }, { title: 'After' });
    const removed = await remove({ id });
    vi.useRealTimers();
    expect([created.status, edited.status, removed.status]).toEqual([201, 200, 204]);
    const times = { created: true, updated: true, audited: true };
    expect(beforeEdit).toEqual({ ...times, edited: false, deleted: null });
    expect(await timesOf()).toEqual({ ...times, edited: true, deleted: true });
  });
});

describe('while another transaction holds the lock of a competition', () => {
  it("R19: other organizers' requests are refused at once", async () => {
    const competition = await create();
    const options = { token: (await anOrganizer()).token };
    const holder = await lockCompetition(competition, 'FOR UPDATE');
    const responses = await Promise.all([
      edit(competition, { title: 'Mine' }, '"1"', options),
      cancel(competition, options),
      remove(competition, options),
    ]);
    await holder.release();
    expect(tally(responses)).toEqual({ FORBIDDEN: 3 });
  });

  it('R19: the owner who loses the competition while waiting for the lock is refused', async () => {
    const competition = await create();
    const other = await anOrganizer();
    const holder = await lockCompetition(competition);
    await holder.query('UPDATE competition_staff SET user_id = $2 WHERE competition_id = $1', [
      competition.id,
      other.id,
    ]);
    const edited = edit(competition, { title: 'Still mine' });
    await vi.waitFor(async () => {
      const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
      expect((await api.pool.query(waiting)).rowCount).toBe(1);
    }, 20_000);
    await holder.release();
    expect(await edited).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  });
});
