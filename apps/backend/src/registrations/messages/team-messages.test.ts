import type { MailboxMessage } from '@mini-compete/shared/mailbox';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient } from '../../../test/support/competition-clients.js';
import {
  anOrganizer,
  aPerson,
  type CompetitionRow,
  inHours,
  type Person,
  people,
} from '../../../test/support/factories.js';
import { endHoldsIn } from '../../../test/support/holds.js';
import { get, post } from '../../../test/support/http-client.js';
import { allJobsSettled, enqueue, expectNothingBroken, runJob } from '../../../test/support/jobs.js';
import { aTeam, endMembership, joinTeam, type NamedTeam, registerTeam } from '../../../test/support/named-teams.js';
import { rows } from '../../../test/support/queries.js';
import { aTeamCompetition } from '../../../test/support/teams.js';
import { NEVER, startWorker } from '../../../test/support/worker.js';
import { signLeaveToken } from '../../messaging/templates/leave-link.js';

let api: TestApi;
let worker: Awaited<ReturnType<typeof startWorker>>;
let organizer: Person;
beforeAll(async () => {
  api = await startApi();
  worker = await startWorker({ ...api.env, cronReminderSchedule: NEVER, cronCleanupSchedule: NEVER });
});
beforeEach(async () => {
  organizer = await anOrganizer();
});
afterEach(expectNothingBroken);
afterAll(async () => {
  await worker?.close();
  await api?.close();
});

interface Message {
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly delivery: string;
}

const competitionWith = (options: Parameters<typeof aTeamCompetition>[0] = {}) =>
  aTeamCompetition({ organizer, title: 'Relay', startDate: inHours(100), location: 'Main Hall', ...options });
const messagesOf = ({ id }: Person) =>
  rows<Message>('SELECT kind, title, text, delivery FROM mailbox_messages WHERE user_id = $1 ORDER BY id', [id]);
const kindsOf = async (person: Person) => (await messagesOf(person)).map(({ kind }) => kind);
const lastOf = async (person: Person) => (await messagesOf(person)).at(-1) as Message;
const named = (name: string) => aPerson({ name });
const waitForJobs = async () => {
  await rows('NOTIFY outbox');
  await allJobsSettled();
};
const settle = async ({ id }: Pick<CompetitionRow, 'id'>) => {
  await rows(
    `WITH locked AS MATERIALIZED (SELECT id FROM competitions WHERE id = $1 FOR NO KEY UPDATE) SELECT settle_all_v1(id) FROM locked`,
    [id],
  );
  await waitForJobs();
};
const runDeadlines = async () => {
  await runJob(worker.app, 'deadlines', await enqueue('deadlines', { slot: new Date().toISOString() }), {
    slot: new Date().toISOString(),
  });
  await waitForJobs();
};

