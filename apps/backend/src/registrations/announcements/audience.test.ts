import type { Question } from '@mini-compete/shared/questions';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { announcementClient, DRAFT } from '../../../test/support/announcement-client.js';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import { checkInClient, Device } from '../../../test/support/doors.js';
import { aCompetition, anOrganizer, type Person, people, registerMany } from '../../../test/support/factories.js';
import { patch } from '../../../test/support/http-client.js';
import { allJobsSettled, expectNothingBroken, passUndoTime } from '../../../test/support/jobs.js';
import { answerAsMember, aTeam, endMembership, joinTeam, registerTeam } from '../../../test/support/named-teams.js';
import { messages, rows } from '../../../test/support/queries.js';
import { aQuestion, askQuestions } from '../../../test/support/questions.js';
import { aTeamCompetition } from '../../../test/support/teams.js';
import { NEVER, startWorker } from '../../../test/support/worker.js';
import { verifyLeaveToken } from '../../messaging/templates/leave-link.js';
import { unsubscribeLinks } from '../../messaging/templates/unsubscribe-link.js';

let api: TestApi;
let worker: Awaited<ReturnType<typeof startWorker>>;
let organizer: Person;
let staff: ReturnType<typeof announcementClient>;
beforeAll(async () => {
  api = await startApi();
  worker = await startWorker({ ...api.env, cronReminderSchedule: NEVER, cronCleanupSchedule: NEVER });
  staff = announcementClient(api.url);
});
beforeEach(async () => {
  organizer = await anOrganizer();
});
afterEach(expectNothingBroken);
afterAll(async () => {
  await worker.close();
  await api.close();
});

const SIZE = aQuestion('size', { kind: 'CHOICE', options: ['S', 'M', 'L'] });
const FOOD = aQuestion('food', { kind: 'CHOICES', options: ['vegan', 'halal', 'kosher'] });
const BUS = aQuestion('bus', { kind: 'YES_NO' });
const PHOTOS = aQuestion('photos', { kind: 'CONSENT' });
const CLUB = aQuestion('club');
const QUESTIONS = [SIZE, FOOD, BUS, PHOTOS, CLUB];

type Competition = { readonly id: string };
type Filter = { readonly question: string; readonly anyOf: readonly string[] };

/** One person for each of the answers. Those who come after the seats are taken wait. */
async function withAnswers(answers: readonly object[], { capacity = answers.length } = {}) {
  const competition = await aCompetition({ organizer, capacity });
  await askQuestions(competition, QUESTIONS);
  const persons = await people(answers.length);
  for (const [n, person] of persons.entries()) {
    const body = { answers: answers[n], questionsVersion: 1, joinWaitlist: true };
    expect((await participantClient(api.url).join(person, competition, { body })).text).toContain('registrationId');
  }
  await allJobsSettled();
  return { competition, persons };
}
const to = (answers: readonly Filter[], statuses: readonly string[] = ['PENDING', 'CONFIRMED']) => ({
  ...DRAFT,
  audience: { statuses, answers },
});
const ask = (competition: Competition, questions: readonly Question[]) =>
  organizerClient(api.url).edit(organizer, competition, { questions });
const previewOf = async (competition: Competition, draft: object) => {
  const { body } = await staff.create(organizer, competition, draft);
  return { id: body.id as string, ...(await staff.preview(organizer, competition, body.id)) };
};
const readersOf = async (competition: Competition) =>
  (await messages(`kind = 'ANNOUNCEMENT' AND competition_id = '${competition.id}'`)).map(({ userId }) => userId).sort();

