import type { Fixtures, Person } from '../../../tools/src/testing/fixtures.js';
import type { ProductProcess } from '../../../tools/src/testing/product-process.js';
import type { Figure } from '../report.js';
import { PeoplePool, type Scenario } from '../scenario.js';

const APPLICATIONS = 10_000;
const SEATS = 5_000;
/** The API takes no more in one request. */
const BATCH_SIZE = 256;
/** More than can be admitted during one run. */
const LARGE_CAPACITY = 100_000;
const MAX_PER_RUN = 25_000;

/** How many of 10,000 applications the staff decides per second, half of which get a seat. */
export async function deciding(scenario: Scenario): Promise<Figure[]> {
  const fixtures = await scenario.fixtures('deciding');
  const people = new PeoplePool(await fixtures.people(MAX_PER_RUN));
  const api = await scenario.api(fixtures);
  for (let round = 0; round < Math.min(scenario.options.rounds, 3); round++) {
    console.log(`deciding, round ${round + 1}`);
    const competitionId = await fixtures.competition({ capacity: LARGE_CAPACITY });
    const { perSecond } = await scenario.register(fixtures, api, [competitionId], people.take(MAX_PER_RUN));
    scenario.record('registered, for comparison', perSecond);
    scenario.record('decided', await decisionsPerSecond(fixtures, api, people.take(APPLICATIONS)));
  }
  await scenario.ensureAllInvariants(fixtures);
  await api.stop();
  await fixtures.close();
  return [
    {
      figure: 'deciding on 10,000 applications, against registering',
      rounds: scenario.ratios('decided', 'registered, for comparison'),
      unit: ' ×',
      goal: { atLeast: 1 },
      from: `requests of ${BATCH_SIZE}, one after the other`,
    },
  ];
}

async function decisionsPerSecond(fixtures: Fixtures, api: ProductProcess, people: readonly Person[]): Promise<number> {
  const { pool } = fixtures;
  const competitionId = await fixtures.competition({ capacity: SEATS });
  const [owner] = (await fixtures.people(1)) as [Person];
  await pool.query(`UPDATE competitions SET admission_mode = 'APPROVAL' WHERE id = $1`, [competitionId]);
  await pool.query(`INSERT INTO competition_staff (competition_id, user_id, role) VALUES ($1, $2, 'MANAGER')`, [
    competitionId,
    owner.id,
  ]);
  const { rows } = await pool.query<{ id: string }>(
    `WITH applied AS (
       INSERT INTO registrations (competition_id, user_id, status) SELECT $1, id, 'APPLIED' FROM unnest($2::uuid[]) AS id
       RETURNING id
     ), enqueued AS (
       INSERT INTO outbox (queue, job, payload)
       SELECT 'registration', 'applied', jsonb_build_object('registrationId', id) FROM applied
     )
     SELECT id FROM applied`,
    [competitionId, people.map(({ id }) => id)],
  );
  await pool.query('ANALYZE registrations');
  const startedAt = performance.now();
  for (let from = 0; from < rows.length; from += BATCH_SIZE) {
    const batch = rows.slice(from, from + BATCH_SIZE);
    const response = await fetch(`${api.url}/api/competitions/${competitionId}/applications/decide`, {
      method: 'POST',
      headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ decisions: batch.map(({ id }) => ({ registrationId: id, decision: 'ACCEPT' })) }),
    });
    const { items } = (await response.json()) as { items?: { code?: string }[] };
    if (response.status !== 200 || items?.some(({ code }) => code !== undefined))
      throw new Error(`${response.status} ${JSON.stringify(items?.find(({ code }) => code !== undefined))}`);
  }
  return rows.length / ((performance.now() - startedAt) / 1_000);
}
