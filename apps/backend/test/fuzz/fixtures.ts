import { randomUUID } from 'node:crypto';
import { signLeaveToken } from '../../src/messaging/templates/leave-link.js';
import { unsubscribeLinks } from '../../src/messaging/templates/unsubscribe-link.js';
import { announcementClient } from '../support/announcement-client.js';
import type { TestApi } from '../support/api.js';
import { aCompetitionByApplication, applicationsClient } from '../support/applications.js';
import { organizerClient, participantClient, staffClient } from '../support/competition-clients.js';
import { checkInClient, Device } from '../support/doors.js';
import { aCompetition, employ, inHours, type Person, registerMany } from '../support/factories.js';
import { type ApiResponse, call, del } from '../support/http-client.js';
import { invitationClient } from '../support/invitation-client.js';
import { answerAsMember, aTeam, registerTeam } from '../support/named-teams.js';
import { rows } from '../support/queries.js';
import { aQuestion, askQuestions } from '../support/questions.js';
import { aTeamCompetition } from '../support/teams.js';
import { type Cast, createCast, Markers, TYPED } from './cast.js';

/** Sends requests. */
export interface Actor {
  readonly name: string;
  readonly person: Person | null;
  /** The markers that responses to this actor may contain. */
  readonly mayRead: ReadonlySet<string>;
}

/**
 * Values for requests, by the last segments of a path (`teams/{id}`), or by the name of a header, a query parameter or a
 * member of a body.
 */
export type Values = Readonly<Record<string, readonly unknown[]>>;

export interface Fixtures {
  /** With a role in the places. */
  readonly insiders: readonly Actor[];
  readonly strangers: readonly Actor[];
  /** Each a competition of Ann, with values that belong together. */
  readonly places: readonly Values[];
  /** Of all competitions, and of what belongs to none. */
  readonly everything: Values;
  /** Fit everywhere. */
  readonly anywhere: Values;
}

/** Members of bodies that people fill in. */
const TEXTS = ['name', 'reason', 'note', 'message', 'subject', 'body', 'text'];

interface Scene {
  readonly api: TestApi;
  readonly cast: Cast;
  readonly markers: Markers;
}

/**
 * Four competitions of Ann, with a staff of all roles and participants in all states: one by application, one for teams,
 * one that has begun, and a draft. Ben and his participant Pia are strangers there.
 */
export async function createFixtures(api: TestApi): Promise<Fixtures> {
  const markers = new Markers();
  const cast = await createCast(markers);
  const scene = { api, cast, markers };
  const [places, elsewhere, rest] = await Promise.all([
    Promise.all([byApplication(scene), forTeams(scene), begun(scene), empty(scene)]),
    ofBen(scene),
    besideCompetitions(scene),
  ]);
  const actor = (name: string, person: Person | null) => ({ name, person, mayRead: markers.readableBy(person) });
  return {
    places,
    everything: merged([...places, elsewhere, rest]),
    anywhere: {
      'If-Match': ['*'],
      title: ['A title'],
      ...Object.fromEntries(TEXTS.map((name) => [name, [TYPED]])),
      regOpensAt: [null],
      regDeadline: [inHours(24).toISOString()],
      startDate: [inHours(48).toISOString()],
      expiresAt: [inHours(12).toISOString()],
    },
    insiders: [
      actor('Ann, the owner', cast.ann),
      actor('Mona, a manager', cast.mona),
      actor('Rita, a reviewer', cast.rita),
      actor('Sam, a scanner', cast.sam),
      actor('Paul, who applied', cast.paul),
      actor('Hana, whose seat is held', cast.hana),
      actor('Rolf, who was rejected', cast.rolf),
      actor('Nora, who is invited', cast.nora),
      actor('an admin', cast.admin),
    ],
    strangers: [
      actor('a visitor', null),
      actor('Ben, another organizer', cast.ben),
      actor('Pia, registered with Ben', cast.pia),
    ],
  };
}

