import type { Fixtures, Person } from '../../../tools/src/testing/fixtures.js';
import { type ProductProcess, startWorker } from '../../../tools/src/testing/product-process.js';
import { waitFor } from '../../../tools/src/testing/wait-for.js';
import { type Figure, median } from '../report.js';
import { PeoplePool, type Scenario } from '../scenario.js';

const RECIPIENTS = 10_000;
const LARGE_CAPACITY = 100_000;
const MAX_PER_RUN = 80_000;
const MINUTE_MS = 60_000;

const IDLE = 'announced while idle, seconds';
const ALONE = 'registering, the worker on';
const BESIDE = 'registering beside an announcement';
const UNDER_LOAD = 'announced beside registering, seconds';

/** How long an announcement takes into all mailboxes, and what it takes away from people who register meanwhile. */
export async function announcing(scenario: Scenario): Promise<Figure[]> {
  const { options } = scenario;
  const fixtures = await scenario.fixtures('announcing');
  const api = await scenario.api(fixtures);
  const [owner] = (await fixtures.people(1, 'ADMIN')) as [Person];
  const audience = await fixtures.competition({ capacity: LARGE_CAPACITY });
  const load = { forMs: MINUTE_MS };
  await scenario.register(fixtures, api, [audience], await fixtures.people(RECIPIENTS), load);
  const worker = await startWorker({ databaseUrl: fixtures.databaseUrl });
  const drained = () =>
    waitFor('all messages are written', async () => (await unsettled(fixtures)) === 0, 5 * MINUTE_MS);
  const people = new PeoplePool(await fixtures.people(2 * MAX_PER_RUN));
  const register = async () => {
    const one = [await fixtures.competition({ capacity: LARGE_CAPACITY })];
    // Longer than elsewhere: the throttle adapts once a second.
    return scenario.register(fixtures, api, one, people.take(MAX_PER_RUN), { forMs: 3 * options.forMs });
  };
  await drained();
  for (let round = 0; round < options.rounds; round++) {
    console.log(`announcing, round ${round + 1} of ${options.rounds}`);
    if (round === 0) await register(); // warm-up
    await drained();
    const idle = await announce(fixtures, api, owner, audience);
    const start = performance.now();
    const written = () => countWritten(fixtures, idle);
    await waitFor('everyone has it', async () => (await written()) === RECIPIENTS, MINUTE_MS);
    scenario.record(IDLE, (performance.now() - start) / 1_000);

    scenario.record(ALONE, (await register()).perSecond);
    await drained();
    const running = register();
    const beside = await announce(fixtures, api, owner, audience);
    await waitFor('it has begun', async () => (await countWritten(fixtures, beside)) > 0, MINUTE_MS);
    const [from, begin] = [await countWritten(fixtures, beside), performance.now()];
    scenario.record(BESIDE, (await running).perSecond);
    const perSecond = ((await countWritten(fixtures, beside)) - from) / ((performance.now() - begin) / 1_000);
    scenario.record(UNDER_LOAD, RECIPIENTS / perSecond);
    await drained();
  }
  await scenario.ensureAllInvariants(fixtures);
  await worker.stop();
  await api.stop();
  await fixtures.close();
  const to = `to ${RECIPIENTS.toLocaleString('en')} people`;
  return [
    {
      figure: `an announcement ${to}, in mailboxes`,
      rounds: scenario.valuesOf(IDLE),
      unit: ' s',
      goal: { atMost: 20 },
      from: 'nobody registers meanwhile; without the ten seconds for an undo',
    },
    {
      figure: 'the same while people register',
      rounds: scenario.valuesOf(UNDER_LOAD),
      unit: ' s',
      goal: { atMost: 100 },
      from: 'messages written during the measurement, and 256 connections that register',
    },
    {
      figure: 'registering beside an announcement',
      rounds: scenario.ratios(BESIDE, ALONE),
      unit: ' ×',
      goal: { atLeast: 0.85 },
      from: `${median(scenario.valuesOf(BESIDE)).toFixed(0)}/s against ${median(scenario.valuesOf(ALONE)).toFixed(0)}/s`,
    },
  ];
}

/** Writes, previews and sends to everyone, and ends the time for an undo. Returns the id. */
async function announce(
  { pool }: Fixtures,
  api: ProductProcess,
  { token }: Person,
  competitionId: string,
): Promise<string> {
  // Each round is another day: ten thousand a round are more than the quota.
  await pool.query('DELETE FROM daily_quotas');
  const post = async (path: string, body: object = {}) => {
    const response = await fetch(`${api.url}/api/competitions/${competitionId}/announcements${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text) as { id: string };
  };
  const body = 'Hello {{name}},\n\n**{{competition}}** starts {{start}}. [Leave]({{leaveLink}}) if you can’t come.';
  const { id } = await post('', { subject: 'News about {{competition}}', body, audience: { everyone: true } });
  const preview = await post(`/${id}/preview`);
  await post(`/${id}/send`, { previewId: preview.id });
  await pool.query(
    `WITH due AS (UPDATE outbox SET due_at = now() WHERE job = 'announce' AND settled_at IS NULL)
     SELECT pg_notify('outbox', '')`,
  );
  return id;
}

async function countWritten({ pool }: Fixtures, id: string): Promise<number> {
  const { rows } = await pool.query<{ handled: number }>('SELECT handled FROM announcements WHERE id = $1', [id]);
  return rows[0]?.handled ?? 0;
}

async function unsettled({ pool }: Fixtures): Promise<number> {
  const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM outbox WHERE settled_at IS NULL');
  return rows[0]?.n ?? 0;
}