describe('the messages about the registration of a team', () => {
  it('TM-20: reach each member once, in their language, and name the team', async () => {
    const competition = await competitionWith();
    const members = (await people(3)) as [Person, Person, Person];
    for (const [n, language] of (['en', 'de', 'ar'] as const).entries())
      await rows('UPDATE users SET language = $2 WHERE id = $1', [members[n]?.id, language]);
    const team = await aTeam(competition, members, { name: 'Owls' });
    const id = await registerTeam(team);
    await waitForJobs();
    const [english, german, arabic] = await Promise.all(members.map(messagesOf));
    expect(english).toMatchObject([{ kind: 'CONFIRMED', title: 'Owls is in: Relay' }]);
    expect(english?.[0]?.text).toMatch(/^Your team Owls is registered for Relay, and you’re in\.\n\nWhen:/);
    expect(german).toMatchObject([{ kind: 'CONFIRMED', title: 'Owls ist dabei: Relay' }]);
    expect(arabic?.[0]?.title).toMatch(/^فريق .Owls. ضمن المشاركين/u);
    expect(await rows('SELECT status FROM registrations WHERE id = $1', [id])).toEqual([{ status: 'CONFIRMED' }]);
  });

  it('TM-20: ask the captain to confirm a hold, tell the others whom they wait for, and remind all of them once', async () => {
    const competition = await competitionWith({ capacity: 2, confirmWithinSeconds: 3600 * 48 });
    const captain = await named('Ada');
    const [member, seated] = (await people(2)) as [Person, Person];
    const first = await aTeam(competition, [seated]);
    await registerTeam(first);
    const team = await aTeam(competition, [captain, member], { name: 'Owls' });
    await registerTeam(team, { join: true });
    await waitForJobs();
    expect((await lastOf(member)).text).toMatch(/Owls is on the waitlist.+ask your captain to confirm it/s);
    await endMembership(first, seated, 'LEFT');
    await waitForJobs();
    expect((await lastOf(captain)).text).toMatch(/holding your place until .+\n\nAs the captain, confirm it/);
    expect((await lastOf(member)).text).toMatch(/Your captain, Ada, has to confirm it by then\./);
    const isForCaptain = async ({ token }: Person) =>
      (await get(api.url, '/api/mailbox', { token })).body.items.map(
        (message: MailboxMessage) => message.kind === 'HELD' && message.isForCaptain,
      )[0];
    expect([await isForCaptain(captain), await isForCaptain(member)]).toEqual([false, true]);

    await rows(`UPDATE mailbox_messages SET created_at = created_at - interval '2 days'`);
    await endHoldsIn(competition, '20 hours');
    for (let n = 0; n < 2; n++) await runDeadlines();
    for (const person of [captain, member]) expect(await kindsOf(person)).toEqual(['WAITING', 'HELD', 'HOLD_ENDING']);
    expect((await lastOf(member)).title).toBe('Your captain still has to confirm: Relay');

    await rows('SELECT confirm_v1(c.id, $2, 0) FROM (SELECT id FROM competitions WHERE id = $1 FOR NO KEY UPDATE) c', [
      competition.id,
      captain.id,
    ]);
    await waitForJobs();
    expect((await lastOf(captain)).text).toMatch(/^Thanks for confirming\. Your team Owls is in/);
    expect((await lastOf(member)).text).toMatch(/^Your captain has confirmed\. Your team Owls is in/);

    await rows(`UPDATE competitions SET start_date = now() + interval '20 hours' WHERE id = $1`, [competition.id]);
    for (let n = 0; n < 2; n++) {
      const slot = { slot: new Date().toISOString() };
      await runJob(worker.app, 'reminders', await enqueue('reminders', slot), slot);
      await waitForJobs();
    }
    for (const person of [captain, member])
      expect(await kindsOf(person)).toEqual(['WAITING', 'HELD', 'HOLD_ENDING', 'CONFIRMED', 'REMINDER']);
  });

  it('TM-20: tell all members of an application, its delay, its rejection, a withdrawal and a removal', async () => {
    const competition = await competitionWith({ admissionMode: 'APPROVAL', decisionsBy: inHours(1) });
    const members = (await people(2)) as [Person, Person];
    const team = await aTeam(competition, members, { name: 'Owls' });
    const id = await registerTeam(team);
    await waitForJobs();
    await rows(`UPDATE competitions SET decisions_by = now() WHERE id = $1`, [competition.id]);
    for (let n = 0; n < 2; n++) await runDeadlines();
    await rows(
      `SELECT d.verdict FROM (SELECT id FROM competitions WHERE id = $1 FOR NO KEY UPDATE) c,
              LATERAL decide_v1(c.id, ARRAY[$2::uuid], ARRAY['REJECT'], ARRAY['Too young'], $3) d`,
      [competition.id, id, organizer.id],
    );
    await rows(`UPDATE outbox SET due_at = now() WHERE job = 'rejected'`);
    await waitForJobs();
    for (const person of members) {
      expect(await kindsOf(person)).toEqual(['APPLIED', 'DECISIONS_LATE', 'REJECTED']);
      expect((await lastOf(person)).text).toMatch(/application of your team Owls.+Reason:\sToo young/s);
    }

    const other = await competitionWith();
    const second = await aTeam(other, members, { name: 'Cats' });
    await endBy('LEFT', await registerTeam(second));
    expect((await lastOf(members[0])).text).toMatch(/^You have withdrawn your team Cats from Relay\./);
    expect((await lastOf(members[1])).text).toMatch(/^Your captain has withdrawn your team Cats from Relay\./);
    await endBy('REMOVED', await registerTeam(second));
    for (const person of members)
      expect((await lastOf(person)).text).toMatch(/^The organizer removed your team Cats from Relay\./);
  });

  it('TM-20: tell all members of a change, of the end of the waitlist and of the cancellation, each of them once', async () => {
    const competition = await competitionWith({ capacity: 4, startDate: inHours(200) });
    const [seated, late, waiting] = (await people(6).then((all) => [all.slice(0, 2), all[2], all.slice(3)])) as [
      [Person, Person],
      Person,
      [Person, Person, Person],
    ];
    const first = await aTeam(competition, seated);
    await registerTeam(first);
    await registerTeam(await aTeam(competition, waiting), { join: true });
    await waitForJobs();
    expect((await organizerClient(api.url).edit(organizer, competition, { location: 'Barn' })).status).toBe(200);
    await waitForJobs();
    for (const person of [...seated, ...waiting]) expect((await lastOf(person)).kind).toBe('COMPETITION_CHANGED');

    await rows(
      `UPDATE competitions SET reg_deadline = now() - interval '1 second', promote_until = now() - interval '1 second'
       WHERE id = $1`,
      [competition.id],
    );
    await settle(competition);
    for (let n = 0; n < 2; n++) await runDeadlines();
    for (const person of waiting)
      expect(await kindsOf(person)).toEqual(['WAITING', 'COMPETITION_CHANGED', 'NOT_PROMOTED']);

    await organizerClient(api.url).cancel(organizer, competition);
    await rows(`UPDATE outbox SET due_at = now() WHERE job = 'cancelled'`);
    await waitForJobs();
    for (const person of seated)
      expect(await kindsOf(person)).toEqual(['CONFIRMED', 'COMPETITION_CHANGED', 'COMPETITION_CANCELLED']);
    expect(await kindsOf(late)).toEqual([]);
  });
});

