import { LANGUAGES, type Language } from '@mini-compete/shared/languages';
import { MessageKind } from '@mini-compete/shared/mailbox';
import { NOTE_KINDS } from '@mini-compete/shared/message-note-kinds';
import { Client } from 'pg';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import {
  aCompetition,
  anOrganizer,
  aPerson,
  employ,
  type Person,
  people,
  registerMany,
} from '../../../test/support/factories.js';
import { type CallOptions, call, get, post } from '../../../test/support/http-client.js';
import { invitationClient } from '../../../test/support/invitation-client.js';
import { allJobsSettled } from '../../../test/support/jobs.js';
import { messages, rows } from '../../../test/support/queries.js';
import { startSmtp, type TestSmtp } from '../../../test/support/smtp.js';
import { NEVER, startWorker } from '../../../test/support/worker.js';

let api: TestApi;
let smtp: TestSmtp;
let worker: Awaited<ReturnType<typeof startWorker>>;
let organizer: Person;
beforeAll(async () => {
  smtp = await startSmtp();
  api = await startApi({ smtpUrl: smtp.url, requireVerifiedEmail: false });
  worker = await startWorker({
    ...api.env,
    smtpUrl: smtp.url,
    cronReminderSchedule: NEVER,
    cronCleanupSchedule: NEVER,
  });
});
beforeEach(async () => {
  organizer = await anOrganizer();
});
afterAll(async () => {
  await worker.close();
  await api.close();
  await smtp.close();
});

type Competition = { readonly id: string };
const path = ({ id }: Competition, rest = '') => `/api/competitions/${id}/message-notes${rest}`;
const set = (
  competition: Competition,
  key: string,
  text: string,
  { token }: Person = organizer,
  options?: CallOptions,
) => call('PUT', api.url, path(competition, `/${key}`), { token, body: { text }, ...options });
const remove = (competition: Competition, key: string, options?: CallOptions) =>
  call('DELETE', api.url, path(competition, `/${key}`), { token: organizer.token, ...options });
const list = async (competition: Competition) =>
  (await get(api.url, path(competition), { token: organizer.token })).body.items;
const history = async ({ id }: Competition) =>
  (await get(api.url, `/api/competitions/${id}/history?kind=competition`, { token: organizer.token })).body.items;

/** The texts of their messages that a seat is confirmed, in the order of the languages. */
async function confirmedIn(competition: Competition, languages: readonly Language[] = LANGUAGES): Promise<string[]> {
  const persons = await people(languages.length);
  for (const [n, { id }] of persons.entries())
    await rows('UPDATE users SET language = $2 WHERE id = $1', [id, languages[n]]);
  await registerMany(persons, competition);
  await allJobsSettled();
  const sent = await messages(`kind = 'CONFIRMED' AND competition_id = '${competition.id}'`);
  return persons.map(({ id }) => sent.find(({ userId }) => userId === id)?.text ?? '');
}

describe('the notes of a competition', () => {
  it('are set, replaced, listed and removed, with a line in the history for each change', async () => {
    const competition = await aCompetition({ organizer });
    const { status, body } = await set(competition, 'CONFIRMED/de', 'Parkplätze sind hinten.\nBis bald!');
    expect([status, body]).toMatchObject([200, { kind: 'CONFIRMED', language: 'de' }]);
    await set(competition, 'CONFIRMED/de', 'Kommt mit dem Rad.');
    await set(competition, 'CONFIRMED/de', 'Kommt mit dem Rad.');
    await set(competition, 'INVITED/en', 'We look forward to it.');
    expect(await list(competition)).toMatchObject([
      { kind: 'CONFIRMED', language: 'de', text: 'Kommt mit dem Rad.' },
      { kind: 'INVITED', language: 'en', text: 'We look forward to it.' },
    ]);
    expect((await remove(competition, 'CONFIRMED/de')).status).toBe(200);
    expect((await remove(competition, 'CONFIRMED/de')).status).toBe(200);
    expect(await list(competition)).toHaveLength(1);
    const note = (before: string | null, after: string | null, kind = 'CONFIRMED', language = 'de') => ({
      action: 'competition.note_changed',
      note: { kind, language },
      changes: [{ field: 'note', before, after }],
    });
    expect(await history(competition)).toMatchObject([
      note('Kommt mit dem Rad.', null),
      note(null, 'We look forward to it.', 'INVITED', 'en'),
      note('Parkplätze sind hinten.\nBis bald!', 'Kommt mit dem Rad.'),
      note(null, 'Parkplätze sind hinten.\nBis bald!'),
    ]);
  });

  it('are set at once by several, and the history names what each of them replaced', async () => {
    const competition = await aCompetition({ organizer });
    const texts = Array.from({ length: 20 }, (_, n) => `Note ${n}`);
    const responses = await Promise.all(texts.map((text) => set(competition, 'CONFIRMED/en', text)));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    const entries: { changes: [{ before: string | null; after: string }] }[] = await history(competition);
    // Each of them replaced another one, from the first to the one that is left.
    const [left] = await list(competition);
    const chain: string[] = [];
    for (let before: string | null = null; before !== left.text; chain.push(before)) {
      const next = entries.filter(({ changes: [change] }) => change.before === before);
      expect(next, `after ${before}`).toHaveLength(1);
      before = next[0]!.changes[0].after;
    }
    expect(chain.toSorted()).toEqual(texts.toSorted());
  });

  it('are set once for a key', async () => {
    const competition = await aCompetition({ organizer });
    const send = () => set(competition, 'HELD/en', 'Hurry.', organizer, { key: 'note-once' });
    const [first, second] = [await send(), await send()];
    expect(second.text).toBe(first.text);
    expect(await history(competition)).toHaveLength(1);
  });

  it('are refused for messages about the account, when they are empty or long, and from others', async () => {
    const competition = await aCompetition({ organizer });
    for (const kind of ['NEW_SIGN_IN', 'ADDRESS_CHANGED', 'EXPORT_READY', 'STAFF_INVITED', 'ANNOUNCEMENT'])
      expect((await set(competition, `${kind}/en`, 'Hello')).status, kind).toBe(400);
    expect((await set(competition, 'CONFIRMED/fr', 'Bonjour')).status).toBe(400);
    for (const text of ['', ' \n ', 'x'.repeat(1_001), 'a\u0000b'])
      expect((await set(competition, 'CONFIRMED/en', text)).status, text.slice(0, 9)).toBe(400);
    const reviewer = await aPerson();
    await employ(reviewer, competition, 'REVIEWER');
    for (const other of [reviewer, await anOrganizer()])
      expect((await set(competition, 'CONFIRMED/en', 'Hello', other)).status).toBe(403);
    expect(await list(competition)).toEqual([]);
  });

  it('wait until no server is connected that would send messages without them', async () => {
    const competition = await aCompetition({ organizer });
    const older = new Client({ connectionString: api.env.databaseUrl, application_name: 'mini-compete/2 worker' });
    await older.connect();
    expect((await set(competition, 'CONFIRMED/en', 'Hello')).body.code).toBe('UPGRADE_IN_PROGRESS');
    await older.end();
    await expect.poll(async () => (await set(competition, 'CONFIRMED/en', 'Hello')).status).toBe(200);
  });
});

