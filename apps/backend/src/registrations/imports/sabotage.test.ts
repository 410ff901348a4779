import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { aCompetition, anOrganizer } from '../../../test/support/factories.js';
import { invitationClient } from '../../../test/support/invitation-client.js';
import { allJobsSettled, runJob } from '../../../test/support/jobs.js';
import { countRows, rows } from '../../../test/support/queries.js';
import { rewriteStatements } from '../../../test/support/sabotage.js';
import { startWorker } from '../../../test/support/worker.js';
import { isUnsettledJob } from '../../platform/queue/outbox.js';

let api: TestApi;
let worker: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => {
  api = await startApi({ requireVerifiedEmail: false });
  worker = await startWorker({ ...api.env });
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  await worker.close();
  await api.close();
});

/** An import of two people, whose job then runs once more. Returns how often they were invited. */
async function runAgain(): Promise<number | undefined> {
  const organizer = await anOrganizer();
  const competition = await aCompetition({ organizer });
  const client = invitationClient(api.url);
  const { id: importId } = (await client.upload(organizer, competition, 'email\na@example.org\nb@example.org')).body;
  await client.commit(organizer, competition, importId);
  await allJobsSettled();
  const [job] = await rows<{ id: string }>(`SELECT id FROM outbox WHERE job = 'import' AND payload->>'importId' = $1`, [
    importId,
  ]);
  await runJob(worker.app, 'import', job!.id, { importId });
  const own = `SELECT id::text FROM invitations WHERE import_id = '${importId}'`;
  return countRows('outbox', `job = 'invited' AND payload->>'invitationId' IN (${own})`);
}

const withoutPosition = (text: string) => text.replace('r.row > $2', '$2::int IS NOT NULL');
/** The import's own: other jobs need theirs. */
const withoutSettled = (text: string) =>
  text.replace(
    `SELECT FROM outbox WHERE id = $1 AND ${isUnsettledJob()} FOR UPDATE`,
    'SELECT FROM outbox WHERE id = $1',
  );

describe('an import whose job runs once more', () => {
  it('invites nobody again', async () => {
    expect(await runAgain()).toBe(2);
  });

  it.each([
    ['the position of the import', withoutPosition],
    ['the look whether the job is settled', withoutSettled],
  ])('invites nobody again without %s: the other protection is left', async (_, rewrite) => {
    rewriteStatements(rewrite);
    expect(await runAgain()).toBe(2);
  });

  it('sabotage: without both, everybody is invited again', async () => {
    rewriteStatements((text) => withoutSettled(withoutPosition(text)));
    expect(await runAgain()).toBe(4);
  });
});
