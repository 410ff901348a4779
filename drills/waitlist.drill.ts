import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SeatSubscriber, subscribe } from '../apps/backend/test/support/seat-subscriber.js';
import type { CompetitionOptions, Person } from '../tools/src/testing/fixtures.js';
import type { ProductProcess } from '../tools/src/testing/product-process.js';
import { waitFor } from '../tools/src/testing/wait-for.js';
import { Client, requestsFor, sendAll } from './harness/client.js';
import { Environment } from './harness/environment.js';
import { History, resultOf } from './harness/history.js';
import { listParameter, numberParameter } from './harness/parameters.js';
import { recordFigure } from './harness/record.js';

const WAITING = numberParameter('DRILL_WAITING') ?? 3_000;
const SEATED = 10;
const EXTRA_SEATS = 100;
const STEP = 500;
const MIN_NEWCOMERS = 3 * EXTRA_SEATS;
const NEWCOMERS = 20_000;
const NEWCOMERS_PER_SECOND = 50;
const JOIN_WAITLIST = '{"joinWaitlist":true}';
const SAMPLE_MS = 250;

const WATCHED = (listParameter('DRILL_WATCHED') ?? ['500', '1000']).map(Number);
const LEAVES = 100;
const LEAVES_PER_SECOND = 10;
const ENTRIES_OF_LEAVING = 50;
const CONNECTING = 100;
/** After this PostgreSQL has the statistics of connections that are idle, too. */
const STATISTICS_MS = 11_000;

const TIME_LIMIT_MS = 1_200_000;

let environment: Environment;
let api: ProductProcess;
beforeEach(async () => {
  environment = await Environment.open();
  api = await environment.api();
});
afterEach(() => environment?.close());

async function rows<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
  return (await environment.fixtures.pool.query<T>(sql, values)).rows;
}
const row = async <T extends object>(sql: string, values: unknown[] = []): Promise<T> =>
  (await rows<T>(sql, values))[0] as T;

/** Everybody without a seat is on the waitlist, in an order that the requests decided. */
async function withWaitlist(waiting: number, options: CompetitionOptions): Promise<{ id: string; waiting: Person[] }> {
  const { fixtures } = environment;
  const id = await fixtures.competition(options);
  const history = new History();
  const join = async (n: number) => {
    const people = await fixtures.people(n);
    const requests = requestsFor(people, id).map((request) => ({ ...request, body: JOIN_WAITLIST }));
    await sendAll(requests, [api], history, 256);
    return people;
  };
  await join(options.capacity);
  const people = await join(waiting);
  expect(history.results()).toEqual({ 201: options.capacity + waiting });
  await fixtures.pool.query('VACUUM ANALYZE registrations');
  return { id, waiting: people };
}

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

