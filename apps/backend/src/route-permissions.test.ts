import { may, STAFF_ROLES } from '@mini-compete/shared/permissions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../test/support/api.js';
import { aCompetition, anAdmin, anOrganizer, aPerson, employ, type Person } from '../test/support/factories.js';
import { type ApiResponse, call } from '../test/support/http-client.js';
import { rows } from '../test/support/queries.js';
import { type Handler, handlersOf } from './platform/openapi/handlers.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** Routes about a competition that need no permission. A new one has to be added here, so that none is open by mistake. */
const OPEN_ROUTES = [
  'DELETE /api/competitions/{id}/register',
  'GET /api/competitions/{id}',
  'GET /api/competitions/{id}/announcements/published',
  'GET /api/competitions/{id}/calendar.ics',
  'GET /api/competitions/{id}/events',
  'GET /api/competitions/{id}/registration',
  'GET /api/competitions/{id}/teams/my',
  'GET /api/competitions/{id}/ticket',
  'PATCH /api/competitions/{id}/registration',
  // Asks itself: a person whose role has ended may upload what they scanned before.
  'POST /api/competitions/{id}/check-ins',
  'POST /api/competitions/{id}/confirm',
  'POST /api/competitions/{id}/register',
  'POST /api/competitions/{id}/teams',
];

const nameOf = ({ method, path }: Handler) => `${method.toUpperCase()} ${path}`;
const handlers = () => handlersOf(api.app);
const guarded = () => handlers().filter(({ policy }) => policy.permission !== null);

/** Other parameters are invalid: a person with the permission gets 400, and nothing changes. */
const respond = (handler: Handler, id: string, person: Person | null) => {
  const path = handler.path.replace('{id}', id).replaceAll(/\{\w+\}/g, 'invalid');
  if (path.endsWith('/events')) return statusOfStream(path, person);
  return call(handler.method.toUpperCase(), api.url, path, {
    ...(person && { token: person.token }),
    ...(handler.method !== 'get' && { body: {} }),
  });
};

/** A stream has no end to wait for. */
async function statusOfStream(path: string, person: Person | null): Promise<Pick<ApiResponse, 'status' | 'body'>> {
  const headers = person ? { authorization: `Bearer ${person.token}` } : {};
  const response = await fetch(new URL(path, api.url), { headers });
  if (!response.ok) return { status: response.status, body: await response.json() };
  await response.body?.cancel();
  return { status: response.status, body: null };
}

/** A competition for each call, because some calls cancel or delete it. */
async function aStaffedCompetition(visibility: 'PUBLIC' | 'DRAFT' = 'PUBLIC') {
  const owner = await anOrganizer();
  const competition = await aCompetition({ organizer: owner });
  const staff = await Promise.all(
    STAFF_ROLES.map(async (role) => {
      if (role === 'OWNER') return [role, owner] as const;
      const person = await aPerson();
      await employ(person, competition, role);
      return [role, person] as const;
    }),
  );
  await rows('UPDATE competitions SET visibility = $2::"Visibility" WHERE id = $1', [competition.id, visibility]);
  return { competition, staff };
}

describe('every route about a competition', () => {
  it('RO-01 needs a permission, unless it is meant to be open', () => {
    const open = handlers().filter(({ path, policy }) => path.includes('/competitions/{id}') && !policy.permission);
    expect(open.map(nameOf).sort()).toEqual(OPEN_ROUTES);
  });

  it('RO-01 answers people who have the permission, and refuses everybody else', async () => {
    expect(guarded().length).toBeGreaterThan(8);
    const strangers = [
      ['visitor', null],
      ['participant', await aPerson()],
      ['organizer of another competition', await anOrganizer()],
    ] as const;
    const admin = ['ADMIN', await anAdmin()] as const;
    for (const handler of guarded()) {
      const { permission } = handler.policy;
      if (permission === null) continue;
      for (const role of STAFF_ROLES) {
        const { competition, staff } = await aStaffedCompetition();
        const person = staff.find(([staffRole]) => staffRole === role)?.[1] ?? null;
        const { status, body } = await respond(handler, competition.id, person);
        expect([403, 404].includes(status), `${nameOf(handler)} as ${role}: ${status} ${body?.code}`).toBe(
          !may(role, permission),
        );
      }
      const { competition } = await aStaffedCompetition();
      for (const [who, person] of strangers) {
        const { status } = await respond(handler, competition.id, person);
        expect(status, `${nameOf(handler)} as ${who}`).toBe(person === null ? 401 : 403);
      }
      const { status } = await respond(handler, competition.id, admin[1]);
      expect([401, 403, 404], `${nameOf(handler)} as ${admin[0]}`).not.toContain(status);
    }
  });

  it('RO-01 about a draft that needs a permission is unknown to strangers', async () => {
    const { competition } = await aStaffedCompetition('DRAFT');
    const stranger = await aPerson();
    for (const handler of guarded()) {
      const { body } = await respond(handler, competition.id, stranger);
      expect(body.code, nameOf(handler)).toBe('COMPETITION_NOT_FOUND');
    }
  });

  it.each([
    [
      'REVIEWER',
      ['GET answers', 'GET applications', 'PUT review', 'GET best', 'POST decide', 'GET answers', 'POST reinstate'],
    ],
    ['SCANNER', ['GET events', 'GET door']],
  ] as const)('RO-01 lets a %s do no more than the role says, and leave the staff', (role, expected) => {
    const allowed = guarded().filter(({ policy }) => policy.permission !== null && may(role, policy.permission));
    const names = allowed.map(
      ({ method, path }) =>
        `${method.toUpperCase()} ${path
          .replaceAll(/\/\{\w+\}$/g, '')
          .split('/')
          .at(-1)}`,
    );
    expect(names.filter((name) => name !== 'DELETE staff')).toEqual(expected);
  });
});
