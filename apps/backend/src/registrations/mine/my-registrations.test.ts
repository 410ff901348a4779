import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, TEST_SECRET, type TestApi } from '../../../test/support/api.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import { aCompetition, anOrganizer, aPerson, people } from '../../../test/support/factories.js';
import { get, post } from '../../../test/support/http-client.js';
import { registrationsOf } from '../../../test/support/queries.js';
import { aQuestion, askQuestions } from '../../../test/support/questions.js';
import { signLeaveToken } from '../../messaging/templates/leave-link.js';

let api: TestApi;
let { register, join, leave } = participantClient('');
beforeAll(async () => {
  api = await startApi();
  ({ register, join, leave } = participantClient(api.url));
});
afterAll(() => api.close());

describe('my registrations', () => {
  it('are listed newest first, with competition, position on the waitlist and end reason', async () => {
    const [me, other] = await people(2);
    const [left, waiting, seated] = [await aCompetition(), await aCompetition({ capacity: 1 }), await aCompetition()];
    await register(me!, left);
    await leave(me!, left);
    await register(other!, waiting);
    await join(me!, waiting);
    await register(me!, seated);
    const list = (query: string) => get(api.url, `/api/competitions/registrations/my?${query}`, { token: me!.token });
    const all = await list('');
    expect(all.body).toMatchObject({ total: 3, nextCursor: null });
    expect(all.body.items).toMatchObject([
      { status: 'PENDING', position: null, competition: { id: seated.id, organizer: { id: seated.organizerId } } },
      { status: 'WAITLISTED', position: 1, competition: { id: waiting.id, status: 'full', waiting: 1 } },
      { status: 'CANCELLED', endReason: 'LEFT', endedAt: expect.any(String) },
    ]);
    expect((await list('status=active')).body.total).toBe(2);
    expect((await list('status=ended')).body.items).toHaveLength(1);
    const first = await list('limit=2');
    const second = await list(`limit=2&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...second.body.items]).toEqual(all.body.items);
    expect(second.body.nextCursor).toBeNull();
  });

  it('say whether something is asked, also to people who registered before', async () => {
    const [me, competition] = [await aPerson(), await aCompetition()];
    await register(me, competition);
    const mine = async () =>
      (await get(api.url, '/api/competitions/registrations/my', { token: me.token })).body.items[0];
    expect(await mine()).toMatchObject({ hasAnswers: false, asksQuestions: false });
    await askQuestions(competition, [aQuestion('size', { kind: 'CHOICE', options: ['S', 'M'], required: true })]);
    expect(await mine()).toMatchObject({ hasAnswers: false, asksQuestions: true });
  });

  it('AU-15 never contain registrations of another person', async () => {
    const [me, other] = await people(2);
    await register(other!, await aCompetition());
    const mine = await get(api.url, '/api/competitions/registrations/my', { token: me!.token });
    expect(mine.body).toEqual({ items: [], nextCursor: null, total: 0, invitations: [] });
    const organizer = await anOrganizer();
    expect((await get(api.url, '/api/competitions/registrations/my', { token: organizer.token })).status).toBe(403);
  });
});

describe('S7 an empty body', () => {
  const TYPES = [
    'application/x-www-form-urlencoded',
    'text/plain',
    'application/json',
    'application/octet-stream',
    null,
  ];
  const bodies = ['{}', ' {} ', '', undefined];
  /** A body of bytes, for which `fetch` adds no content type. */
  const send = (method: string, path: string, token: string, type: string | null, body: string | undefined) =>
    fetch(api.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(type && { 'content-type': type }) },
      ...(body !== undefined && { body: Buffer.from(body) }),
    });

  it('registers, leaves and cancels with any content type or none', async () => {
    const organizer = await anOrganizer();
    for (const type of TYPES)
      for (const body of bodies) {
        const [person, competition] = [await aPerson(), await aCompetition({ organizer })];
        const path = `/api/competitions/${competition.id}`;
        const responses = [
          await send('POST', `${path}/register`, person.token, type, body),
          await send('DELETE', `${path}/register`, person.token, type, body),
          await send('POST', `${path}/cancel`, organizer.token, type, body),
        ];
        expect({ type, body, statuses: responses.map(({ status }) => status) }).toMatchObject({
          statuses: [201, 200, 200],
        });
      }
  });

  it('is required to be JSON on other routes, as are bodies that are not empty', async () => {
    const [person, competition] = [await aPerson(), await aCompetition()];
    const path = `/api/competitions/${competition.id}/register`;
    for (const body of ['{"joinWaitlist":true}', 'joinWaitlist=true', '[]', '{}x'])
      expect((await send('POST', path, person.token, 'text/plain', body)).status).toBe(415);
    expect((await send('POST', '/api/auth/login', person.token, 'text/plain', '{}')).status).toBe(415);
  });

  it('in a form on another site registers nobody', async () => {
    const [person, competition] = [await aPerson(), await aCompetition()];
    const cookie = `mc_access=${person.token}`;
    for (const from of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }] as const) {
      const response = await post(api.url, `/api/competitions/${competition.id}/register`, {
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', ...from },
        body: '',
      });
      expect(response).toMatchObject({ status: 403, body: { code: 'CROSS_SITE_REQUEST' } });
    }
    expect(await registrationsOf(competition)).toEqual([]);
  });
});

describe('the leave link', () => {
  const path = '/api/competitions/leave-link';

  it('shows the registration, and changes nothing until the confirmation', async () => {
    const person = await aPerson({ name: 'Ada' });
    const competition = await aCompetition({ title: 'Spring Open' });
    const { body } = await register(person, competition);
    const token = signLeaveToken(TEST_SECRET, { registrationId: body.registrationId, userId: null });
    const shown = await get(api.url, `${path}?token=${token}`);
    expect(shown.body).toEqual({ competitionId: competition.id, title: 'Spring Open', name: 'Ada', status: 'PENDING' });
    expect((await registrationsOf(competition))[0]?.status).toBe('PENDING');
    expect((await post(api.url, path, { body: { token } })).body).toEqual({ status: 'CANCELLED' });
    expect((await post(api.url, path, { body: { token } })).body).toEqual({ status: 'CANCELLED' });
    expect((await registrationsOf(competition))[0]?.status).toBe('CANCELLED');
  });

  it('ends the registration that it was made for and no later one', async () => {
    const person = await aPerson();
    const competition = await aCompetition();
    const { body } = await register(person, competition);
    await leave(person, competition);
    await register(person, competition);
    const token = signLeaveToken(TEST_SECRET, { registrationId: body.registrationId, userId: null });
    expect((await post(api.url, path, { body: { token } })).status).toBe(200);
    expect((await registrationsOf(competition)).map(({ status }) => status)).toEqual(['CANCELLED', 'PENDING']);
  });

  it('is refused with an invalid signature', async () => {
    const { body } = await register(await aPerson(), await aCompetition());
    for (const token of [
      'x',
      body.registrationId,
      signLeaveToken('another-secret', { registrationId: body.registrationId, userId: null }),
    ])
      expect((await post(api.url, path, { body: { token } })).body.code).toBe('LEAVE_TOKEN_INVALID');
  });
});