describe('R7: a capacity that is raised for everybody on a very long waitlist', () => {
  const isFinished = async (id: string) =>
    (await row<{ finished: boolean }>('SELECT next_due_at IS NULL AS finished FROM competitions WHERE id = $1', [id]))
      .finished;
  const allJobsSettled = async () => (await rows('SELECT FROM outbox WHERE settled_at IS NULL LIMIT 1')).length === 0;

  /** Returns how long it took, in milliseconds. */
  async function edit(id: string, { token }: Person, changes: object): Promise<number> {
    const { version } = await row<{ version: number }>('SELECT version FROM competitions WHERE id = $1', [id]);
    const startedAt = performance.now();
    const response = await fetch(`${api.url}/api/competitions/${id}`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'if-match': `"${version}"`,
      },
      body: JSON.stringify(changes),
    });
    expect([response.status, await response.text()]).toEqual([200, expect.any(String)]);
    return performance.now() - startedAt;
  }

  /** Newcomers of both kinds, at a steady rate, until `isOver` and there is no seat for them. */
  async function register(people: readonly Person[], id: string, history: History, isOver: () => boolean) {
    const idle = Array.from({ length: 64 }, () => new Client([api], history));
    const clients = [...idle];
    const running: Promise<unknown>[] = [];
    for (const [n, request] of requestsFor(people, id).entries()) {
      if (n >= MIN_NEWCOMERS && isOver()) break;
      const client = await waitFor('a client is idle', () => idle.pop());
      const sent = client.sendWithRetries(n % 2 === 0 ? request : { ...request, body: JOIN_WAITLIST });
      running.push(sent.finally(() => idle.push(client)));
      await sleep(1_000 / NEWCOMERS_PER_SECOND);
    }
    await Promise.all(running);
    for (const client of clients) client.close();
  }

  const decisions = (history: History) => {
    const hasStatus = (status: string) => history.accepted.filter(({ body }) => JSON.parse(body).status === status);
    return {
      seated: hasStatus('PENDING'),
      waitlisted: hasStatus('WAITLISTED'),
      refused: history.attempts.filter((attempt) => resultOf(attempt) === 'COMPETITION_FULL'),
    };
  };

  /** What one snapshot of the database says: seats and waitlist are what the counters say, and nobody was passed. */
  const INEXACT = `
    SELECT * FROM (
      SELECT c.capacity, c.seats_left, c.waiting,
             count(*) FILTER (WHERE status IN ('PENDING', 'CONFIRMED')) AS seated,
             count(*) FILTER (WHERE status = 'WAITLISTED') AS waitlisted,
             max(admission) FILTER (WHERE promoted_at IS NOT NULL) AS last_promoted,
             min(admission) FILTER (WHERE status = 'WAITLISTED') AS first_waitlisted
      FROM competitions c JOIN registrations r ON r.competition_id = c.id
      WHERE c.id = $1
      GROUP BY c.id
    ) n
    WHERE seats_left <> capacity - seated OR waiting <> waitlisted OR last_promoted > first_waitlisted`;

  it(
    'promotes all of them in bounded steps, exact at each, in order, with one message each, while newcomers are decided',
    async () => {
      const { fixtures } = environment;
      const { id, waiting } = await withWaitlist(WAITING, { capacity: SEATED });
      const newcomers = await fixtures.people(NEWCOMERS);
      const [admin] = (await fixtures.people(1, 'ADMIN')) as [Person];
      // The first edit of a process loads code, which takes a second on a busy machine.
      await edit(id, admin, { title: 'Long waitlist' });
      await environment.worker();
      await waitFor('all jobs are settled', allJobsSettled, TIME_LIMIT_MS);
      const before = await rows<{ id: string }>(
        `SELECT id FROM registrations WHERE competition_id = $1 AND status = 'WAITLISTED' ORDER BY admission`,
        [id],
      );
      expect(before).toHaveLength(WAITING);

      const history = new History();
      const startedAt = performance.now();
      const seconds = () => (performance.now() - startedAt) / 1_000;
      recordFigure(
        'the edit, response after',
        await edit(id, admin, { capacity: SEATED + WAITING + EXTRA_SEATS }),
        'ms',
      );
      let isOver = false;
      const newcomersDone = register(newcomers, id, history, () => isOver);
      let samples = 0;
      for (; !(await isFinished(id)); samples++) {
        expect(await rows(INEXACT, [id])).toEqual([]);
        await sleep(SAMPLE_MS);
      }
      recordFigure(`until ${WAITING} are promoted`, seconds(), 's');
      recordFigure('instants at which the seats were counted', samples, '');
      const finishedAt = Date.now();
      isOver = true;
      await newcomersDone;
      await waitFor('all jobs are settled', allJobsSettled, TIME_LIMIT_MS);
      recordFigure(`until ${WAITING} have their message`, seconds(), 's');

      const steps = await rows<{ n: number; ids: string[] }>(
        `SELECT count(*)::int AS n, array_agg(details->>'registrationId' ORDER BY id) AS ids FROM audit_entries
         WHERE subject_id = $1 AND action = 'registration.promoted' GROUP BY at ORDER BY min(id)`,
        [id],
      );
      recordFigure('steps', steps.length, '');
      expect(Math.max(...steps.map(({ n }) => n))).toBeLessThanOrEqual(STEP);
      // In their order, and each of them, and nobody else.
      expect(steps.flatMap(({ ids }) => ids)).toEqual(before.map((registration) => registration.id));

      const meanwhile = history.attempts.filter(({ sentAt }) => sentAt < finishedAt);
      const times = meanwhile.map(({ sentAt, receivedAt }) => receivedAt - sentAt);
      recordFigure('newcomers meanwhile', times.length, '');
      recordFigure('response to a newcomer, median', percentile(times, 0.5), 'ms');
      recordFigure('response to a newcomer, p99', percentile(times, 0.99), 'ms');
      const { seated, waitlisted, refused } = decisions(history);
      expect(history.results()).toEqual({ 201: seated.length + waitlisted.length, COMPETITION_FULL: refused.length });
      expect(seated).toHaveLength(EXTRA_SEATS);
      // A response that had arrived before somebody asked who got a seat was given while that seat was free.
      const lastSeatAskedAt = Math.max(...seated.map(({ sentAt }) => sentAt));
      expect([...waitlisted, ...refused].filter(({ receivedAt }) => receivedAt < lastSeatAskedAt)).toEqual([]);
      expect(await row('SELECT seats_left AS "seatsLeft", waiting FROM competitions WHERE id = $1', [id])).toEqual({
        seatsLeft: 0,
        waiting: waitlisted.length,
      });

      const messages = await rows<{ kind: string; people: number; messages: number }>(
        `SELECT kind::text, count(DISTINCT user_id)::int AS people, count(*)::int AS messages FROM mailbox_messages
         WHERE user_id = ANY ($1) GROUP BY kind ORDER BY kind::text`,
        [waiting.map((person) => person.id)],
      );
      expect(messages).toEqual(['PROMOTED', 'WAITING'].map((kind) => ({ kind, people: WAITING, messages: WAITING })));
      expect(await history.violations(fixtures)).toEqual([]);
    },
    TIME_LIMIT_MS,
  );
});

