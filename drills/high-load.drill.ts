import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestsFor, sendAll } from './harness/client.js';
import { History } from './harness/history.js';
import { Installation } from './harness/installation.js';
import { numberParameter } from './harness/parameters.js';
import { recordFigure } from './harness/record.js';
import { Supervisor } from './harness/supervisor.js';

const ROUNDS = numberParameter('DRILL_ROUNDS') ?? 1;
const ROUND_LIMIT_MS = 120_000;
const PEOPLE = 2_000;
const SEATS = 100;

let installation: Installation;
let supervisor: Supervisor;
beforeAll(async () => {
  installation = await Installation.open();
  supervisor = new Supervisor(installation);
});
afterAll(async () => {
  await supervisor?.stop();
  await installation?.close();
});

describe('high load, while somebody kills what they like', () => {
  it(
    'AD-02 gives 100 seats to exactly 100 of 2,000 people, round after round',
    async () => {
      const { environment, apis } = installation;
      const { fixtures } = environment;
      for (let round = 1; round <= ROUNDS; round++) {
        const history = new History();
        const competitionId = await retried(() => fixtures.competition({ capacity: SEATS }));
        const people = await retried(() => fixtures.people(PEOPLE));
        await sendAll(requestsFor(people, competitionId), apis, history);
        const retries = history.attempts.length - PEOPLE;
        recordFigure('retries in a round', retries, '');
        recordFigure('slowest request of a round', history.slowestMs(), 'ms');
        process.stdout.write(`Round ${round} of ${ROUNDS}: ${SEATS} seats given, ${retries} retries\n`);
        expect(history.results()).toEqual({ 201: SEATS, COMPETITION_FULL: PEOPLE - SEATS });
        expect(await retried(() => history.violationsOfResponses(fixtures.pool))).toEqual([]);
      }
      await supervisor.stop();
      expect(await environment.brokenInvariants()).toEqual([]);
    },
    ROUND_LIMIT_MS * ROUNDS,
  );
});

/** What the drill itself asks of PostgreSQL, which may have been killed. */
async function retried<T>(query: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + ROUND_LIMIT_MS;
  for (;;)
    try {
      return await query();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(100);
    }
}
