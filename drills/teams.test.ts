import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '../tools/src/testing/fixtures.js';
import type { ProductProcess } from '../tools/src/testing/product-process.js';
import { Environment } from './harness/environment.js';
import { persistentCall } from './harness/persistent-call.js';
import { recordEvent, recordFigure } from './harness/record.js';

const TEAMS = 60;
const LATECOMERS = 60;
const SEATS = 200;
const SMALLEST = 2;
const LARGEST = 5;
const KILLS = 4;

let environment: Environment;
beforeAll(async () => {
  environment = await Environment.open();
});
afterAll(() => environment.close());

const random = (below: number) => Math.floor(Math.random() * below);

interface Team {
  readonly id: string;
  readonly code: string;
}

interface Sample {
  readonly seatsLeft: number;
  readonly held: number;
  readonly waiting: number;
  /** Registrations that do not take a seat for each of their members. */
  readonly broken: number;
  /** Seats that the first team on the waitlist needs. */
  readonly first: number | null;
  /** Teams without exactly one captain who is a living member. */
  readonly leaderless: number;
}

/** One statement is one instant. */
const SAMPLE = `
  SELECT c.seats_left AS "seatsLeft", c.waiting,
         (SELECT coalesce(sum(seats), 0)::int FROM registrations r
          WHERE r.competition_id = c.id AND holds_seat(r.status)) AS held,
         (SELECT count(*)::int FROM registrations r
          WHERE r.competition_id = c.id AND r.status <> 'CANCELLED' AND r.seats <> (
            SELECT count(*) FROM team_members m WHERE m.team_id = r.team_id AND m.left_at IS NULL)) AS broken,
         (SELECT r.seats FROM registrations r
          WHERE r.competition_id = c.id AND r.status = 'WAITLISTED' ORDER BY r.admission LIMIT 1) AS first,
         (SELECT count(*)::int FROM teams t
          WHERE t.competition_id = c.id AND t.ended_at IS NULL AND NOT EXISTS (
            SELECT FROM team_members m
            WHERE m.team_id = t.id AND m.user_id = t.captain_id AND m.left_at IS NULL)) AS leaderless
  FROM competitions c WHERE c.id = $1`;

/** What has happened, in the words of `acknowledged`. */
const FACTS = `
  SELECT 'joined ' || team_id || ' ' || user_id AS fact FROM team_members WHERE competition_id = $1
  UNION ALL
  SELECT 'left ' || team_id || ' ' || user_id FROM team_members WHERE competition_id = $1 AND left_at IS NOT NULL
  UNION ALL
  SELECT 'registered ' || team_id FROM registrations WHERE competition_id = $1
  UNION ALL
  SELECT 'withdrawn ' || team_id FROM registrations WHERE competition_id = $1 AND status = 'CANCELLED'`;

const isWhole = ({ seatsLeft, held, broken, first, leaderless }: Sample): boolean =>
  seatsLeft === SEATS - held && broken === 0 && leaderless === 0 && (first === null || first > seatsLeft);