/** The end of a registration by its captain or the staff. */
async function endBy(reason: 'LEFT' | 'REMOVED', registrationId: string) {
  await waitForJobs();
  await rows(
    `SELECT end_registrations_v1(ARRAY[r.id], $2::"EndReason", NULL, NULL)
     FROM registrations r, LATERAL (SELECT FROM competitions WHERE id = r.competition_id FOR NO KEY UPDATE) c
     WHERE r.id = $1`,
    [registrationId, reason],
  );
  await waitForJobs();
}

describe('the messages about the members of a team', () => {
  it('TM-21: add the organizer’s note for who joins, or else that of the confirmation if the team has its seats', async () => {
    const competition = await competitionWith();
    const note = (kind: string, text: string) =>
      rows(
        `INSERT INTO message_notes (competition_id, kind, language, text) VALUES ($1, $2::"MessageKind", 'en', $3)`,
        [competition.id, kind, text],
      );
    await note('CONFIRMED', 'Park behind the hall.');
    const team = await aTeam(competition, [await aPerson()]);
    const [early, late, last] = (await people(3)) as [Person, Person, Person];
    await joinTeam(team, early);
    await waitForJobs();
    expect((await lastOf(early)).text).not.toContain('Park');
    await registerTeam(team);
    await joinTeam(team, late);
    await waitForJobs();
    expect((await lastOf(late)).text).toContain('Park behind the hall.');
    await note('TEAM_JOINED', 'Get your shirt.');
    await joinTeam(team, last);
    await waitForJobs();
    expect((await lastOf(last)).text).toContain('Get your shirt.');
    expect((await lastOf(last)).text).not.toContain('Park');
  });

  it('TM-21: tell who joins what has become of the team, and the others, in the mailbox only, who joined', async () => {
    const competition = await competitionWith({ capacity: 3 });
    const captain = await named('Ada');
    const [bo, cleo, dan] = [await named('Bo'), await named('Cleo'), await named('Dan')];
    const team = await aTeam(competition, [captain], { name: 'Owls' });
    expect(await joinTeam(team, bo)).toBe('JOINED');
    await waitForJobs();
    expect((await lastOf(bo)).text).toMatch(/isn’t registered yet; your captain, Ada, registers it\./);
    expect(await lastOf(captain)).toMatchObject({ title: 'Bo joined Owls: Relay', delivery: 'MAILBOX' });

    await registerTeam(team);
    await joinTeam(team, cleo);
    await waitForJobs();
    expect(await kindsOf(cleo)).toEqual(['TEAM_JOINED']);
    expect((await lastOf(cleo)).text).toMatch(/^You’ve joined the team Owls, and you’re in Relay\.\n\nWhen:/);
    expect(await kindsOf(bo)).toEqual(['TEAM_JOINED', 'CONFIRMED', 'TEAM_CHANGED']);

    const waiting = await aTeam(competition, [await aPerson()], { name: 'Cats' });
    await registerTeam(waiting, { join: true });
    await joinTeam(waiting, dan);
    await waitForJobs();
    expect((await lastOf(dan)).text).toMatch(/which is number 1 on the waitlist of Relay\..+gets in automatically/s);
    await rows('UPDATE competitions SET confirm_within_seconds = 3600 WHERE id = $1', [competition.id]);
    const eve = await aPerson();
    await joinTeam(waiting, eve);
    await waitForJobs();
    expect((await lastOf(eve)).text).toMatch(/ask your captain to confirm it/);
  });

  it('TM-21: tell who leaves or is removed, the others who it was, and a new captain by mail', async () => {
    const competition = await competitionWith();
    const ada = await named('Ada');
    const [bo, cleo, dan] = [await named('Bo'), await named('Cleo'), await named('Dan')];
    const team = await aTeam(competition, [ada, bo, cleo, dan], { name: 'Owls' });
    await registerTeam(team);
    await endMembership(team, dan, 'REMOVED');
    await waitForJobs();
    expect(await lastOf(dan)).toMatchObject({ kind: 'REMOVED', title: 'You’ve been removed from Owls: Relay' });
    expect((await lastOf(bo)).text).toBe('The captain has removed Dan from your team Owls for Relay.');

    await endMembership(team, ada, 'LEFT');
    await waitForJobs();
    expect(await lastOf(ada)).toMatchObject({ kind: 'LEFT', title: 'You’ve left Owls: Relay' });
    expect((await messagesOf(bo)).slice(-2)).toMatchObject([
      { title: 'Ada left Owls: Relay' },
      { title: 'You’re the captain of Owls now: Relay' },
    ]);
    expect((await lastOf(cleo)).title).toBe('Bo is the captain of Owls now: Relay');

    await endMembership(team, bo, 'ERASED');
    await waitForJobs();
    expect((await messagesOf(cleo)).slice(-2)).toMatchObject([
      { title: 'A member left Owls: Relay' },
      { title: 'You’re the captain of Owls now: Relay' },
    ]);
    await endMembership(team, cleo, 'LEFT');
    await waitForJobs();
    expect(await lastOf(cleo)).toMatchObject({ kind: 'LEFT', title: 'You’ve left Owls: Relay' });
  });

  it('TM-21: warn all members of a team that has become too small, each time, and tell them of its end', async () => {
    const competition = await competitionWith({ teamMin: 3, teamsLockAt: inHours(2) } as never);
    const [ada, bo, cleo, dan] = (await people(4)) as [Person, Person, Person, Person];
    const team = await aTeam(competition, [ada, bo, cleo], { name: 'Owls' });
    await registerTeam(team);
    await endMembership(team, cleo, 'LEFT');
    await waitForJobs();
    for (const person of [ada, bo])
      expect(await lastOf(person)).toMatchObject({
        kind: 'TEAM_BELOW_MINIMUM',
        title: 'Owls needs 1 more member: Relay',
      });
    await joinTeam(team, dan);
    await endMembership(team, dan, 'LEFT');
    await waitForJobs();
    const warnings = async (person: Person) =>
      (await kindsOf(person)).filter((kind) => kind === 'TEAM_BELOW_MINIMUM').length;
    expect(await warnings(ada)).toBe(2);

    await rows(`UPDATE competitions SET teams_lock_at = now() - interval '5 seconds' WHERE id = $1`, [competition.id]);
    await rows('UPDATE competitions SET next_expiry_at = now() WHERE id = $1', [competition.id]);
    await settle(competition);
    for (const person of [ada, bo]) {
      expect(await lastOf(person)).toMatchObject({ kind: 'TEAM_TOO_SMALL', title: 'Owls was too small: Relay' });
      expect((await lastOf(person)).text).toContain('Teams need at least 3 members in Relay.');
    }
    expect((await lastOf(dan)).kind).toBe('LEFT');
  });
});

