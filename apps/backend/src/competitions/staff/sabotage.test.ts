import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startApi, TEST_SECRET, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient, staffClient } from '../../../test/support/competition-clients.js';
import {
  aCompetition,
  anOrganizer,
  aPerson,
  type CompetitionRow,
  employ,
  type Person,
  people,
} from '../../../test/support/factories.js';
import { type ApiResponse, tally } from '../../../test/support/http-client.js';
import { rows } from '../../../test/support/queries.js';
import {
  holdBefore,
  rewriteStatements,
  sabotage,
  untilWaiting,
  withoutRowLock,
} from '../../../test/support/sabotage.js';
import { staffInvitationPath } from '../../messaging/templates/staff-invitation-link.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';

/** Races about roles. Each protection is removed once, and the damage that it prevents is expected. */
let api: TestApi;
let second: TestApi;
let staff: ReturnType<typeof staffClient>;
let elsewhere: ReturnType<typeof staffClient>;
beforeEach(async () => {
  api = await startApi();
  second = await startApi({ databaseUrl: api.env.databaseUrl });
  staff = staffClient(api.url);
  elsewhere = staffClient(second.url);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await second.close();
  await api.close();
});

const violations = async () => (await checkInvariants(api.pool)).map(({ id }) => id);

/** With a second owner. */
async function twoOwners() {
  const [first, other] = [await anOrganizer(), await aPerson()];
  const competition = await aCompetition({ organizer: first });
  const [row] = await rows<{ id: string }>('SELECT id FROM competition_staff WHERE competition_id = $1', [
    competition.id,
  ]);
  const own = row as { id: string };
  return { competition, first, other, own, others: await employ(other, competition, 'OWNER') };
}

const withoutRecheck = () =>
  rewriteStatements((text, name) =>
    name === 'staff_access' ? text : text.replace(/CASE u\.role .* END AS role,/, `'OWNER' AS role,`),
  );
const withoutOwnerCheck = () => rewriteStatements((text) => text.replace('AS others', '+ 1 AS others'));

const withoutOrganizer = () => api.pool.query('ALTER TABLE competitions ALTER COLUMN organizer_id DROP NOT NULL');

describe('two owners', () => {
  it('RO-03 who remove each other at once: one remains', async () => {
    const { competition, first, other, own, others } = await twoOwners();
    const release = await holdBefore('DELETE', 'competition_staff');
    const responses = [staff.remove(first, competition, others), elsewhere.remove(other, competition, own)];
    await untilWaiting('advisory');
    await untilWaiting('transactionid');
    await release();
    expect(tally(await Promise.all(responses))).toEqual({ 200: 1, FORBIDDEN: 1 });
    expect(await violations()).toEqual([]);
  });

  /** One leaves, and the other one gives up being an owner. */
  const bothGo = async () => {
    const { competition, first, other, own, others } = await twoOwners();
    const release = await holdBefore('DELETE', 'competition_staff');
    const leaving = staff.remove(first, competition, own);
    await untilWaiting('advisory');
    const demoting = elsewhere.changeRole(other, competition, others, 'MANAGER');
    return { release, responses: [leaving, demoting] };
  };

  it('of whom one leaves and one is demoted at once: one remains', async () => {
    const { release, responses } = await bothGo();
    await untilWaiting('transactionid');
    await release();
    expect(tally(await Promise.all(responses))).toEqual({ 200: 1, LAST_OWNER: 1 });
    expect(await violations()).toEqual([]);
  });

  it('sabotage: without the row lock, the column of the organizer still refuses a competition without an owner', async () => {
    withoutRowLock();
    const { release, responses } = await bothGo();
    expect((await responses[1])?.status).toBe(200);
    await release();
    expect(tally(await Promise.all(responses))).toEqual({ 200: 1, INTERNAL: 1 });
    expect(await violations()).toEqual([]);
  });

  it('sabotage: without the row lock and that column, none remains', async () => {
    withoutRowLock();
    await withoutOrganizer();
    const { release, responses } = await bothGo();
    expect((await responses[1])?.status).toBe(200);
    await release();
    expect(tally(await Promise.all(responses))).toEqual({ 200: 2 });
    expect(await violations()).toEqual(['I19']);
  });

  it('sabotage: without the check for other owners and that column, none remains', async () => {
    withoutOwnerCheck();
    await withoutOrganizer();
    const { release, responses } = await bothGo();
    await untilWaiting('transactionid');
    await release();
    expect(tally(await Promise.all(responses))).toEqual({ 200: 2 });
    expect(await violations()).toEqual(['I19']);
  });
});

describe('the only owner', () => {
  it('who leaves and is demoted at once stays', async () => {
    const organizer = await anOrganizer();
    const competition = await aCompetition({ organizer });
    const own = (await staff.list(organizer, competition)).body.members[0];
    const responses = await Promise.all(
      Array.from({ length: 10 }, () => [
        persistently(() => staff.remove(organizer, competition, own)),
        persistently(() => elsewhere.changeRole(organizer, competition, own, 'SCANNER')),
      ]).flat(),
    );
    expect(tally(responses)).toEqual({ LAST_OWNER: 20 });
  });
});

