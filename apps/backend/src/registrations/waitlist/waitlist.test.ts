import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import { aCompetition, type Person, people } from '../../../test/support/factories.js';
import { tally } from '../../../test/support/http-client.js';
import { countRows, registrationsOf, seatsOf } from '../../../test/support/queries.js';

let api: TestApi;
let { register, join, leave } = participantClient('');
beforeAll(async () => {
  api = await startApi();
  ({ register, join, leave } = participantClient(api.url));
});
afterAll(() => api.close());

async function statusOf(person: Person | undefined, competition: { id: string }) {
  return (await registrationsOf(competition)).findLast(({ userId }) => userId === person?.id)?.status;
}

describe('the waitlist', () => {
  it('is joined on request, and the response contains the position', async () => {
    const competition = await aCompetition({ capacity: 1 });
    const [seated, first, second, third] = await people(4);
    expect((await join(seated!, competition)).body).toMatchObject({ status: 'PENDING' });
    expect((await register(first!, competition)).body.code).toBe('COMPETITION_FULL');
    expect((await join(first!, competition)).body).toMatchObject({ status: 'WAITLISTED', position: 1 });
    const both = await Promise.all([join(second!, competition), join(third!, competition)]);
    expect(both.map(({ body }) => body.position).sort()).toEqual([2, 3]);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 3 });
    expect((await join(first!, competition)).body).toMatchObject({
      code: 'ALREADY_REGISTERED',
      registrationStatus: 'WAITLISTED',
    });
  });

  it('cannot be joined where it is switched off', async () => {
    const competition = await aCompetition({ capacity: 1, waitlist: false });
    const [seated, other] = await people(2);
    await register(seated!, competition);
    expect((await join(other!, competition)).body.code).toBe('COMPETITION_FULL');
  });

  it('promotes the first person in the transaction that frees a seat', async () => {
    const competition = await aCompetition({ capacity: 1 });
    const [seated, first, second, late] = await people(4);
    await register(seated!, competition);
    await join(first!, competition);
    await join(second!, competition);
    await leave(seated!, competition);
    expect(await statusOf(first, competition)).toBe('PENDING');
    expect(await statusOf(second, competition)).toBe('WAITLISTED');
    expect((await register(late!, competition)).body.code).toBe('COMPETITION_FULL');
    expect(await countRows('outbox', `job = 'confirmation'`)).toBeGreaterThan(0);
    expect(
      await countRows('audit_entries', `action = 'registration.promoted' AND subject_id = '${competition.id}'`),
    ).toBe(1);
  });

  it('can be left, and later positions move up', async () => {
    const competition = await aCompetition({ capacity: 1 });
    const [seated, first, second] = await people(3);
    await register(seated!, competition);
    await join(first!, competition);
    await join(second!, competition);
    expect((await leave(first!, competition)).body).toEqual({ status: 'CANCELLED' });
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 1 });
    expect((await join(first!, competition)).body.position).toBe(2);
  });

  it('promotes nobody after the deadline', async () => {
    const competition = await aCompetition({ capacity: 1 });
    const [seated, first] = await people(2);
    await register(seated!, competition);
    await join(first!, competition);
    await api.pool.query(`UPDATE competitions SET reg_deadline = now() - interval '1 s' WHERE id = $1`, [
      competition.id,
    ]);
    expect((await leave(seated!, competition)).status).toBe(200);
    expect(await statusOf(first, competition)).toBe('WAITLISTED');
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 1, waiting: 1 });
  });
});

describe('leaving', () => {
  it('AD-05 frees one seat, for twenty concurrent requests and a later one', async () => {
    const competition = await aCompetition({ capacity: 3 });
    const [person] = await people(1);
    await register(person!, competition);
    const responses = await Promise.all(Array.from({ length: 20 }, () => leave(person!, competition)));
    expect(tally(responses)).toEqual({ 200: 20 });
    expect((await leave(person!, competition)).body).toEqual({ status: 'CANCELLED' });
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 3, waiting: 0 });
  });

  it('is refused to people who never registered', async () => {
    const competition = await aCompetition();
    const [person] = await people(1);
    expect((await leave(person!, competition)).body.code).toBe('NOT_REGISTERED');
    expect((await leave(person!, { id: '01890000-0000-7000-8000-000000000000' })).body.code).toBe(
      'COMPETITION_NOT_FOUND',
    );
  });

  it('and registering again leads to the end of the waitlist', async () => {
    const competition = await aCompetition({ capacity: 1 });
    const [a, b, c] = await people(3);
    await register(a!, competition);
    await join(b!, competition);
    await join(c!, competition);
    await leave(a!, competition);
    expect((await join(a!, competition)).body.position).toBe(2);
    await leave(b!, competition);
    expect([await statusOf(a, competition), await statusOf(c, competition)]).toEqual(['WAITLISTED', 'PENDING']);
  });

  it('AD-19 keeps the order while 50 people leave, 200 join the waitlist and 30 register, all at once', async () => {
    const competition = await aCompetition({ capacity: 100 });
    const seated = await people(100);
    await Promise.all(seated.map((person) => register(person, competition)));
    const [joining, registering] = [await people(200), await people(30)];
    const responses = await Promise.all([
      ...seated.slice(0, 50).map((person) => leave(person, competition)),
      ...joining.map((person) => join(person, competition)),
      ...registering.map((person) => register(person, competition)),
    ]);
    expect(responses.filter(({ status }) => status >= 500)).toEqual([]);
    const rows = await registrationsOf(competition);
    const waitlisted = rows.filter(({ status }) => status === 'WAITLISTED');
    const seatedNow = rows.filter(({ status }) => status === 'PENDING');
    expect(seatedNow.length).toBe(100);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: waitlisted.length });
    // Nobody is seated while somebody who was admitted earlier is waitlisted.
    expect(Math.max(...seatedNow.map(({ admission }) => admission))).toBeLessThan(
      Math.min(...waitlisted.map(({ admission }) => admission)),
    );
  });
});
