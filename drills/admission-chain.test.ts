import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '../tools/src/testing/fixtures.js';
import type { ProductProcess } from '../tools/src/testing/product-process.js';
import { waitFor } from '../tools/src/testing/wait-for.js';
import { AdmissionJournal } from './harness/admission-journal.js';
import { Environment } from './harness/environment.js';
import { numberParameter } from './harness/parameters.js';
import { persistentCall } from './harness/persistent-call.js';

const MINUTES = numberParameter('DRILL_MINUTES') ?? 0.5;
const APPLICANTS = numberParameter('DRILL_APPLICANTS') ?? 300;
const SEATS = numberParameter('DRILL_SEATS') ?? 75;
/** Until each has applied once. */
const PARALLEL_APPLICANTS = 32;
const HOLD_SECONDS = 4;
const KILL_EVERY_MS = 8_000;
/** A busy machine takes longer until each act has happened once. */
const MAX_EXTENSION_MS = 120_000;

let environment: Environment;
beforeAll(async () => {
  environment = await Environment.open();
});
afterAll(() => environment.close());

/** Otherwise the run proves nothing about it. */
const WHAT_HAPPENS = [
  ...['applied', 'accepted', 'rejected', 'promoted', 'confirmed', 'expired', 'left', 'removed', 'reinstated'].map(
    (what) => `registration.${what}`,
  ),
  ...['invitation.sent', 'invitation.expired'],
];

const random = (below: number) => Math.floor(Math.random() * below);

