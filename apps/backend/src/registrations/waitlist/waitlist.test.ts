import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/app.js';
import { tally } from '../../../test/client.js';
import { aCompetition, type Person, people } from '../../../test/factories.js';
import { clientOf, count, registrationsOf, seatsOf } from '../../../test/registering.js';

let api: TestApi;
let { register, join, leave } = clientOf('');
beforeAll(async () => {
  api = await startApi();
  ({ register, join, leave } = clientOf(api.url));
});
afterAll(() => api.close());

async function statusOf(person: Person | undefined, competition: { id: string }) {
  return (await registrationsOf(competition)).findLast(({ userId }) => userId === person?.id)?.status;
}

describe('waiting', () => {
  it('puts who asks for it in line and names the position', async () => {
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

  it('is not offered where there is no waiting list', async () => {
    const competition = await aCompetition({ capacity: 1, waitlist: false });
    const [seated, other] = await people(2);
    await register(seated!, competition);
    expect((await join(other!, competition)).body.code).toBe('COMPETITION_FULL');
  });

  it('ends for the first in line in the same moment in which a seat is free', async () => {
    const competition = await aCompetition({ capacity: 1 });
    const [seated, first, second, late] = await people(4);
    await register(seated!, competition);
    await join(first!, competition);
    await join(second!, competition);
    await leave(seated!, competition);
    expect(await statusOf(first, competition)).toBe('PENDING');
    expect(await statusOf(second, competition)).toBe('WAITLISTED');
    expect((await register(late!, competition)).body.code).toBe('COMPETITION_FULL');
    expect(await count('outbox', `job = 'confirmation'`)).toBeGreaterThan(0);
    expect(await count('audit_entries', `action = 'registration.promoted' AND subject_id = '${competition.id}'`)).toBe(
      1,
    );
  });

  it('may be left, and those behind move up', async () => {
    const competition = await aCompetition({ capacity: 1 });
    const [seated, first, second] = await people(3);
    await register(seated!, competition);
    await join(first!, competition);
    await join(second!, competition);
    expect((await leave(first!, competition)).body).toEqual({ status: 'CANCELLED' });
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 1 });
    expect((await join(first!, competition)).body.position).toBe(2);
  });

  it('does not end after the deadline', async () => {
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
  it('AD-05 gives one seat back, twenty times at once or again later', async () => {
    const competition = await aCompetition({ capacity: 3 });
    const [person] = await people(1);
    await register(person!, competition);
    const answers = await Promise.all(Array.from({ length: 20 }, () => leave(person!, competition)));
    expect(tally(answers)).toEqual({ 200: 20 });
    expect((await leave(person!, competition)).body).toEqual({ status: 'CANCELLED' });
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 3, waiting: 0 });
  });

  it('is refused to who was never in', async () => {
    const competition = await aCompetition();
    const [person] = await people(1);
    expect((await leave(person!, competition)).body.code).toBe('NOT_REGISTERED');
    expect((await leave(person!, { id: '01890000-0000-7000-8000-000000000000' })).body.code).toBe(
      'COMPETITION_NOT_FOUND',
    );
  });

  it('and coming back puts one at the end of the line', async () => {
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

  it('AD-19 keeps the order while 50 leave, 200 join the line and 30 register, all at once', async () => {
    const competition = await aCompetition({ capacity: 100 });
    const seated = await people(100);
    await Promise.all(seated.map((person) => register(person, competition)));
    const [joining, registering] = [await people(200), await people(30)];
    const answers = await Promise.all([
      ...seated.slice(0, 50).map((person) => leave(person, competition)),
      ...joining.map((person) => join(person, competition)),
      ...registering.map((person) => register(person, competition)),
    ]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    const rows = await registrationsOf(competition);
    const inLine = rows.filter(({ status }) => status === 'WAITLISTED');
    const taken = rows.filter(({ status }) => status === 'PENDING');
    expect(taken.length).toBe(100);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: inLine.length });
    // Nobody who came later sits while somebody who came before waits.
    expect(Math.max(...taken.map(({ admission }) => admission))).toBeLessThan(
      Math.min(...inLine.map(({ admission }) => admission)),
    );
  });
});
