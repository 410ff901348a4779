import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import {
  aCompetition,
  anOrganizer,
  aPerson,
  type CompetitionRow,
  inHours,
  type Person,
  people,
} from '../../../test/support/factories.js';
import { get, post, tally } from '../../../test/support/http-client.js';
import { statusOf } from './competitions.rules.js';

let api: TestApi;
let organizer: Person;
beforeAll(async () => {
  api = await startApi();
  organizer = await anOrganizer();
});
afterAll(() => api.close());

const body = {
  title: 'Spring Open',
  description: 'Come *all*.',
  capacity: 20,
  regDeadline: inHours(24).toISOString(),
  startDate: inHours(48).toISOString(),
};
const create = (overrides: object = {}, options: object = {}) =>
  post(api.url, '/api/competitions', { token: organizer.token, body: { ...body, ...overrides }, ...options });

describe('creating a competition', () => {
  it('returns the competition, which anyone can read', async () => {
    const created = await create({ tags: ['Chess', 'chess', 'open-air'], location: 'Hall 1' });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      title: 'Spring Open',
      tags: ['chess', 'open-air'],
      capacity: 20,
      seatsLeft: 20,
      waiting: 0,
      status: 'open',
      version: 1,
      waitlist: true,
      organizer: { id: organizer.id, name: organizer.name },
      registration: null,
    });
    const read = await get(api.url, `/api/competitions/${created.body.id}`);
    expect(read.headers.get('etag')).toBe('"1"');
    expect(read.headers.get('cache-control')).toContain('no-store');
    const { serverTime: _, staffRole, ...same } = created.body;
    expect(staffRole).toBe('OWNER');
    expect(read.body).toMatchObject({ ...same, staffRole: null });
  });

  it('AD-12 refuses an invalid capacity', async () => {
    for (const capacity of [0, -1, 2 ** 31, '10', 1.5, null])
      expect((await create({ capacity })).body).toMatchObject({ status: 400, errors: [{ path: 'capacity' }] });
  });

  it('names each invalid field', async () => {
    const wrong = await create({ title: 'x', startDate: inHours(1).toISOString(), extra: true });
    expect(wrong.body.code).toBe('VALIDATION_FAILED');
    expect((await create({ startDate: inHours(1).toISOString() })).body.errors).toEqual([
      { path: 'startDate', message: expect.any(String) },
    ]);
    expect((await create({ regDeadline: inHours(-1).toISOString() })).body.errors).toEqual([
      { path: 'regDeadline', message: expect.any(String) },
    ]);
    expect((await create({ title: 'two\nlines' })).status).toBe(400);
    expect((await create({ description: 'a\u0000b' })).status).toBe(400);
  });

  it('is refused to participants', async () => {
    const response = await post(api.url, '/api/competitions', { token: (await aPerson()).token, body });
    expect(response.body.code).toBe('FORBIDDEN');
  });

  it('creates one competition per key, for ten requests at once and a later one', async () => {
    const responses = await Promise.all(Array.from({ length: 10 }, () => create({ title: 'Once' }, { key: 'c-1' })));
    responses.push(await create({ title: 'Once' }, { key: 'c-1' }));
    expect(tally(responses)).toEqual({ 201: 11 });
    expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
    expect(responses.at(-1)?.headers.get('idempotent-replayed')).toBe('true');
    expect((await create({ title: 'Other' }, { key: 'c-1' })).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });
});

