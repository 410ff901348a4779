import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { aCompetitionByApplication, applicants, applicationsClient } from '../../../test/support/applications.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import { eventually } from '../../../test/support/eventually.js';
import { aCompetition, anOrganizer, inHours, people, registerMany } from '../../../test/support/factories.js';
import { endHoldsIn, holdSeats } from '../../../test/support/holds.js';
import { type ApiResponse, tally } from '../../../test/support/http-client.js';
import { registrationsOf, rows, seatsOf } from '../../../test/support/queries.js';
import { SeatNotifier } from '../../competitions/seats/seat-notifier.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { DueWork } from '../waitlist/due-work.js';

const HOLDS = 10_000;
const WAITING = 3_000;
const NEWCOMERS = 400;

let api: TestApi;
let second: TestApi;
beforeAll(async () => {
  api = await startApi();
  second = await startApi({ databaseUrl: api.env.databaseUrl });
});
afterAll(async () => {
  await second.close();
  await api.close();
});

describe('holds that are due together', () => {
  it('HO-03: 10,000 end once each, 3,000 on the waitlist are held in order, and people who register meanwhile are answered in time', async () => {
    const competition = await aCompetition({
      capacity: HOLDS,
      confirmWithinSeconds: 3600,
      startDate: inHours(48),
    });
    await holdSeats(await people(HOLDS), competition, '1 hour');
    const waiting = await registerMany(await people(WAITING), competition, { join: true });
    const newcomers = await people(NEWCOMERS);
    await rows('ANALYZE');
    await endHoldsIn(competition, '-3.5 seconds');

    const work = new DueWork(api.pool, new SeatNotifier(api.pool), new Outbox(api.pool));
    work.onApplicationBootstrap();
    const servers = [participantClient(api.url), participantClient(second.url)] as const;
    const responses: ApiResponse[] = await Promise.all(
      newcomers.map((person, n) => servers[n % 2 === 0 ? 0 : 1].register(person, competition)),
    );
    await eventually(
      () => rows<{ n: number }>(`SELECT count(*)::int AS n FROM registrations WHERE end_reason = 'EXPIRED'`),
      ([row]) => row?.n === HOLDS,
      60_000,
    );
    await eventually(
      () => seatsOf(competition),
      ({ waiting: left }) => left === 0,
    );
    await work.onModuleDestroy();

    // 7,000 seats are left for 400 newcomers.
    expect(tally(responses)).toEqual({ 201: NEWCOMERS });
    expect(await seatsOf(competition)).toEqual({ seatsLeft: HOLDS - WAITING - NEWCOMERS, waiting: 0 });
    const held = (await registrationsOf(competition)).filter(({ status }) => status === 'HELD');
    expect(held.map(({ id }) => id)).toEqual(waiting);
    const [expired] = await rows(
      `SELECT count(*)::int AS jobs, count(DISTINCT payload)::int AS people FROM outbox WHERE job = 'expired'`,
    );
    expect(expired).toEqual({ jobs: HOLDS, people: HOLDS });
    // No transaction holds the lock for longer than a request can wait.
    const steps = await rows<{ n: number }>(
      `SELECT count(*)::int AS n FROM audit_entries WHERE action = 'registration.expired' GROUP BY at`,
    );
    expect(Math.max(...steps.map(({ n }) => n))).toBe(500);
    const promoted = await rows<{ id: string }>(
      `SELECT details->>'registrationId' AS id FROM audit_entries WHERE action = 'registration.promoted' ORDER BY audit_entries.id`,
    );
    expect(promoted.map(({ id }) => id)).toEqual(waiting);
    // Without statistics of the new rows, the checks take minutes.
    await rows('ANALYZE');
    expect(await checkInvariants(api.pool)).toEqual([]);
  }, 120_000);

  it.each([
    { holds: 2_000, status: 200 },
    { holds: 2_001, status: 503 },
  ])('HO-03: with $holds holds due, deciding answers $status in time', async ({ holds, status }) => {
    const owner = await anOrganizer();
    const competition = await aCompetitionByApplication({
      organizer: owner,
      capacity: holds + 1,
      confirmWithinSeconds: 3600,
      startDate: inHours(48),
    });
    const {
      ids: [applicant = ''],
    } = await applicants(1, competition);
    await holdSeats(await people(holds), competition, '1 hour');
    await rows('ANALYZE');
    await endHoldsIn(competition, '-3.5 seconds');
    const accept = () => applicationsClient(api.url).accept(owner, competition, [applicant]);

    const startedAt = performance.now();
    expect(await accept()).toMatchObject({ status });
    expect(performance.now() - startedAt).toBeLessThan(status === 200 ? 2_500 : 500);
    if (status === 200) return;
    const work = new DueWork(api.pool, new SeatNotifier(api.pool), new Outbox(api.pool));
    work.onApplicationBootstrap();
    expect((await eventually(accept, (response) => response.status === 200)).body.items).toEqual([
      { id: applicant, result: 'HELD' },
    ]);
    await work.onModuleDestroy();
  });
});