async function byApplication(scene: Scene): Promise<Values> {
  const { api, cast, markers } = scene;
  const { ann, mona, rita, paul, hana, rolf, managers, reviewers } = cast;
  const applications = applicationsClient(api.url);
  const competition = await aCompetitionByApplication({ organizer: ann, capacity: 20, confirmWithinSeconds: 3_600 });
  await askQuestions(competition, [aQuestion('why')]);
  const staff = await employAll(scene, competition);
  const apply = async (person: Person): Promise<string> => {
    const body = { answers: { why: markers.plant(person, ...reviewers) }, questionsVersion: 1 };
    return ok(await participantClient(api.url).register(person, competition, { body })).registrationId;
  };
  const [applied, held, rejected] = [await apply(paul), await apply(hana), await apply(rolf)];
  ok(await applications.review(rita, competition, applied, 4, markers.plant(...reviewers)));
  ok(await applications.accept(mona, competition, [held]));
  const reason = markers.plant(rolf, ...reviewers);
  ok(await applications.decide(rita, competition, 'REJECT', [rejected], { reason }));
  const notes = `/api/competitions/${competition.id}/message-notes`;
  const note = { text: markers.plant(...managers) };
  ok(await call('PUT', api.url, `${notes}/APPLIED/en`, { token: mona.token, body: note }));
  const invited = [await invite(scene, competition), await importPeople(scene, competition)];
  const announced = await announce(scene, competition, { userId: paul.id, registrationId: applied });
  const acts: { id: string }[] = ok(await organizerClient(api.url).pendingActs(mona, competition)).items;
  return {
    ...staff,
    ...merged(invited),
    ...announced,
    'competitions/{id}': [competition.id],
    'applications/{registrationId}': [applied],
    'registrations/{registrationId}': [applied, held, rejected],
    'message-notes/{kind}': ['APPLIED'],
    '{kind}/{language}': ['en'],
    'pending-acts/{actId}': acts.map(({ id }) => id),
    registrationId: [applied],
    registrationIds: [[applied], [held, applied]],
    questionsVersion: [1],
    answers: [{ why: TYPED }],
    token: tokensOf(api, applied),
  };
}

async function invite({ api, cast, markers }: Scene, competition: Competition): Promise<Values> {
  const { ann, mona, nora, managers } = cast;
  const [invitations, staff] = [invitationClient(api.url), staffClient(api.url)];
  const addresses = [nora.email, `${markers.plant(...managers)}@example.org`];
  const message = markers.plant(nora, ...managers);
  const { items } = ok(await invitations.invite(mona, competition, addresses, { message }));
  const [own] = ok(await invitations.list(mona, competition, `?search=${nora.email}`)).items;
  ok(await staff.invite(ann, competition, { email: nora.email, role: 'SCANNER' }));
  const [colleague] = ok(await staff.list(ann, competition)).invitations;
  return {
    'invitations/{token}': [tokenIn(own.link)],
    'staff-invitations/{token}': [tokenIn(colleague.link)],
    'invitations/{invitationId}': [colleague.id],
    invitationIds: [[items[1].id]],
    emails: [[`${TYPED}@example.org`]],
    email: [`${TYPED}@example.org`],
  };
}

/** One file is only checked, the other one committed. */
async function importPeople(
  { api, cast: { mona, managers }, markers }: Scene,
  competition: Competition,
): Promise<Values> {
  const invitations = invitationClient(api.url);
  const check = async (): Promise<string> => {
    const file = `email,name\n${markers.plant(...managers)}@example.org,Ina\n`;
    return ok(await invitations.upload(mona, competition, file)).id;
  };
  const [checked, committed] = [await check(), await check()];
  ok(await invitations.commit(mona, competition, committed));
  return { 'imports/{importId}': [checked, committed] };
}

/** A draft, one that waits for its time, and one that is being sent. */
async function announce(
  { api, cast: { mona, managers, paul }, markers }: Scene,
  competition: Competition,
  recipient: { userId: string; registrationId: string },
): Promise<Values> {
  const client = announcementClient(api.url);
  const text = (...readers: Person[]) => ({
    subject: 'News',
    body: markers.plant(...managers, ...readers),
    audience: { everyone: true },
    onPage: false,
  });
  const draft = ok(await client.create(mona, competition, text()));
  const preview = ok(await client.preview(mona, competition, draft.id));
  ok((await client.announce(mona, competition, text())).response);
  const sent = await client.announce(mona, competition, text(paul));
  await rows(
    `WITH claimed AS (UPDATE pending_acts SET claimed_at = now(), done_at = now() WHERE id = $2),
          frozen AS (INSERT INTO announcement_recipients (announcement_id, user_id, registration_id, position) VALUES ($1, $3, $4, 1))
     UPDATE announcements SET frozen_at = now(), recipients = 1, skipped = 0, not_included = 0 WHERE id = $1`,
    [sent.id, sent.response.body.id, recipient.userId, recipient.registrationId],
  );
  return {
    'announcements/{announcementId}': [draft.id, sent.id],
    previewId: [preview.id],
    audience: [{ everyone: true }],
  };
}

async function forTeams(scene: Scene): Promise<Values> {
  const { cast, markers } = scene;
  const { ann, paul, hana, rolf, reviewers, insiders } = cast;
  const competition = await aTeamCompetition({ organizer: ann, capacity: 20 });
  await askQuestions(competition, [aQuestion('size', { answeredBy: 'MEMBER' })]);
  const staff = await employAll(scene, competition);
  // The name is shown to people who have the code.
  const registered = await aTeam(competition, [paul, hana], { name: markers.plant(...insiders) });
  const other = await aTeam(competition, [rolf], { name: markers.plant(...insiders) });
  await answerAsMember(registered, paul, { size: markers.plant(paul, ...reviewers) });
  const registrationId = await registerTeam(registered);
  return {
    ...staff,
    'competitions/{id}': [competition.id],
    'teams/{id}': [registered.id],
    'members/{userId}': [hana.id, paul.id],
    'registrations/{registrationId}': [registrationId],
    registrationIds: [[registrationId]],
    teamId: [other.id],
    teams: [[registered.id]],
    code: [registered.code, other.code],
    userId: [hana.id],
    questionsVersion: [1],
    answers: [{ size: TYPED }],
  };
}

