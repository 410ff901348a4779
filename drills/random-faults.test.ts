import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../tools/src/testing/wait-for.js';
import { requestsFor, sendAll } from './harness/client.js';
import { Environment } from './harness/environment.js';
import { FAULTS } from './harness/faults.js';
import { History } from './harness/history.js';
import { Installation } from './harness/installation.js';
import { listParameter, numberParameter } from './harness/parameters.js';
import { recordEvent, recordFigure } from './harness/record.js';

const MINUTES = numberParameter('DRILL_MINUTES') ?? 0;
const ALL = Object.keys(FAULTS);
/** Every fault in a soak, kills in `npm test`. */
const NAMES = listParameter('DRILL_FAULTS') ?? (MINUTES > 0 ? ALL : ALL.filter((name) => name.endsWith(' killed')));
const ROUNDS = numberParameter('DRILL_ROUNDS') ?? (MINUTES > 0 ? Number.POSITIVE_INFINITY : NAMES.length);
/** Full checks read the whole database, which grows with each round. */
const ROUNDS_PER_FULL_CHECK = 10;
const ROUND_LIMIT_MS = 60_000;
const SEATS = 240;
const PEOPLE = 320;

/** Every fault as often as the others, in random order. */
function* randomFaults(): Generator<string> {
  const endsAt = performance.now() + (MINUTES > 0 ? MINUTES * 60_000 : Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; )
    for (const name of NAMES.toSorted(() => Math.random() - 0.5)) {
      if (round++ >= ROUNDS || performance.now() > endsAt) return;
      yield name;
    }
}

/** High load on one competition, with a fault after a random number of accepted registrations. */
async function loadWithFault(installation: Installation, name: string): Promise<History> {
  const { fixtures } = installation.environment;
  const history = new History();
  const competitionId = await fixtures.competition({ capacity: SEATS });
  const load = sendAll(requestsFor(await fixtures.people(PEOPLE), competitionId), installation.apis, history, 16);
  const acceptedBefore = Math.floor(Math.random() * SEATS * 0.6);
  await waitFor('enough are accepted', () => history.accepted.length >= acceptedBefore);
  const faultAt = Date.now();
  await FAULTS[name]?.(installation);
  await load;
  recordEvent(name);
  recordFigure(`without a final response after: ${name}`, history.longestSilenceMs(faultAt) / 1_000, 's');
  return history;
}

describe('faults at random', () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await Installation.open();
  });
  afterAll(() => installation.close());

  it(
    'FT-12 lose no acknowledged registration and no message, and seat nobody twice',
    async () => {
      const { fixtures } = installation.environment;
      let round = 0;
      for (const name of randomFaults()) {
        const history = await loadWithFault(installation, name);
        expect(history.results(), name).toEqual({ 201: SEATS, COMPETITION_FULL: PEOPLE - SEATS });
        const isFullCheck = ++round % ROUNDS_PER_FULL_CHECK === 0;
        const violations = isFullCheck
          ? await history.violations(fixtures)
          : await history.violationsOfResponses(fixtures.pool);
        expect(violations, name).toEqual([]);
      }
      recordFigure('registrations accepted', round * SEATS, '');

      const count = async (sql: string) => (await fixtures.pool.query(`SELECT count(*)::int AS n ${sql}`)).rows[0].n;
      await waitFor('all jobs are settled', async () => (await count('FROM outbox WHERE settled_at IS NULL')) === 0);
      expect(await installation.environment.brokenInvariants()).toEqual([]);
      expect(await count(`FROM mailbox_messages WHERE kind = 'CONFIRMED'`)).toBe(round * SEATS);
      expect(await count('FROM failed_jobs')).toBe(0);
    },
    MINUTES * 60_000 + ROUND_LIMIT_MS * Math.min(ROUNDS, 1_000),
  );
});

describe('sabotage of FT-12', () => {
  it('a kill of PostgreSQL loses acknowledged registrations when a commit does not wait for the disk', async () => {
    const environment = await Environment.open();
    const { fixtures, postgres } = environment;
    const apis = await environment.apis(1); // refuses to start with the setting
    await fixtures.pool.query(`ALTER SYSTEM SET wal_writer_delay = '10s'`);
    await fixtures.pool.query(`ALTER SYSTEM SET wal_writer_flush_after = '1GB'`);
    await fixtures.pool.query('ALTER DATABASE drill SET synchronous_commit = off');
    await fixtures.pool.query(
      'SELECT pg_reload_conf(), pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
    );
    const history = new History();
    const competitionId = await fixtures.competition({ capacity: SEATS });
    await sendAll(requestsFor(await fixtures.people(SEATS), competitionId), apis, history);
    postgres.kill();
    await postgres.start();
    const [violation] = await history.violationsOfResponses(fixtures.pool);
    expect(violation?.id).toBe('I1');
    await environment.close();
  });
});
