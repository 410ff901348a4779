import type { Language } from '@mini-compete/shared/languages';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { aCompetition, aPerson, type Person, people, registerMany } from '../../../test/support/factories.js';
import { allJobsSettled, enqueue } from '../../../test/support/jobs.js';
import { aTeam, joinTeam, registerTeam } from '../../../test/support/named-teams.js';
import { rows } from '../../../test/support/queries.js';
import { startSmtp, type TestSmtp } from '../../../test/support/smtp.js';
import { aTeamCompetition } from '../../../test/support/teams.js';
import { startWorker } from '../../../test/support/worker.js';

describe('messages in the language of their recipient', () => {
  let database: TestDatabase;
  let smtp: TestSmtp;
  let worker: Awaited<ReturnType<typeof startWorker>>;

  beforeAll(async () => {
    database = await createTestDatabase();
    smtp = await startSmtp();
  });
  afterAll(async () => {
    await worker?.close();
    await smtp?.close();
    await database?.drop();
  });

  const speak = (persons: readonly { id: string }[], language: Language | null, timeZone: string | null) =>
    rows('UPDATE users SET language = $2, time_zone = $3 WHERE id = ANY ($1)', [
      persons.map(({ id }) => id),
      language,
      timeZone,
    ]);

  it('LA-09: one change that concerns 600 people in three languages writes each in theirs, for the language of that moment', async () => {
    const competition = await aCompetition({ capacity: 600, startDate: new Date('2030-05-01T10:00:00Z') });
    const persons = await people(600);
    const [english, german, arabic] = [persons.slice(0, 200), persons.slice(200, 400), persons.slice(400)];
    await registerMany(persons, competition);
    await rows(`UPDATE registrations SET status = 'CONFIRMED'`);
    await rows('DELETE FROM outbox');
    await speak(german, 'de', 'Europe/Berlin');
    await speak(arabic, 'ar', null);
    worker = await startWorker({ databaseUrl: database.url });
    await enqueue('changed', { competitionId: competition.id, version: 2, what: ['date'] });
    await allJobsSettled();
    await worker.close();
    const written = await rows<{ language: string; title: string; text: string; n: number }>(
      `SELECT m.language, m.title, m.text, count(*)::int AS n FROM mailbox_messages m JOIN users u ON u.id = m.user_id
       WHERE m.language = coalesce(u.language, 'en') GROUP BY 1, 2, 3 ORDER BY 1`,
    );
    expect(written.map(({ language, n }) => [language, n])).toEqual([
      ['ar', arabic.length],
      ['de', german.length],
      ['en', english.length],
    ]);
    expect(written[0]?.title).toMatch(/^موعد جديد: /);
    expect(written[1]?.title).toBe(`Neuer Termin: ${competition.title}`);
    expect(written[1]?.text).toMatch(/12:00 (Uhr )?MESZ/);
    expect(written[2]?.text).toMatch(/10:00 UTC/);

    await speak(german, 'en', null);
    expect(await rows(`SELECT FROM mailbox_messages WHERE language = 'de'`)).toHaveLength(german.length);
  });

  it('LA-10: the mail has the language and the direction of the message, and all of it is in this language', async () => {
    await rows('TRUNCATE mailbox_messages, outbox');
    worker = await startWorker({ databaseUrl: database.url, smtpUrl: smtp.url });
    const [english, german, arabic] = [
      await aPerson({ name: 'Ada' }),
      await aPerson({ name: 'Änne' }),
      await aPerson({ name: 'ليلى' }),
    ];
    await speak([german], 'de', 'Europe/Berlin');
    await speak([arabic], 'ar', 'Africa/Cairo');
    const competition = await aCompetition({ title: 'Cup 7', location: 'Hall 1' });
    await registerMany([english, german, arabic], competition);
    await allJobsSettled();
    const mailTo = async ({ email }: { email: string }) => {
      const { raw } = smtp.received.find(({ to }) => to === email) as { raw: string };
      return PostalMime.parse(raw);
    };
    const expected = [
      [english, 'lang="en" dir="ltr"', 'Hello Ada,', 'Leave the competition', 'All your messages', 'Where'],
      [german, 'lang="de" dir="ltr"', 'Hallo Änne,', 'Vom Wettbewerb abmelden', 'Alle deine Nachrichten', 'Wo'],
      [arabic, 'lang="ar" dir="rtl"', 'مرحبًا', 'الانسحاب من المسابقة', 'جميع رسائلك', 'المكان'],
    ] as const;
    for (const [person, direction, ...words] of expected) {
      const mail = await mailTo(person);
      expect(mail.html).toContain(`<html ${direction}>`);
      // Gmail drops the elements around the body.
      expect(mail.html).toMatch(new RegExp(`<table [^>]*${direction}`));
      for (const word of words) {
        expect(mail.html).toContain(word);
        expect(mail.text).toContain(word);
      }
      expect(mail.html).toMatch(new RegExp(`<td [^>]*>${words.at(-1)}</td><td [^>]*>\u2068?Hall 1`));
      expect(mail.attachments.map(({ filename }) => filename).sort()).toEqual(['competition.ics', 'ticket.png']);
      const ticket = mail.attachments.find(({ filename }) => filename === 'ticket.png');
      // The picture is in the mail, and the text says where it belongs.
      expect(ticket).toMatchObject({ mimeType: 'image/png', contentId: '<ticket>' });
      expect(mail.html).toContain('<img src="cid:ticket"');
      expect(mail.html).toMatch(/\d{3} \d{3} \d{3}/);
      expect(mail.text).toContain(`/tickets/${competition.id}`);
    }
    expect((await mailTo(arabic)).subject).toContain('\u2068Cup 7\u2069');
    const latin = ((await mailTo(arabic)).text ?? '').replace(/https?:\S+/g, '').match(/[A-Za-z]{2,}/g);
    expect(new Set(latin)).toEqual(new Set(['Cup', 'Hall', 'Mini', 'Compete']));
  });

  it('TM-21: the mail to somebody who joins has ticket and date once the team has its seats, and a link to leave the team', async () => {
    await worker?.close();
    worker = await startWorker({ databaseUrl: database.url, smtpUrl: smtp.url });
    const competition = await aTeamCompetition({ startDate: new Date('2030-05-01T10:00:00Z') });
    const [captain, early, late] = (await people(3)) as [Person, Person, Person];
    const team = await aTeam(competition, [captain]);
    const filesTo = async ({ email }: Person) => {
      const { raw } = smtp.received.findLast(({ to }) => to === email) as { raw: string };
      const { attachments, text } = await PostalMime.parse(raw);
      return {
        files: attachments.map(({ filename }) => filename).sort(),
        leavesTeam: text?.includes('Leave the team'),
      };
    };
    await joinTeam(team, early);
    await allJobsSettled();
    expect(await filesTo(early)).toEqual({ files: [], leavesTeam: false });
    await registerTeam(team);
    await joinTeam(team, late);
    await allJobsSettled();
    expect(await filesTo(late)).toEqual({ files: ['competition.ics', 'ticket.png'], leavesTeam: true });
  });
});
