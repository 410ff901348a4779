import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { invitationToken } from '../apps/backend/src/messaging/templates/invitation-link.js';
import type { Person } from '../tools/src/testing/fixtures.js';
import { JWT_SECRET, type ProductProcess } from '../tools/src/testing/product-process.js';
import { waitFor } from '../tools/src/testing/wait-for.js';
import { AdmissionJournal } from './harness/admission-journal.js';
import { Environment } from './harness/environment.js';
import { numberParameter } from './harness/parameters.js';
import { persistentCall } from './harness/persistent-call.js';

const MINUTES = numberParameter('DRILL_MINUTES') ?? 0.5;
const APPLICANTS = numberParameter('DRILL_APPLICANTS') ?? 300;
const SEATS = numberParameter('DRILL_SEATS') ?? 40;
/** Until each has applied once. */
const PARALLEL_APPLICANTS = 32;
/** On a busy machine shorter ones end before the seats are taken, and nobody is promoted. */
const HOLD_SECONDS = 8;
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
  ...['invitation.sent', 'invitation.expired', 'invitation.withdrawn', 'registration.redeemed', 'announcement.sent'],
];

/**
 * What has happened, in the words of `acknowledged`, but how registrations ended: see `ENDED`. Who confirms after having
 * redeemed is told of that seat. An invitation also ends as redeemed when its person got a seat without it.
 */
const FACTS = `
  SELECT DISTINCT CASE WHEN what IN ('confirmed', 'redeemed') THEN 'seated' ELSE what END || ' ' || whom AS fact
  FROM audit_entries, LATERAL (SELECT
    split_part(action, '.', 2) AS what, coalesce(details->>'registrationId', details->>'invitationId') AS whom) said
  WHERE subject_id = $1 AND whom IS NOT NULL AND what NOT IN ('promoted', 'expired', 'left', 'removed')
    AND action <> 'invitation.redeemed'`;
/** Leaving and removing succeed for a registration that has ended otherwise, too. */
const ENDED = `
  SELECT user_id AS "userId" FROM registrations
  WHERE competition_id = $1 AND (status = 'CANCELLED' OR reinstated_at IS NOT NULL)`;
const TWICE_ANNOUNCED = `
  SELECT user_id FROM mailbox_messages WHERE competition_id = $1 AND kind = 'ANNOUNCEMENT'
  GROUP BY user_id HAVING count(*) > 1`;
/** Of somebody who could use it: they are not registered. */
const INVITABLE = `
  SELECT u.id AS "userId", u.email FROM users u
  WHERE u.id = ANY ($2::uuid[]) AND NOT EXISTS (
    SELECT FROM registrations r WHERE r.user_id = u.id AND r.competition_id = $1 AND r.status <> 'CANCELLED')
  ORDER BY random() LIMIT 1`;

/** What a response may say. */
interface ReplyBody {
  readonly id?: string;
  readonly registrationId?: string;
  readonly items?: readonly { readonly id: string | null; readonly result?: string }[];
}

const random = (below: number) => Math.floor(Math.random() * below);