describe('a manager who is removed while an edit waits for the lock', () => {
  const editWhileRemoved = async () => {
    const [organizer, manager] = [await anOrganizer(), await aPerson()];
    const competition = await aCompetition({ organizer });
    const member = await employ(manager, competition, 'MANAGER');
    const release = await holdBefore('DELETE', 'competition_staff');
    const removed = staff.remove(organizer, competition, member);
    await untilWaiting('advisory');
    const edited = organizerClient(second.url).edit(manager, competition, { title: 'Still mine' }, 1);
    await untilWaiting('transactionid');
    await release();
    expect((await removed).status).toBe(200);
    return (await edited).body.code ?? 'edited';
  };

  it('RO-04 is refused', async () => {
    expect(await editWhileRemoved()).toBe('FORBIDDEN');
  });

  it('sabotage: without the check under the lock, still edits', async () => {
    withoutRecheck();
    expect(await editWhileRemoved()).toBe('edited');
  });
});

/** Inserts open invitations for people, and returns their links. */
async function invite(persons: readonly Person[], { id }: CompetitionRow): Promise<string[]> {
  const invited = await rows<{ id: string; email: string }>(
    `INSERT INTO staff_invitations (competition_id, email, role, expires_at)
     SELECT $1, email, 'SCANNER', now() + interval '1 day' FROM unnest($2::text[]) AS email RETURNING id, email`,
    [id, persons.map(({ email }) => email)],
  );
  const byEmail = new Map(invited.map((row) => [row.email, row.id]));
  return persons.map(
    ({ email }) => api.env.frontendUrl + staffInvitationPath(TEST_SECRET, byEmail.get(email) as string),
  );
}

const ONE_OF_BOTH = ['accepted,STAFF_CANNOT_REGISTER', 'REGISTERED_HERE,registered'];

/** Repeats a request that waited too long for the lock, as clients do: with its key, since a 503 may have had an effect. */
async function persistently(request: () => Promise<ApiResponse>): Promise<ApiResponse> {
  for (;;) {
    const response = await request();
    if (response.status !== 503 && response.body.code !== 'IDEMPOTENCY_IN_PROGRESS') return response;
  }
}

describe('nobody is both staff and registered', () => {
  it('RO-05 of hundreds who accept and register at once, on two servers', async () => {
    const competitions = await Promise.all([1, 2, 3, 4].map(() => aCompetition({ capacity: 30 })));
    const attempts = competitions.map(async (competition) => {
      const persons = await people(50);
      const links = await invite(persons, competition);
      return Promise.all(
        persons.map(async (person, i) => {
          const [one, two] = i % 2 === 0 ? [api, second] : [second, api];
          const [accepted, registered] = await Promise.all([
            persistently(() => staffClient(one.url).accept(person, links[i] as string, { key: 'once' })),
            persistently(() => participantClient(two.url).join(person, competition, { key: 'once' })),
          ]);
          return [accepted.body.code ?? 'accepted', registered.body.code ?? 'registered'].join();
        }),
      );
    });
    const outcomes = new Set((await Promise.all(attempts)).flat());
    expect([...outcomes].filter((outcome) => !ONE_OF_BOTH.includes(outcome))).toEqual([]);
    expect(await violations()).toEqual([]);
  }, 240_000);

  const race = async (first: 'accept' | 'register') => {
    const [person, competition] = [await aPerson(), await aCompetition()];
    const [link] = (await invite([person], competition)) as [string];
    const release = await holdBefore('INSERT', first === 'accept' ? 'competition_staff' : 'registrations');
    const accept = () => staff.accept(person, link);
    const register = () => participantClient(second.url).register(person, competition);
    const winner = first === 'accept' ? accept() : register();
    await untilWaiting('advisory');
    const loser = first === 'accept' ? register() : accept();
    return {
      loser,
      async outcome() {
        await release();
        expect((await winner).status).toBeLessThan(300);
        return [(await loser).body.code ?? 'done', await violations()];
      },
    };
  };

  it('who registers while accepting', async () => {
    const { outcome } = await race('accept');
    await untilWaiting('transactionid');
    expect(await outcome()).toEqual(['STAFF_CANNOT_REGISTER', []]);
  });

  it('who accepts while registering', async () => {
    const { outcome } = await race('register');
    await untilWaiting('transactionid');
    expect(await outcome()).toEqual(['REGISTERED_HERE', []]);
  });

  it('sabotage: without the check in register_v2, somebody is', async () => {
    await sabotage('register_v2', `WHEN staff.id IS NOT NULL THEN 'STAFF_CANNOT_REGISTER'`, '');
    const { outcome } = await race('accept');
    await untilWaiting('transactionid');
    expect(await outcome()).toEqual(['done', ['I18']]);
  });

  it('sabotage: without the check on accepting, somebody is', async () => {
    rewriteStatements((text) => text.replace('AS "isRegistered"', 'AND false AS "isRegistered"'));
    const { outcome } = await race('register');
    await untilWaiting('transactionid');
    expect(await outcome()).toEqual(['done', ['I18']]);
  });

  it('sabotage: without the row lock on accepting, somebody is', async () => {
    withoutRowLock();
    const { outcome, loser } = await race('accept');
    expect((await loser).status).toBe(201);
    expect(await outcome()).toEqual(['done', ['I18']]);
  });
});
