import type { Role } from '@mini-compete/shared/auth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient } from '../../../test/support/competition-clients.js';
import {
  aCompetition,
  anAdmin,
  anOrganizer,
  aPerson,
  inHours,
  type Person,
  people,
  registerMany,
} from '../../../test/support/factories.js';
import { get, post } from '../../../test/support/http-client.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const setRole = ({ id }: Person, role: Role) =>
  api.pool.query('UPDATE users SET role = $2::"Role" WHERE id = $1', [id, role]);
const createCompetition = ({ token }: Person) =>
  post(api.url, '/api/competitions', {
    token,
    body: { title: 'Spring Open', description: '', capacity: 5, regDeadline: inHours(24) },
  });
const FORBIDDEN = { status: 403, body: { code: 'FORBIDDEN' } };

describe('an access token from before a change of role', () => {
  it('S16: creates no competition for a former organizer', async () => {
    const organizer = await anOrganizer();
    expect((await createCompetition(organizer)).status).toBe(201);
    await setRole(organizer, 'PARTICIPANT');
    expect(await createCompetition(organizer)).toMatchObject(FORBIDDEN);
  });

  it('S16: creates a competition for a new organizer', async () => {
    const person = await aPerson();
    expect(await createCompetition(person)).toMatchObject(FORBIDDEN);
    await setRole(person, 'ORGANIZER');
    expect((await createCompetition(person)).status).toBe(201);
  });

  it("S16: gives a former admin no access to other organizers' competitions", async () => {
    const admin = await anAdmin();
    const competition = await aCompetition();
    await registerMany(await people(1), competition);
    const registrants = () => get(api.url, `/api/competitions/${competition.id}/registrations`, { token: admin.token });
    const { edit } = organizerClient(api.url);
    expect((await registrants()).body.items).toHaveLength(1);
    expect((await edit(admin, competition, { title: 'Edited by an admin' })).status).toBe(200);
    await setRole(admin, 'ORGANIZER');
    expect(await registrants()).toMatchObject(FORBIDDEN);
    expect(await edit(admin, competition, { title: 'Edited again' })).toMatchObject(FORBIDDEN);
  });

  it('S16: opens the job console to a former admin neither for reads nor for writes', async () => {
    const admin = await anAdmin();
    const { token } = admin;
    const read = (path = '') => get(api.url, `/api/admin/jobs${path}`, { token });
    const replayAll = () => post(api.url, '/api/admin/jobs/failed/replay', { token, body: {} });
    expect((await read()).status).toBe(200);
    expect((await replayAll()).status).toBe(200);
    await setRole(admin, 'PARTICIPANT');
    for (const path of ['', '/runs', '/failed', '/unknown', '/audit'])
      expect(await read(path)).toMatchObject(FORBIDDEN);
    expect(await replayAll()).toMatchObject(FORBIDDEN);
  });

  it('S16: opens the job console no more after the session of an admin has ended', async () => {
    const { sessionId, token } = await anAdmin();
    await api.pool.query('UPDATE sessions SET ended_at = now() WHERE id = $1', [sessionId]);
    expect(await get(api.url, '/api/admin/jobs/audit', { token })).toMatchObject({
      status: 401,
      body: { code: 'SESSION_ENDED' },
    });
  });
});