describe('the leave link of a member', () => {
  it('TM-22: ends that membership and no other, also a second time', async () => {
    const competition = await competitionWith();
    const [ada, bo] = (await people(2)) as [Person, Person];
    const team = await aTeam(competition, [ada, bo], { name: 'Owls' });
    const registrationId = await registerTeam(team);
    await waitForJobs();
    const link = (token: string) => `/api/competitions/leave-link?token=${token}`;
    const token = signLeaveToken(api.env.jwtSecret, { registrationId, userId: bo.id });
    expect((await get(api.url, link(token))).body).toEqual({
      competitionId: competition.id,
      title: 'Relay',
      name: bo.name,
      status: 'CONFIRMED',
      team: 'Owls',
    });
    for (let n = 0; n < 2; n++) {
      const left = await post(api.url, '/api/competitions/leave-link', { body: { token } });
      expect(left).toMatchObject({ status: 200, body: { status: 'CANCELLED' } });
    }
    expect((await get(api.url, link(token))).body.status).toBe('CANCELLED');
    await waitForJobs();
    expect(await livingIn(team)).toEqual([ada.id]);
    expect(await kindsOf(bo)).toEqual(['CONFIRMED', 'LEFT']);
    const ofNobody = signLeaveToken(api.env.jwtSecret, { registrationId, userId: null });
    expect((await get(api.url, link(ofNobody))).body.code).toBe('LEAVE_TOKEN_INVALID');
  });
});

const livingIn = async ({ id }: NamedTeam) =>
  (
    await rows<{ id: string }>('SELECT user_id AS id FROM team_members WHERE team_id = $1 AND left_at IS NULL', [id])
  ).map((member) => member.id);