async function begun(scene: Scene): Promise<Values> {
  const { api, cast, markers } = scene;
  const { ann, mona, sam, paul, hana, rolf, lea, managers } = cast;
  const competition = await aCompetition({ organizer: ann, capacity: 3, promoteUntil: inHours(2) });
  const staff = await employAll(scene, competition);
  const ids = (await registerMany([paul, hana, lea, rolf], competition, { join: true })) as [
    string,
    string,
    string,
    string,
  ];
  const [checkedIn, absent, removed, waiting] = ids;
  const body = { reason: markers.plant(...managers) };
  ok(await del(api.url, `/api/competitions/${competition.id}/registrations/${removed}`, { token: mona.token, body }));
  await rows(
    `UPDATE competitions SET reg_deadline = now() - interval '1 hour', start_date = now() - interval '1 second' WHERE id = $1`,
    [competition.id],
  );
  const device = await new Device(checkInClient(api.url), sam, competition).open();
  device.scan({ registrationId: checkedIn, userId: paul.id });
  ok(await device.sync());
  return {
    ...staff,
    'competitions/{id}': [competition.id],
    'registrations/{registrationId}': [checkedIn, removed, waiting],
    registrationId: [checkedIn],
    registrationIds: [[absent, waiting]],
    userId: [paul.id],
    scannerId: [sam.id],
    door: [{ id: randomUUID(), name: 'Side door' }],
    withoutDoors: [[device.door.id]],
  };
}

/** A draft, in which nobody is registered. */
async function empty(scene: Scene): Promise<Values> {
  const competition = await aCompetition({ organizer: scene.cast.ann, visibility: 'DRAFT' });
  return { ...(await employAll(scene, competition)), 'competitions/{id}': [competition.id] };
}

async function ofBen({ cast: { ben, pia } }: Scene): Promise<Values> {
  const competition = await aCompetition({ organizer: ben });
  const ids = await registerMany([pia], competition);
  return { 'competitions/{id}': [competition.id], 'registrations/{registrationId}': ids };
}

async function besideCompetitions({ cast, markers }: Scene): Promise<Values> {
  const { ann, paul } = cast;
  const [message] = await rows<{ id: string }>(
    `INSERT INTO mailbox_messages (user_id, kind, about_id, title, text) VALUES ($1, 'REMINDER', $1, $2, $2) RETURNING id`,
    [paul.id, markers.plant(paul)],
  );
  const [failed] = await rows<{ id: string }>(
    `WITH job AS (
       INSERT INTO outbox (queue, job, payload, settled_at)
       VALUES ('mail', 'send', jsonb_build_object('messageId', gen_random_uuid()), now()) RETURNING *
     )
     INSERT INTO failed_jobs (outbox_id, queue, job, payload, error, attempts)
     SELECT id, queue, job, payload, 'refused', 3 FROM job RETURNING id`,
  );
  return {
    'failed/{id}': [failed?.id],
    'mailbox/{id}': [message?.id],
    'organizers/{id}': [ann.id],
    'sessions/{id}': [paul.sessionId],
  };
}

type Competition = { readonly id: string };

async function employAll({ cast: { mona, rita, sam } }: Scene, competition: Competition): Promise<Values> {
  const manager = await employ(mona, competition, 'MANAGER');
  await employ(rita, competition, 'REVIEWER');
  await employ(sam, competition, 'SCANNER');
  // Only of Mona: requests make her an owner, who may read no more than a manager.
  return { 'staff/{staffId}': [manager.id] };
}

function tokensOf({ env }: TestApi, registrationId: string): string[] {
  const participation = { registrationId, userId: null };
  const { pageUrl } = unsubscribeLinks(env.frontendUrl, env.jwtSecret, participation);
  return [signLeaveToken(env.jwtSecret, participation), tokenIn(pageUrl)];
}

const tokenIn = (link: string): string => new URL(link).searchParams.get('token') ?? '';

function ok({ status, body, text }: ApiResponse) {
  if (status >= 300) throw new Error(text);
  return body;
}

function merged(all: readonly Values[]): Values {
  const values: Record<string, unknown[]> = {};
  for (const [name, more] of all.flatMap((one) => Object.entries(one)))
    values[name] = [...(values[name] ?? []), ...more];
  return values;
}