describe('a message', () => {
  it('ends with the note in the language of its reader, or else the English one, or none', async () => {
    const competition = await aCompetition({ organizer, capacity: 9 });
    const withoutNotes = await aCompetition({ organizer, capacity: 9 });
    await set(competition, 'CONFIRMED/de', 'Parken:\n\nhinten.');
    await set(competition, 'WAITING/en', 'Sorry.');
    const [onlyGerman] = [await confirmedIn(competition)];
    expect(onlyGerman[LANGUAGES.indexOf('de')]).toMatch(/\n\nHinweis der Veranstaltungsleitung:\nParken:\n\nhinten\.$/);
    expect(onlyGerman.filter((text) => text.includes('Parken'))).toHaveLength(1);
    expect(onlyGerman.join()).not.toContain('A note from the organizer');
    await set(competition, 'CONFIRMED/en', 'Park behind.');
    const both = await confirmedIn(competition);
    expect(both[LANGUAGES.indexOf('en')]).toMatch(/\n\nA note from the organizer:\nPark behind\.$/);
    expect(both[LANGUAGES.indexOf('de')]).toContain('hinten.');
    expect(both[LANGUAGES.indexOf('ar')]).toMatch(/\n\nملاحظة من المنظّم:\n\u2068Park behind\.\u2069$/);
    expect((await confirmedIn(withoutNotes)).join()).not.toContain('Park');
  });

  it('has it also when the person has left', async () => {
    const [competition, person] = [await aCompetition({ organizer }), await aPerson()];
    await set(competition, 'LEFT/en', 'See you next year.');
    const { register, leave } = participantClient(api.url);
    await register(person, competition);
    await leave(person, competition);
    await allJobsSettled();
    const [left] = await messages(`kind = 'LEFT' AND user_id = '${person.id}'`);
    expect(left?.text).toMatch(/\n\nA note from the organizer:\nSee you next year\.$/);
  });

  it('has it also by mail to an invited address without an account', async () => {
    const competition = await aCompetition({ organizer });
    await set(competition, 'INVITED/en', 'Bring <b>water</b>.');
    const email = `guest-${competition.id}@example.org`;
    expect((await invitationClient(api.url).invite(organizer, competition, [email])).status).toBe(200);
    await allJobsSettled();
    const mail = await PostalMime.parse(smtp.received.find(({ to }) => to === email)?.raw ?? '');
    expect(mail.text).toContain('Bring <b>water</b>.');
    expect(mail.html).toContain('Bring &lt;b&gt;water&lt;/b&gt;.');
  });

  it('can have one whatever it is about, but the account, a role on the staff, or what the staff writes itself', () => {
    const others = ['NEW_SIGN_IN', 'ADDRESS_CHANGED', 'EXPORT_READY', 'ANNOUNCEMENT'];
    const about = MessageKind.options.filter((kind) => !others.includes(kind) && !kind.startsWith('STAFF_'));
    expect([...NOTE_KINDS].sort()).toEqual(about.sort());
  });

  it.each(NOTE_KINDS)('is previewed with the note and stores nothing: %s', async (kind) => {
    const competition = await aCompetition({ organizer, title: 'Cup' });
    const { status, body } = await post(api.url, path(competition, `/${kind}/de/preview`), {
      token: organizer.token,
      body: { text: 'Bis bald!' },
    });
    expect(status).toBe(200);
    expect(body.title).toContain('Cup');
    expect(body.text).toMatch(/Hinweis der Veranstaltungsleitung:\nBis bald!$/);
    expect(await list(competition)).toEqual([]);
  });
});
