import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSmtp, type TestSmtp } from '../apps/backend/test/support/smtp.js';
import type { Person } from '../tools/src/testing/fixtures.js';
import { waitFor } from '../tools/src/testing/wait-for.js';
import { requestsFor, sendAll } from './harness/client.js';
import { Environment } from './harness/environment.js';
import { History } from './harness/history.js';

const RECIPIENTS = 2_000;
const TIMEOUT_MS = 300_000;

let environment: Environment;
let smtp: TestSmtp;
beforeAll(async () => {
  environment = await Environment.open();
  smtp = await startSmtp();
});
afterAll(async () => {
  await environment.close();
  await smtp.close();
});

const count = async (from: string): Promise<number> =>
  (await environment.fixtures.pool.query(`SELECT count(*)::int AS n FROM ${from}`)).rows[0].n;
const ANNOUNCED = `mailbox_messages WHERE kind = 'ANNOUNCEMENT'`;

/** Writes, previews and sends to everyone, and ends the time for an undo. */
async function announce(url: string, { token }: Person, competitionId: string): Promise<void> {
  const post = async (path: string, body: object = {}) => {
    const response = await fetch(`${url}/api/competitions/${competitionId}/announcements${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as { id: string };
  };
  const { id } = await post('', { subject: 'Drill', body: 'Hello {{name}}.', audience: { everyone: true } });
  const preview = await post(`/${id}/preview`);
  await post(`/${id}/send`, { previewId: preview.id });
  await environment.fixtures.pool.query(
    `WITH due AS (UPDATE outbox SET due_at = now() WHERE job = 'announce' AND settled_at IS NULL)
     SELECT pg_notify('outbox', '')`,
  );
}

describe('kill -9 of the worker', () => {
  it(
    'BM-02 half-way through an announcement to 2,000 people, and again among its mails: one message each, and one mail each or unknown',
    async () => {
      const { fixtures } = environment;
      const api = await environment.api();
      const history = new History();
      const competitionId = await fixtures.competition({ capacity: RECIPIENTS });
      const people = await fixtures.people(RECIPIENTS);
      await sendAll(requestsFor(people, competitionId), [api], history, 64);
      const silent = await environment.worker();
      await waitFor('all are confirmed', async () => (await count('outbox WHERE settled_at IS NULL')) === 0, 120_000);
      await silent.kill();

      const [admin] = (await fixtures.people(1, 'ADMIN')) as [Person];
      const withMail = { env: { SMTP_URL: smtp.url, WORKER_CONCURRENCY: '20' } };
      // However fast the machine is, there is time to kill the worker between two batches.
      await fixtures.pool.query(`
        CREATE FUNCTION pause() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.5); RETURN NEW; END $$;
        CREATE TRIGGER pause BEFORE UPDATE ON announcements FOR EACH ROW EXECUTE FUNCTION pause()`);
      const first = await environment.worker(withMail);
      await announce(api.url, admin, competitionId);
      await waitFor('some messages are written', async () => (await count(ANNOUNCED)) > 0, 60_000);
      await first.kill();
      expect(await count(ANNOUNCED)).toBeLessThan(RECIPIENTS);
      await fixtures.pool.query('DROP TRIGGER pause ON announcements');

      // As if the lease of the killed worker's rows had ended.
      const endLeases = () => fixtures.pool.query('UPDATE outbox SET due_at = now() WHERE settled_at IS NULL');
      await endLeases();
      const second = await environment.worker(withMail);
      await waitFor('some mails have gone out', () => smtp.received.length > 300, 120_000);
      await second.kill();
      await endLeases();
      await environment.worker(withMail);
      await waitFor(
        'no mail waits',
        async () =>
          (await count(ANNOUNCED)) === RECIPIENTS && (await count(`${ANNOUNCED} AND delivery = 'QUEUED'`)) === 0,
        180_000,
      );

      const { rows } = await fixtures.pool.query<{ email: string; sent: boolean }>(
        `SELECT u.email, m.delivery = 'SENT' AS sent FROM mailbox_messages m JOIN users u ON u.id = m.user_id
         WHERE m.kind = 'ANNOUNCEMENT'`,
      );
      expect(new Set(rows.map(({ email }) => email)).size).toBe(RECIPIENTS);
      const received = new Map<string, number>();
      for (const { to } of smtp.received) received.set(to, (received.get(to) ?? 0) + 1);
      expect([...received.values()].filter((mails) => mails > 1)).toEqual([]);
      // The others were with the killed worker: nobody knows, so nothing is sent again.
      const unknown = rows.filter(({ sent }) => !sent);
      expect(unknown.length).toBeLessThanOrEqual(20);
      expect(rows.filter(({ email, sent }) => sent && !received.has(email))).toEqual([]);
      expect(await environment.brokenInvariants()).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