it(
  `two managers, five reviewers and ${APPLICANTS} applicants on ${SEATS} seats act at random while processes are killed: every seat, message and line of history is what the model says, and what they were told is true`,
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
    // Only a proven address can accept an invitation.
    await pool.query('UPDATE users SET email_verified_at = now() WHERE id = ANY ($1::uuid[])', [
      applicants.map(({ id }) => id),
    ]);

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

    /** What the clients were told has happened. */
    const acknowledged = new Set<string>();
    /** `facts` says of the body of a success what has happened. */
    async function act(
      facts: (body: ReplyBody) => readonly string[],
      ...[person, method, path, body]: Parameters<typeof send>
    ): Promise<ReplyBody> {
      const reply = await send(person, method, path, body);
      const said = reply.body as ReplyBody;
      if (reply.status < 300) for (const fact of facts(said)) acknowledged.add(fact);
      return said;
    }
    const path = `/competitions/${competitionId}`;
    const register = (person: Person) =>
      act(({ registrationId }) => [`applied ${registrationId}`], person, 'POST', `${path}/register`);
    const confirm = (person: Person) =>
      act(({ registrationId }) => [`seated ${registrationId}`], person, 'POST', `${path}/confirm`);
    const toldToHaveLeft = new Set<string>();
    async function leave(person: Person): Promise<void> {
      const { status } = await call(person, 'DELETE', '/register');
      if (status < 300) toldToHaveLeft.add(person.id);
    }

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
        const [first] = applications;
        const score = 1 + random(5);
        await act(() => [`reviewed ${first?.id}`], reviewer, 'PUT', `${path}/applications/${first?.id}/review`, {
          score,
        });
        const decisions = applications.map(({ id }) => ({
          registrationId: id,
          decision: ['ACCEPT', 'ACCEPT', 'ACCEPT', 'REJECT', 'WAITLIST'][random(5)],
        }));
        await act(
          ({ items = [] }) =>
            items.flatMap(({ id, result }) =>
              result === undefined ? [] : [`${result === 'REJECTED' ? 'rejected' : 'accepted'} ${id}`],
            ),
          reviewer,
          'POST',
          `${path}/applications/decide`,
          { decisions },
        );
      }
    }

    async function manage(manager: Person): Promise<void> {
      // The first step is an invitation: later there may be no seat to reserve.
      for (let step = 2; !isOver(); await sleep(200 + random(400)), step = random(3)) {
        const [ended] = await sample('CANCELLED', 1);
        const [seated] = await sample('CONFIRMED', 1);
        if (step === 0 && ended)
          await act(() => [`reinstated ${ended.id}`], manager, 'POST', `${path}/registrations/${ended.id}/reinstate`);
        if (step === 1 && seated)
          await call(manager, 'DELETE', `/registrations/${seated.id}`, { reason: 'Double entry' });
        if (step === 2) await invite(manager);
      }
    }

    /** Of those who are invited, some accept, some are told that it was withdrawn, and others let it expire. */
    async function invite(manager: Person): Promise<void> {
      const { rows } = await pool.query<{ userId: string; email: string }>(INVITABLE, [
        competitionId,
        applicants.map(({ id }) => id),
      ]);
      const [guest] = rows;
      if (guest === undefined) return;
      const expiresAt = new Date(Date.now() + 5_000).toISOString();
      const { items = [] } = await act(
        ({ items: sent = [] }) => sent.flatMap(({ id, result }) => (result === undefined ? [] : [`sent ${id}`])),
        manager,
        'POST',
        `${path}/invitations`,
        { emails: [guest.email], expiresAt },
      );
      const id = items[0]?.id;
      const step = random(3);
      if (typeof id !== 'string') return;
      if (step === 0)
        await act(
          ({ items: ended = [] }) => ended.flatMap(({ result }) => (result === undefined ? [] : [`withdrawn ${id}`])),
          manager,
          'POST',
          `${path}/invitations/withdraw`,
          { invitationIds: [id] },
        );
      if (step === 1)
        await act(
          ({ registrationId }) => [`seated ${registrationId}`],
          personOf(guest),
          'POST',
          `/invitations/${invitationToken(JWT_SECRET, id)}/redeem`,
        );
    }

    /** To everybody who has applied by then, once. */
    async function announce([manager]: readonly Person[]): Promise<void> {
      const post = async (rest: string, body?: object) =>
        (await send(manager as Person, 'POST', `${path}/announcements${rest}`, body)).body as ReplyBody;
      const { id } = await post('', { subject: 'News', body: 'Hello {{name}}.', audience: { everyone: true } });
      const preview = await post(`/${id}/preview`);
      await post(`/${id}/send`, { previewId: preview.id });
    }

    const toCome = [...applicants];
    async function apply(): Promise<void> {
      for (let person = toCome.pop(); person && !isOver(); person = toCome.pop()) await register(person);
    }

    async function applyAgain(): Promise<void> {
      for (; !isOver(); await sleep(random(500))) {
        const [ended] = await sample('CANCELLED', 1);
        if (ended) await register(personOf(ended));
      }
    }

    /** Most of those who have to confirm do, others leave, and the silent ones let it lapse. */
    async function answer(): Promise<void> {
      for (; !isOver(); await sleep(50 + random(200))) {
        const some = await sample('HELD', Math.ceil(SEATS / 10));
        await Promise.all(
          some.map(async (held) => {
            const step = silent.has(held.userId) ? 20 : random(20);
            if (step < 8) await confirm(personOf(held));
            else if (step < 10) await leave(personOf(held));
          }),
        );
        for (const seated of await sample('CONFIRMED', random(2))) await leave(personOf(seated));
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
      ...[announce(managers), applyAgain(), applyAgain(), applyAgain(), answer(), answer(), kill(), watch()],
      ...managers.map(manage),
      ...[...managers, ...reviewers].map(review),
    ]);
    await waitFor(
      'nothing is due, and all messages are written',
      async () => {
        for (const held of await sample('HELD', SEATS)) await confirm(personOf(held));
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
    const { rows } = await pool.query<{ fact: string }>(FACTS, [competitionId]);
    expect([...acknowledged].toSorted()).toEqual(rows.map(({ fact }) => fact).toSorted());
    const ended = await pool.query<{ userId: string }>(ENDED, [competitionId]);
    const hasEnded = new Set(ended.rows.map(({ userId }) => userId));
    expect([...toldToHaveLeft].filter((id) => !hasEnded.has(id))).toEqual([]);
    expect((await pool.query(TWICE_ANNOUNCED, [competitionId])).rows).toEqual([]);
    expect(await environment.brokenInvariants()).toEqual([]);
    await Promise.all([...apis, ...workers].map((process) => process.kill()));
  },
  (MINUTES + 8) * 60_000,
);