describe('an audience by answers', () => {
  it('is refused when it is empty, without statuses, or names a question twice', async () => {
    const competition = await aCompetition({ organizer });
    const size = { question: 'size', anyOf: ['M'] };
    for (const audience of [
      { answers: [size] },
      { everyone: true, answers: [size] },
      { statuses: [], answers: [size] },
      { statuses: ['CONFIRMED'], answers: [] },
      { statuses: ['CONFIRMED'], answers: [{ question: 'size', anyOf: [] }] },
      { statuses: ['CONFIRMED'], answers: [size, { question: 'size', anyOf: ['L'] }] },
      { statuses: ['CONFIRMED'], answers: [{ ...size, noneOf: ['L'] }] },
    ]) {
      const { status } = await staff.create(organizer, competition, { ...DRAFT, audience });
      expect(status, JSON.stringify(audience)).toBe(400);
    }
  });

  it('is everyone with one of the statuses and, for each question, one of the answers', async () => {
    const { competition } = await withAnswers(
      [
        { size: 'S', food: ['vegan', 'halal'], bus: true, photos: true },
        { size: 'M', food: ['halal'], bus: false },
        { size: 'M', food: ['kosher'], club: 'M' },
        {},
        { size: 'M', food: ['vegan'], bus: true },
      ],
      { capacity: 4 },
    );
    const count = async (answers: readonly Filter[], statuses?: readonly string[]) =>
      (await previewOf(competition, to(answers, statuses))).body.recipients;
    expect(await count([{ question: 'size', anyOf: ['M'] }])).toBe(2);
    expect(await count([{ question: 'size', anyOf: ['S', 'M'] }])).toBe(3);
    expect(await count([{ question: 'food', anyOf: ['vegan', 'kosher'] }])).toBe(2);
    expect(await count([{ question: 'bus', anyOf: ['true'] }])).toBe(1);
    expect(await count([{ question: 'bus', anyOf: ['false'] }])).toBe(1);
    expect(await count([{ question: 'photos', anyOf: ['true'] }])).toBe(1);
    const both = [
      { question: 'size', anyOf: ['M'] },
      { question: 'food', anyOf: ['halal', 'vegan'] },
    ];
    expect(await count(both)).toBe(1);
    expect(await count(both, ['WAITLISTED'])).toBe(1);
    expect(await count(both, ['CONFIRMED', 'WAITLISTED'])).toBe(2);
  });

  it('skips whose answer has changed after the preview, and does not include who has come to match', async () => {
    const { competition, persons } = await withAnswers([{ size: 'M' }, { size: 'M' }, { size: 'L' }]);
    const { id, response } = await staff.announce(organizer, competition, to([{ question: 'size', anyOf: ['M'] }]));
    expect([response.status, response.body.count]).toEqual([202, 2]);
    for (const [n, size] of [[1, 'S'] as const, [2, 'M'] as const]) {
      const body = { answers: { size }, questionsVersion: 1 };
      const { token } = persons[n] as Person;
      expect((await patch(api.url, `/api/competitions/${competition.id}/registration`, { token, body })).status).toBe(
        200,
      );
    }
    await passUndoTime(competition);
    await allJobsSettled();
    expect(await readersOf(competition)).toEqual([persons[0]?.id]);
    expect((await staff.read(organizer, competition, id)).body).toMatchObject({
      state: 'SENT',
      audience: { statuses: ['PENDING', 'CONFIRMED'], answers: [{ question: 'size', anyOf: ['M'] }] },
      progress: { recipients: 1, written: 1, skipped: 1, notIncluded: 1 },
    });
  });
});

describe('an audience by check-in', () => {
  it('CI-13: is who has come in, or who has not, among people with seats, also in a team', async () => {
    const persons = await people(3);
    const competition = await aCompetition({ organizer });
    const [registrationId = ''] = await registerMany(persons, competition);
    const door = await new Device(checkInClient(api.url), organizer, competition).open();
    door.scan({ registrationId, userId: (persons[0] as Person).id });
    await door.sync();
    await allJobsSettled();
    const seats = { statuses: ['PENDING', 'CONFIRMED'] };
    const audienceOf = async (audience: object, of: Competition = competition) =>
      (await previewOf(of, { ...DRAFT, audience })).body.samples.map(({ name }: { name: string }) => name);
    expect(await audienceOf({ ...seats, checkedIn: true })).toEqual([persons[0]?.name]);
    expect(await audienceOf({ ...seats, checkedIn: false })).toEqual([persons[1]?.name, persons[2]?.name]);
    expect(await audienceOf(seats)).toHaveLength(3);
    expect((await staff.create(organizer, competition, { ...DRAFT, audience: { checkedIn: true } })).status).toBe(400);

    const ofTeams = await aTeamCompetition({ organizer });
    const [ada, bo] = (await people(2)) as [Person, Person];
    const team = await registerTeam(await aTeam(ofTeams, [ada, bo]));
    const other = await new Device(checkInClient(api.url), organizer, ofTeams).open();
    other.scan({ registrationId: team, userId: bo.id });
    await other.sync();
    await allJobsSettled();
    expect(await audienceOf({ ...seats, checkedIn: false }, ofTeams)).toEqual([ada.name]);
    const draft = await previewOf(ofTeams, { ...DRAFT, audience: { ...seats, checkedIn: true } });
    expect((await staff.read(organizer, ofTeams, draft.id)).body).toMatchObject({
      audience: { checkedIn: true },
      teams: [],
    });

    // Who comes in after the preview is skipped.
    const { id, body: preview } = await previewOf(competition, { ...DRAFT, audience: { ...seats, checkedIn: false } });
    expect((await staff.send(organizer, competition, id, preview.id)).status).toBe(202);
    const [, second = ''] = (
      await rows<{ id: string }>('SELECT id FROM registrations WHERE competition_id = $1 ORDER BY admission', [
        competition.id,
      ])
    ).map((row) => row.id);
    door.scan({ registrationId: second, userId: (persons[1] as Person).id });
    await door.sync();
    await passUndoTime(competition);
    await allJobsSettled();
    expect(await readersOf(competition)).toEqual([persons[2]?.id]);
  });
});

