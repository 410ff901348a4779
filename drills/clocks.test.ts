import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../tools/src/testing/fixtures.js';
import { HttpConnection } from '../tools/src/testing/http-connection.js';
import { confirmRequest } from '../tools/src/testing/http-requests.js';
import type { ProductProcess } from '../tools/src/testing/product-process.js';
import { Client, requestsFor } from './harness/client.js';
import { Environment } from './harness/environment.js';
import { History, resultOf } from './harness/history.js';

const HOUR_MS = 3_600_000;
const SHIFT_CLOCK = ['--import', fileURLToPath(new URL('./harness/shift-clock.mjs', import.meta.url))];

let environment: Environment;
beforeAll(async () => {
  environment = await Environment.open();
});
afterAll(() => environment.close());

async function deadlineOf(competitionId: string): Promise<number> {
  const { rows } = await environment.fixtures.pool.query('SELECT reg_deadline AS at FROM competitions WHERE id = $1', [
    competitionId,
  ]);
  return rows[0].at.getTime();
}

describe.each([
  ['is right', 0],
  ['is two hours fast', 2 * HOUR_MS],
  ['is two hours slow', -2 * HOUR_MS],
])('with an API whose clock %s', (_name, shift) => {
  it('AD-08 the clock of the database decides the deadline, to the millisecond', async () => {
    const api = await environment.api({ nodeArgs: SHIFT_CLOCK, env: { CLOCK_SHIFT_MS: String(shift) } });
    const { history, wrong } = await registerOverTheDeadline(api);
    expect(wrong).toEqual({ acceptedLate: [], rejectedEarly: [] });
    expect(Object.keys(history.results()).sort()).toEqual(['201', 'REGISTRATION_CLOSED']);
    expect(await history.violations(environment.fixtures)).toEqual([]);
    await api.kill();
  });

  it('HO-01 the clock of the database decides the end of a hold, to the millisecond, while others press for the seats', async () => {
    const { fixtures } = environment;
    const api = await environment.api({ nodeArgs: SHIFT_CLOCK, env: { CLOCK_SHIFT_MS: String(shift) } });
    const people = await fixtures.people(1_500);
    const others = await fixtures.people(4_000);
    const competitionId = await fixtures.competition({ capacity: people.length });
    const heldUntil = await hold(competitionId, people, 1_500);

    const history = new History();
    const presses = Promise.all(
      [0, 1, 2, 3].map(async (n) => {
        const client = new Client([api], history);
        for (const request of requestsFor(others, competitionId).slice(n * 1_000, (n + 1) * 1_000)) {
          const { receivedAt } = await client.send(request);
          if (receivedAt > heldUntil + 200) break;
        }
        client.close();
      }),
    );
    // Sequentially: each decision was made between the times at which its request was sent and answered.
    const connection = new HttpConnection(api.url);
    const confirmations: { sentAt: number; receivedAt: number; result: string }[] = [];
    for (const person of people) {
      const sentAt = Date.now();
      const result = resultOf(await connection.send(confirmRequest(competitionId, person)));
      confirmations.push({ sentAt, receivedAt: Date.now(), result });
      if (sentAt > heldUntil + 200) break;
    }
    connection.close();
    await presses;
    const wrong = confirmations.filter(
      ({ sentAt, receivedAt, result }) =>
        (result === '200' && sentAt > heldUntil) || (result !== '200' && receivedAt < heldUntil),
    );
    expect(wrong).toEqual([]);
    expect([...new Set(confirmations.map(({ result }) => result))]).toEqual(['200', 'HOLD_EXPIRED']);
    expect(Object.keys(history.results())).toEqual(['COMPETITION_FULL']);
    expect(await history.violations(fixtures)).toEqual([]);
    await api.kill();
  });
});