it(
  `${TEAMS} teams and ${LATECOMERS} latecomers fight for ${SEATS} seats while processes are killed: every block is whole at every instant, and what they were told is true`,
  async () => {
    const { fixtures } = environment;
    const { pool } = fixtures;
    const competitionId = await fixtures.competition({ capacity: SEATS, closesInMs: 3_600_000 });
    await pool.query('UPDATE competitions SET team_min = $2, team_max = $3 WHERE id = $1', [
      competitionId,
      SMALLEST,
      LARGEST,
    ]);
    await pool.query('SELECT set_next_expiry_v1($1)', [competitionId]);
    const sizes = Array.from({ length: TEAMS }, (_, n) => SMALLEST + (n % (LARGEST - SMALLEST + 1)));
    const groups = await Promise.all(sizes.map((size) => fixtures.people(size)));
    const latecomers = await fixtures.people(LATECOMERS);
    const apis = await environment.apis(2);
    let worker = await environment.worker();
    const failures: string[] = [];
    const call = persistentCall(apis, failures);
    /** What the clients were told has happened. */
    const acknowledged: string[] = [];
    async function act(fact: string, ...[person, method, path, body]: Parameters<typeof call>): Promise<boolean> {
      const { status } = await call(person, method, path, body);
      const isDone = status < 300;
      if (isDone) acknowledged.push(fact);
      return isDone;
    }

    const open: Team[] = [];
    const join = (person: Person, { id, code }: Team) =>
      act(`joined ${id} ${person.id}`, person, 'POST', '/teams/join', { code });

    async function enter(members: readonly Person[], n: number): Promise<string> {
      const [captain, ...others] = members as [Person, ...Person[]];
      const created = await call(captain, 'POST', `/competitions/${competitionId}/teams`, { name: `Team ${n}` });
      const { id, joinCode: code } = created.body as unknown as { id: string; joinCode: string };
      acknowledged.push(`joined ${id} ${captain.id}`);
      await Promise.all(others.map((member) => join(member, { id, code })));
      open.push({ id, code });
      const body = { teamId: id, joinWaitlist: true };
      await act(`registered ${id}`, captain, 'POST', `/competitions/${competitionId}/register`, body);
      return id;
    }

    async function change(members: readonly Person[], n: number, id: string): Promise<void> {
      const [captain, ...others] = members as [Person, ...Person[]];
      await sleep(random(2_000));
      const leaver = members[random(members.length)] as Person;
      if (n % 3 === 0) await act(`left ${id} ${leaver.id}`, leaver, 'DELETE', `/teams/${id}/members/${leaver.id}`);
      if (n % 7 === 0) await act(`withdrawn ${id}`, captain, 'POST', `/teams/${id}/withdraw`);
      if (n % 5 === 0) await call(captain, 'POST', `/teams/${id}/captain`, { userId: (others[0] as Person).id });
    }

    async function comeLate(person: Person): Promise<void> {
      for (let tries = 0; tries < 5; tries++) {
        await sleep(random(400));
        const team = open[random(open.length)];
        if (team === undefined) continue;
        if (!(await join(person, team))) continue;
        if (random(2) === 0)
          await act(`left ${team.id} ${person.id}`, person, 'DELETE', `/competitions/${competitionId}/register`);
        return;
      }
    }

    let isOver = false;
    const samples: Sample[] = [];
    async function watch(): Promise<void> {
      while (!isOver) samples.push((await pool.query<Sample>(SAMPLE, [competitionId])).rows[0] as Sample);
    }
    async function kill(): Promise<void> {
      for (let n = 0; n < KILLS; n++) {
        await sleep(500 + random(1_000));
        const victim = apis[n % 2] as ProductProcess;
        await victim.kill();
        recordEvent('kill an API');
        apis[n % 2] = await environment.api({ port: Number(new URL(victim.url).port) });
      }
      await worker.kill();
      recordEvent('kill the worker');
      worker = await environment.worker();
    }

    const watching = watch();
    // Together they are more than the seats: some teams wait when the first ones leave.
    const entered = Promise.all(groups.map(enter));
    const changed = entered.then((ids) =>
      Promise.all(groups.map((members, n) => change(members, n, ids[n] as string))),
    );
    await Promise.all([kill(), changed, ...latecomers.map(comeLate)]);
    isOver = true;
    await watching;

    recordFigure('instants at which every block was whole', samples.length, '');
    expect(failures).toEqual([]);
    expect(samples.filter((sample) => !isWhole(sample))).toEqual([]);
    expect(samples.length).toBeGreaterThan(100);
    expect(samples.some(({ waiting }) => waiting > 0)).toBe(true);
    const { rows } = await pool.query<{ fact: string }>(FACTS, [competitionId]);
    expect(acknowledged.toSorted()).toEqual(rows.map(({ fact }) => fact).sort());
    expect(await environment.brokenInvariants()).toEqual([]);
    await Promise.all([...apis, worker].map((process) => process.kill()));
  },
  10 * 60_000,
);