describe('reading a competition', () => {
  it('includes the registration of the reader, with the position on the waitlist', async () => {
    const competition = await aCompetition({ capacity: 1 });
    const [seated, first, second] = await people(3);
    const { register, join } = participantClient(api.url);
    await register(seated!, competition);
    await join(first!, competition);
    await join(second!, competition);
    const read = (token?: string) => get(api.url, `/api/competitions/${competition.id}`, { token });
    expect((await read(seated!.token)).body.registration).toMatchObject({ status: 'PENDING', position: null });
    expect((await read(second!.token)).body.registration).toMatchObject({ status: 'WAITLISTED', position: 2 });
    expect((await read()).body).toMatchObject({
      registration: null,
      seatsLeft: 0,
      waiting: 2,
      status: 'full',
      version: 1,
    });
  });

  it('AD-14 returns 404 for an unknown id and 400 for a malformed one', async () => {
    expect((await get(api.url, '/api/competitions/01890000-0000-7000-8000-000000000000')).status).toBe(404);
    expect((await get(api.url, '/api/competitions/nonsense')).status).toBe(400);
  });

  it('never returns 304', async () => {
    const { id } = await aCompetition();
    const response = await get(api.url, `/api/competitions/${id}`, { headers: { 'if-none-match': '"1"' } });
    expect(response.status).toBe(200);
  });

  it('returns the date as a calendar entry', async () => {
    const { id } = await aCompetition({ title: 'A; B, C' });
    const entry = await get(api.url, `/api/competitions/${id}/calendar.ics`);
    expect(entry.headers.get('content-type')).toContain('text/calendar');
    expect(entry.text).toContain('SUMMARY:A\\; B\\, C\r\n');
    const undated = await aCompetition({ startDate: null });
    expect((await get(api.url, `/api/competitions/${undated.id}/calendar.ics`)).status).toBe(404);
  });
});

describe('the status of a competition', () => {
  it('is the same in the database and in TypeScript', async () => {
    const moments = [null, inHours(-2), inHours(2)];
    for (const cancelledAt of moments.slice(0, 2))
      for (const regOpensAt of moments)
        for (const regDeadline of [inHours(-1), inHours(3)])
          for (const [seatsLeft, waiting, waitingExtraSeats] of [
            [0, 0, 0],
            [1, 0, 0],
            [1, 1, 0],
            // A team of three is first on the waitlist.
            [2, 1, 2],
            [4, 1, 2],
          ] as const) {
            if (regOpensAt && regOpensAt >= regDeadline) continue;
            const { id } = await aCompetition({ capacity: 4, regOpensAt, regDeadline, startDate: null });
            for (const [admissionMode, nextExpiryAt] of [
              ['FIRST_COME', null],
              ['FIRST_COME', inHours(-1)],
              ['FIRST_COME', inHours(1)],
              ['APPROVAL', null],
            ] as const) {
              const seats = { seatsLeft, waiting, waitingExtraSeats };
              const fields = { cancelledAt, regOpensAt, regDeadline, ...seats, admissionMode, nextExpiryAt };
              await api.pool.query(
                `UPDATE competitions
                 SET seats_left = $2, waiting = $3, waiting_extra_seats = $7, cancelled_at = $4, admission_mode = $5,
                     next_expiry_at = $6
                 WHERE id = $1`,
                [id, seatsLeft, waiting, cancelledAt, admissionMode, nextExpiryAt, waitingExtraSeats],
              );
              const read = await get(api.url, `/api/competitions/${id}`);
              expect(read.body.status).toBe(statusOf(fields, new Date()));
            }
          }
  });
});

describe('the competitions of an organizer', () => {
  it('are listed in pages, newest first, with counts', async () => {
    const owner = await anOrganizer();
    const competitions: CompetitionRow[] = [];
    for (let i = 0; i < 5; i++) competitions.push(await aCompetition({ organizer: owner, capacity: 3 }));
    const [a, b] = await people(2);
    const { register, leave } = participantClient(api.url);
    await register(a!, competitions[4]!);
    await register(b!, competitions[4]!);
    await leave(b!, competitions[4]!);
    const first = await get(api.url, '/api/competitions/my-competitions?limit=3', { token: owner.token });
    expect(first.body.items.map(({ id }: { id: string }) => id)).toEqual([4, 3, 2].map((i) => competitions[i]?.id));
    expect(first.body.items[0]).toMatchObject({ seated: 1, ended: 1, waiting: 0, version: 1 });
    expect(first.body.items[0].recent).toHaveLength(14);
    expect(first.body.items[0].recent.at(-1)).toBe(2);
    expect(first.body.total).toBe(5);
    const second = await get(api.url, `/api/competitions/my-competitions?limit=3&cursor=${first.body.nextCursor}`, {
      token: owner.token,
    });
    expect(second.body.items).toHaveLength(2);
    expect(second.body.nextCursor).toBeNull();
  });
});