describe('an answer of a stored draft that is no longer offered', () => {
  it.each<[string, Filter, readonly Question[]]>([
    ['its option is gone', { question: 'size', anyOf: ['M', 'L'] }, [{ ...SIZE, options: ['S', 'M'] }, FOOD]],
    ['its question is deleted', { question: 'size', anyOf: ['M'] }, [FOOD]],
    ['people write the answer now', { question: 'size', anyOf: ['M'] }, [aQuestion('size'), FOOD]],
    ['a consent is never refused', { question: 'photos', anyOf: ['false'] }, QUESTIONS],
    ['nobody ever asked', { question: 'shoe', anyOf: ['M'] }, QUESTIONS],
  ])('keeps it from being previewed, not from being read and edited: %s', async (_, filter, questions) => {
    const { competition } = await withAnswers([{ size: 'M', food: ['vegan'] }]);
    const { body: draft } = await staff.create(organizer, competition, to([filter]));
    expect((await ask(competition, questions)).status).toBe(200);
    const { status, body } = await staff.preview(organizer, competition, draft.id);
    expect([status, body.code]).toEqual([409, 'AUDIENCE_OUTDATED']);
    expect((await staff.read(organizer, competition, draft.id)).body.audience.answers).toEqual([filter]);
    const { audience } = to([{ question: 'food', anyOf: ['vegan'] }]);
    expect((await staff.edit(organizer, competition, draft.id, { audience }, 1)).status).toBe(200);
    expect((await staff.preview(organizer, competition, draft.id)).body.recipients).toBe(1);
  });

  it('keeps it from being sent with a preview from before', async () => {
    const { competition } = await withAnswers([{ size: 'M' }]);
    const { id, body: preview } = await previewOf(competition, to([{ question: 'size', anyOf: ['M'] }]));
    await ask(competition, [{ ...SIZE, options: ['S', 'L'] }]);
    const sent = await staff.send(organizer, competition, id, preview.id);
    expect([sent.status, sent.body.code]).toEqual([409, 'AUDIENCE_OUTDATED']);
    // Another label and another option change nothing for those who chose this one.
    await ask(competition, [{ ...SIZE, label: 'T-shirt', options: ['M', 'XL'] }]);
    expect((await staff.send(organizer, competition, id, preview.id)).status).toBe(202);
    await passUndoTime(competition);
    await allJobsSettled();
    expect(await readersOf(competition)).toHaveLength(1);
  });
});