describe('R8: everybody on a long waitlist watches their position', () => {
  const entriesRead = async () => {
    await sleep(STATISTICS_MS);
    const sql = `SELECT sum(idx_tup_read)::int AS n FROM pg_stat_user_indexes WHERE relname = 'registrations'`;
    return (await row<{ n: number }>(sql)).n;
  };
  const leave = async (id: string, { token }: Person) => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${api.url}/api/competitions/${id}/register`, { method: 'DELETE', headers })).status;
  };
  async function watch(id: string, people: readonly Person[]): Promise<SeatSubscriber[]> {
    const subscribers: SeatSubscriber[] = [];
    for (let from = 0; from < people.length; from += CONNECTING) {
      const next = people.slice(from, from + CONNECTING);
      const connected = next.map(({ token }) =>
        subscribe(api.url, { id }, { headers: { authorization: `Bearer ${token}` } }),
      );
      subscribers.push(...(await Promise.all(connected)));
    }
    return subscribers;
  }
  const positionOf = ({ registrations }: SeatSubscriber) => registrations.at(-1)?.position;

  it.each(WATCHED)(
    '%i people: one who leaves costs a pass over the waitlist at most, and everybody sees the right position',
    async (n) => {
      const { id, waiting } = await withWaitlist(n, { capacity: 1 });
      const order = await rows<{ userId: string }>(
        `SELECT user_id AS "userId" FROM registrations
         WHERE competition_id = $1 AND status = 'WAITLISTED' ORDER BY admission`,
        [id],
      );
      const persons = new Map(waiting.map((person) => [person.id, person]));
      const inOrder = order.map(({ userId }) => persons.get(userId) as Person);
      const watching = await watch(id, inOrder);
      await waitFor('all see their position', () => watching.every((each, i) => positionOf(each) === i + 1), 120_000);

      const before = await entriesRead();
      const startedAt = performance.now();
      const left: Promise<number>[] = [];
      for (const person of inOrder.slice(0, LEAVES)) {
        left.push(leave(id, person));
        await sleep(1_000 / LEAVES_PER_SECOND);
      }
      expect(await Promise.all(left)).toEqual(Array.from({ length: LEAVES }, () => 200));
      recordFigure(`${n} watch: ${LEAVES} leave within`, (performance.now() - startedAt) / 1_000, 's');
      const others = watching.slice(LEAVES);
      const isUpToDate = () => others.every((each, i) => positionOf(each) === i + 1);
      await waitFor('all see their new position', isUpToDate, 120_000);
      recordFigure(`${n} watch: all see the last position after`, (performance.now() - startedAt) / 1_000, 's');
      const perLeave = ((await entriesRead()) - before) / LEAVES;
      recordFigure(`${n} watch: index entries read per leave`, perLeave, '');
      for (const subscriber of watching) subscriber.close();
      expect(perLeave).toBeLessThan(n + ENTRIES_OF_LEAVING);
    },
    TIME_LIMIT_MS,
  );
});