it(
  `two managers, five reviewers and ${APPLICANTS} applicants on ${SEATS} seats act at random while processes are killed: every seat, message and line of history is what the model says`,
  async () => {
    const { fixtures } = environment;
    const { pool } = fixtures;
    const competitionId = await fixtures.competition({ capacity: SEATS, closesInMs: 3_600_000 });
    await pool.query(`UPDATE competitions SET admission_mode = 'APPROVAL', confirm_within_seconds = $2 WHERE id = $1`, [
      competitionId,
      HOLD_SECONDS,
    ]);
    const [managers, reviewers] = [await fixtures.people(2), await fixtures.people(5)];
    await pool.query(
      `INSERT INTO competition_staff (competition_id, user_id, role)
       SELECT $1, id, role::"StaffRole" FROM unnest($2::uuid[], $3::text[]) AS s (id, role)`,
      [
        competitionId,
        [...managers, ...reviewers].map(({ id }) => id),
        [...managers.map(() => 'MANAGER'), ...reviewers.map(() => 'REVIEWER')],
      ],
    );
    const applicants = await fixtures.people(APPLICANTS);

    const apis = await environment.apis(2);
    const workers = [await environment.worker(), await environment.worker()];
    const failures: string[] = [];
    const endsAt = performance.now() + MINUTES * 60_000;
    let missing = WHAT_HAPPENS;
    const isOver = () => {
      const now = performance.now();
      return now >= endsAt && (missing.length === 0 || now >= endsAt + MAX_EXTENSION_MS);
    };

    const send = persistentCall(apis, failures);
    const call = (person: Person, method: string, path: string, body?: object) =>
      send(person, method, `/competitions/${competitionId}${path}`, body);

    const sample = async (status: string, n: number): Promise<{ id: string; userId: string }[]> => {
      const { rows } = await pool.query(
        `SELECT id, user_id AS "userId" FROM registrations
         WHERE competition_id = $1 AND status::text = $2 ORDER BY random() LIMIT $3`,
        [competitionId, status, n],
      );
      return rows;
    };
    const personOf = ({ userId }: { userId: string }) => applicants.find(({ id }) => id === userId) as Person;
    const silent = new Set(applicants.filter((_, n) => n % 4 === 0).map(({ id }) => id));

    async function review(reviewer: Person): Promise<void> {
      for (; !isOver(); await sleep(100 + random(300))) {
        const applications = await sample('APPLIED', 1 + random(20));
        if (applications.length === 0) continue;
        await call(reviewer, 'PUT', `/applications/${applications[0]?.id}/review`, { score: 1 + random(5) });
        const decisions = applications.map(({ id }) => ({
          registrationId: id,
          decision: ['ACCEPT', 'ACCEPT', 'ACCEPT', 'REJECT', 'WAITLIST'][random(5)],
        }));
        await call(reviewer, 'POST', '/applications/decide', { decisions });
      }
    }

    async function manage(manager: Person): Promise<void> {
      // The first step is an invitation: later there may be no seat to reserve.
      for (let step = 2; !isOver(); await sleep(200 + random(400)), step = random(3)) {
        const [ended] = await sample('CANCELLED', 1);
        const [seated] = await sample('CONFIRMED', 1);
        if (step === 0 && ended) await call(manager, 'POST', `/registrations/${ended.id}/reinstate`);
        if (step === 1 && seated)
          await call(manager, 'DELETE', `/registrations/${seated.id}`, { reason: 'Double entry' });
        if (step === 2) {
          const expiresAt = new Date(Date.now() + 5_000).toISOString();
          await call(manager, 'POST', '/invitations', { emails: [`${crypto.randomUUID()}@example.org`], expiresAt });
        }
      }
    }

    const toCome = [...applicants];
    async function apply(): Promise<void> {
      for (let person = toCome.pop(); person && !isOver(); person = toCome.pop())
        await call(person, 'POST', '/register');
    }

    async function applyAgain(): Promise<void> {
      for (; !isOver(); await sleep(random(500))) {
        const [ended] = await sample('CANCELLED', 1);
        if (ended) await call(personOf(ended), 'POST', '/register');
      }
    }

    /** Most of those who have to confirm do, others leave, and the silent ones let it lapse. */
    async function answer(): Promise<void> {
      for (; !isOver(); await sleep(50 + random(200))) {
        const some = await sample('HELD', Math.ceil(SEATS / 10));
        await Promise.all(
          some.map(async (held) => {
            const step = silent.has(held.userId) ? 20 : random(20);
            if (step < 8) await call(personOf(held), 'POST', '/confirm');
            else if (step < 10) await call(personOf(held), 'DELETE', '/register');
          }),
        );
        for (const seated of await sample('CONFIRMED', random(2))) await call(personOf(seated), 'DELETE', '/register');
      }
    }

    async function watch(): Promise<void> {
      for (; !isOver(); await sleep(500)) {
        const { rows } = await pool.query<{ action: string }>(
          'SELECT DISTINCT action FROM audit_entries WHERE subject_id = $1',
          [competitionId],
        );
        const actions = new Set(rows.map(({ action }) => action));
        missing = WHAT_HAPPENS.filter((action) => !actions.has(action));
      }
    }

    async function kill(): Promise<void> {
      for (; !isOver(); await sleep(KILL_EVERY_MS / 2 + random(KILL_EVERY_MS))) {
        const processes = random(2) === 0 ? apis : workers;
        const victim = random(2);
        const { url } = processes[victim] as ProductProcess;
        await (processes[victim] as ProductProcess).kill();
        const port = Number(new URL(url).port);
        processes[victim] = processes === apis ? await environment.api({ port }) : await environment.worker({ port });
      }
    }

    await Promise.all([
      ...Array.from({ length: PARALLEL_APPLICANTS }, apply),
      ...[applyAgain(), applyAgain(), applyAgain(), answer(), answer(), kill(), watch()],
      ...managers.map(manage),
      ...[...managers, ...reviewers].map(review),
    ]);
    await waitFor(
      'nothing is due, and all messages are written',
      async () => {
        for (const held of await sample('HELD', SEATS)) await call(personOf(held), 'POST', '/confirm');
        const { rows } = await pool.query(
          `SELECT FROM competitions WHERE id = $1 AND (next_due_at IS NOT NULL OR next_expiry_at IS NOT NULL)
           UNION ALL SELECT FROM outbox WHERE settled_at IS NULL AND job <> 'hold-ending'`,
          [competitionId],
        );
        return rows.length === 0;
      },
      120_000,
    );
    expect(failures).toEqual([]);
    expect(missing).toEqual([]);
    expect(await AdmissionJournal.check(fixtures, competitionId, SEATS)).toEqual([]);
    expect(await environment.brokenInvariants()).toEqual([]);
    await Promise.all([...apis, ...workers].map((process) => process.kill()));
  },
  (MINUTES + 8) * 60_000,
);
