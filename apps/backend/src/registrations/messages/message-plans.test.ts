import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { eventually } from '../../../test/support/eventually.js';
import { aCompetition, anOrganizer, people, registerMany } from '../../../test/support/factories.js';
import { rows } from '../../../test/support/queries.js';
import { startSmtp, type TestSmtp } from '../../../test/support/smtp.js';
import { NEVER, startWorker } from '../../../test/support/worker.js';

const PEOPLE = 200;
/** By the claims and the handlers of a message and of its mail. Reading the other jobs takes hundreds. */
const ENTRIES_PER_PERSON = 20;

let api: TestApi;
let smtp: TestSmtp;
beforeAll(async () => {
  api = await startApi();
  smtp = await startSmtp();
});
afterAll(async () => {
  await smtp.close();
  await api.close();
});

async function registerAndSendMails(): Promise<void> {
  const sentBefore = smtp.received.length;
  await registerMany(await people(PEOPLE), await aCompetition({ organizer: await anOrganizer(), capacity: PEOPLE }));
  // Their statistics are written when its connections end.
  const worker = await startWorker({
    databaseUrl: api.env.databaseUrl,
    smtpUrl: smtp.url,
    cronReminderSchedule: NEVER,
  });
  // Asking the outbox would read the index that is measured.
  await eventually(
    () => smtp.received.length - sentBefore,
    (sent) => sent === PEOPLE,
    60_000,
  );
  await worker.close();
}

/** Entries read so far of the indexes of what is due or under way, dead ones too. */
const entriesRead = () =>
  rows<{ index: string; n: number }>(
    `SELECT indexrelname AS index, idx_tup_read::int AS n FROM pg_stat_user_indexes
     WHERE indexrelname IN ('outbox_due', 'messages_under_way') ORDER BY 1`,
  );

describe('messages and mails of many people', () => {
  it('R20 are found by their ids, also when statistics were made while nothing was due', async () => {
    await registerAndSendMails();
    await rows('VACUUM ANALYZE outbox, mailbox_messages');
    const before = await entriesRead();
    await registerAndSendMails();
    const after = await entriesRead();
    const read = after.map(({ index, n }, i) => [index, n - (before[i]?.n ?? 0)] as const);
    expect(read.filter(([, n]) => n > PEOPLE * ENTRIES_PER_PERSON)).toEqual([]);
  });
});