/** People who register one after the other over the deadline, and the decisions on them that were wrong. */
async function registerOverTheDeadline(api: ProductProcess) {
  const { fixtures } = environment;
  const history = new History();
  const client = new Client([api], history);
  const people = await fixtures.people(2_000);
  const competitionId = await fixtures.competition({ capacity: 10_000, closesInMs: 1_000 });
  const deadline = await deadlineOf(competitionId);

  // Sequentially: each decision was made between the times at which its request was sent and answered.
  for (const request of requestsFor(people, competitionId)) {
    const { receivedAt } = await client.send(request);
    if (receivedAt > deadline + 200) break;
  }
  client.close();
  const acceptedLate = history.accepted.filter(({ sentAt }) => sentAt > deadline);
  const rejectedEarly = history.attempts.filter(
    (attempt) => resultOf(attempt) !== '201' && attempt.receivedAt < deadline,
  );
  return { history, wrong: { acceptedLate, rejectedEarly } };
}

/** All seats are held for these people. Returns until when, by the clock of the database. */
async function hold(competitionId: string, people: readonly Person[], ms: number): Promise<number> {
  const { pool } = environment.fixtures;
  const { rows } = await pool.query<{ until: Date }>(
    `WITH held AS (
       INSERT INTO registrations (competition_id, user_id, status, decided_at, held_until)
       SELECT $1, user_id, 'HELD', now(), date_trunc('milliseconds', now() + $3 * interval '1 ms')
       FROM unnest($2::uuid[]) AS user_id
       RETURNING id, held_until
     ), enqueued AS (
       INSERT INTO outbox (queue, job, payload)
       SELECT 'registration', 'held', jsonb_build_object('registrationId', id) FROM held
     ), counted AS (
       UPDATE competitions SET seats_left = 0,
              next_expiry_at = (SELECT min(held_until) + interval '3 seconds' FROM held)
       WHERE id = $1
     )
     SELECT held_until AS until FROM held LIMIT 1`,
    [competitionId, people.map(({ id }) => id), ms],
  );
  return (rows[0] as { until: Date }).until.getTime();
}

describe('an API process that is stopped during the deadline', () => {
  it('AD-23 accepts requests that arrived before the deadline', async () => {
    const { fixtures } = environment;
    const api = await environment.api();
    const history = new History();
    const people = await fixtures.people(40);
    const open = await fixtures.competition({ capacity: 100 });
    const closing = await fixtures.competition({ capacity: 100, closesInMs: 3_000 });
    const deadline = await deadlineOf(closing);
    const clients = people.map(() => new Client([api], history));
    // Opens the connections in advance, as browsers do that have loaded the page.
    await Promise.all(requestsFor(people, open).map((request, i) => clients[i]?.send(request)));

    await sleep(deadline - Date.now() - 300);
    api.signal('SIGSTOP');
    const attempts = requestsFor(people, closing).map((request, i) => (clients[i] as Client).send(request));
    expect(Date.now()).toBeLessThan(deadline);
    await sleep(2_000);
    api.signal('SIGCONT');
    expect(new Set((await Promise.all(attempts)).map(resultOf))).toEqual(new Set(['201']));

    const [late] = requestsFor(await fixtures.people(1), closing);
    expect(late && resultOf(await new Client([api], history).send(late))).toBe('REGISTRATION_CLOSED');
    expect(await history.violations(fixtures)).toEqual([]);
  });
});

describe('sabotage of AD-08', () => {
  it('a decision by a clock that is two hours slow is found', async () => {
    const { pool } = environment.fixtures;
    const { rows } = await pool.query<{ source: string }>(
      `SELECT pg_get_functiondef('register_v2'::regproc) AS source`,
    );
    const source = rows[0]?.source ?? '';
    const sabotaged = source.replace('came_at_the_earliest >=', "$& interval '2 hours' +");
    expect(sabotaged).not.toBe(source);
    await pool.query(sabotaged);
    const { wrong } = await registerOverTheDeadline(await environment.api());
    expect(wrong.acceptedLate).not.toEqual([]);
    await pool.query(source);
  });
});