describe('an audience in a competition for teams', () => {
  const named = async (competition: Competition, audience: object) => {
    const { id, body } = await previewOf(competition, { ...DRAFT, audience });
    return { id, recipients: body.recipients, samples: body.samples, previewId: body.id };
  };

  it('TM-24: is every member of the registered teams, of some of them, or with their own answers or those of the team', async () => {
    const competition = await aTeamCompetition({ organizer, capacity: 10 });
    await askQuestions(competition, [
      { ...SIZE, answeredBy: 'MEMBER' },
      { ...CLUB, answeredBy: 'TEAM' },
    ] as never);
    const persons = (await people(6)) as [Person, Person, Person, Person, Person, Person];
    const [ada, bo, cleo, dan, eve, fay] = persons;
    const owls = await aTeam(competition, [ada, bo]);
    const cats = await aTeam(competition, [cleo, dan]);
    const idle = await aTeam(competition, [eve]);
    await registerTeam(owls, { answers: { club: 'North' } });
    await registerTeam(cats, { answers: { club: 'South' } });
    for (const [team, person, size] of [
      [owls, ada, 'S'],
      [owls, bo, 'M'],
      [cats, cleo, 'M'],
      [cats, dan, 'L'],
      [idle, eve, 'M'],
    ] as const)
      await answerAsMember(team, person, { size });
    await joinTeam(owls, fay);
    await endMembership(owls, fay, 'LEFT');
    await allJobsSettled();
    const statuses = ['PENDING', 'CONFIRMED'];
    const size = { question: 'size', anyOf: ['M'] };
    const seats = { statuses };
    expect((await named(competition, { everyone: true })).recipients).toBe(4);
    expect((await named(competition, { ...seats, teams: [cats.id] })).recipients).toBe(2);
    expect((await named(competition, { ...seats, answers: [size] })).recipients).toBe(2);
    expect((await named(competition, { ...seats, answers: [size], teams: [cats.id] })).recipients).toBe(1);
    expect((await named(competition, { statuses: ['LEFT'] })).recipients).toBe(1);
    const { id, recipients } = await named(competition, { ...seats, teams: [idle.id, owls.id] });
    expect(recipients).toBe(2);
    expect((await staff.read(organizer, competition, id)).body.teams).toEqual(
      [owls, idle].map((team) => ({ id: team.id, name: team.name })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    );
    expect((await named(competition, { ...seats, teams: [idle.id] })).recipients).toBe(0);
    for (const teams of [[], ['x']])
      expect((await staff.create(organizer, competition, { ...DRAFT, audience: { ...seats, teams } })).status).toBe(
        400,
      );
  });

  it('TM-24: is the members of teams that were too small when teams became fixed', async () => {
    const competition = await aTeamCompetition({ organizer, teamMin: 2 });
    const [ada, bo, cleo, dan] = (await people(4)) as [Person, Person, Person, Person];
    const small = await aTeam(competition, [ada, bo]);
    await registerTeam(small);
    await registerTeam(await aTeam(competition, [cleo, dan]));
    await endMembership(small, bo, 'LEFT');
    await rows(
      `UPDATE competitions SET teams_lock_at = now() - interval '1 hour', next_expiry_at = now() - interval '1 hour' WHERE id = $1`,
      [competition.id],
    );
    await rows('SELECT settle_all_v1($1)', [competition.id]);
    await rows('NOTIFY outbox');
    await allJobsSettled();
    const { recipients, samples } = await named(competition, { statuses: ['TEAM_TOO_SMALL'] });
    expect([recipients, samples[0].name]).toEqual([1, ada.name]);
  });

  it('TM-24: gives each member links of their own: leaving ends that membership, unsubscribing concerns nobody else', async () => {
    const competition = await aTeamCompetition({ organizer });
    const [ada, bo] = (await people(2)) as [Person, Person];
    const team = await aTeam(competition, [ada, bo]);
    const registrationId = await registerTeam(team);
    await allJobsSettled();
    await staff.announce(organizer, competition);
    await passUndoTime(competition);
    await allJobsSettled();
    expect(await readersOf(competition)).toEqual([ada.id, bo.id].sort());
    const tokenOf = async ({ id }: Person) => {
      const [message] = await messages(`kind = 'ANNOUNCEMENT' AND user_id = '${id}'`);
      return /leave\?token=([\w.-]+)/.exec(message?.text ?? '')?.[1] ?? '';
    };
    for (const person of [ada, bo])
      expect(verifyLeaveToken(api.env.jwtSecret, await tokenOf(person))).toEqual({ registrationId, userId: person.id });

    const { oneClickUrl } = unsubscribeLinks(api.url, api.env.jwtSecret, { registrationId, userId: bo.id });
    expect((await fetch(oneClickUrl, { method: 'POST' })).status).toBe(200);
    const { body } = await previewOf(competition, DRAFT);
    expect(body).toMatchObject({
      recipients: 1,
      samples: [{ name: ada.name }],
      leftOut: [{ reason: 'UNSUBSCRIBED', count: 1, names: [bo.name] }],
    });
    const ofNobody = unsubscribeLinks(api.url, api.env.jwtSecret, { registrationId, userId: null });
    expect((await fetch(ofNobody.oneClickUrl, { method: 'POST' })).status).toBe(400);
  });
});
