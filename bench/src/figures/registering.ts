import type { World } from '../house/world.js';
import { type Figure, median } from '../report.js';
import { Crowd, type Stage } from '../stage.js';

const TEXTBOOK_CONNECTIONS = [1, 4, 16, 64];
/** More than can be let in during one run. */
const PLENTY = 100_000;
const MOST_IN_A_RUN = 25_000;

export async function registering(stage: Stage): Promise<Figure[]> {
  const { options } = stage;
  const world = await stage.world('registering');
  const crowd = new Crowd(await world.people(2 * MOST_IN_A_RUN));
  const api = await stage.api(world);
  const big = await stage.world('big');
  const bigCrowd = new Crowd(await fill(big, options));
  const bigApi = await stage.api(big);

  for (let round = 0; round < options.rounds; round++) {
    console.log(`registering, round ${round + 1} of ${options.rounds}`);
    const inTurn: (() => Promise<unknown>)[] = [
      async () => stage.note('textbook, its best', await textbook(stage, world, crowd)),
      async () => {
        const one = [await world.competition({ capacity: PLENTY })];
        stage.note('one competition', (await stage.registering(world, api, one, crowd.take(MOST_IN_A_RUN))).perSecond);
      },
      async () => {
        const one = [await big.competition({ capacity: PLENTY })];
        stage.note('big table', (await stage.registering(big, bigApi, one, bigCrowd.take(MOST_IN_A_RUN))).perSecond);
      },
      async () => {
        const many = await world.competitions(1_000, { capacity: PLENTY });
        stage.note(
          '1,000 competitions',
          (await stage.registering(world, api, many, crowd.take(MOST_IN_A_RUN))).perSecond,
        );
      },
      async () => {
        const full = [await world.competition({ capacity: 1 })];
        stage.note('sold out', (await stage.registering(world, api, full, crowd.take(MOST_IN_A_RUN))).perSecond);
      },
    ];
    // Each round in another order: nobody always has the caches, or the checkpoint, of the same neighbour.
    for (let i = 0; i < inTurn.length; i++) await inTurn[(i + round) % inTurn.length]?.();
    const rate = median(stage.of('one competition')) / 2;
    const half = [await world.competition({ capacity: PLENTY })];
    const paced = await stage.registering(world, api, half, crowd.take(MOST_IN_A_RUN), { rate });
    stage.note('p99 at half load, ms', paced.p99);
  }
  await stage.ensureAllSound(world);
  await Promise.all([api.stop(), bigApi.stop()]);
  await Promise.all([world.close(), big.close()]);

  const ratio = (figure: string, above: string, below: string, atLeast: number): Figure => ({
    figure,
    reached: median(stage.ratios(above, below)),
    unit: ' ×',
    goal: { atLeast },
    from: `${median(stage.of(above)).toFixed(0)}/s against ${median(stage.of(below)).toFixed(0)}/s`,
  });
  return [
    ratio('registering, against the textbook', 'one competition', 'textbook, its best', 5),
    ratio('spread over 1,000 competitions', '1,000 competitions', 'one competition', 0.5),
    ratio(`with ${options.registrations.toLocaleString('en')} registrations`, 'big table', 'one competition', 0.8),
    ratio('"full" on a sold-out one', 'sold out', 'one competition', 1.5),
    {
      figure: 'p99 at half of that load',
      reached: median(stage.of('p99 at half load, ms')),
      unit: ' ms',
      goal: { atMost: 100 },
      from: `${(median(stage.of('one competition')) / 2).toFixed(0)} registrations/s`,
    },
    {
      figure: 'refused without reason',
      reached: stage.refused,
      unit: '',
      goal: { atMost: 0 },
      from: 'in all of these',
    },
  ];
}

async function textbook(stage: Stage, world: World, crowd: Crowd): Promise<number> {
  const results: number[] = [];
  for (const connections of TEXTBOOK_CONNECTIONS) {
    const competitionId = await world.competition({ capacity: PLENTY });
    const outcome = await stage.load.textbook({
      databaseUrl: world.databaseUrl,
      connections,
      forMs: stage.options.forMs / 2,
      competitionId,
      people: crowd.take(MOST_IN_A_RUN),
    });
    await stage.ensureSound(world, [competitionId], outcome);
    results.push(outcome.perSecond);
  }
  return Math.max(...results);
}

/** What years have left behind: everybody in many competitions, all told long ago. */
async function fill(world: World, { registrations, users }: Stage['options']) {
  console.log(`Filling the big table with ${registrations.toLocaleString('en')} registrations`);
  const people = await world.people(users);
  const competitions = await world.competitions(1_000, { capacity: PLENTY });
  const client = await world.pool.connect();
  // Loaded as a restore does it: neither keys nor references are checked row by row.
  await client.query('SET session_replication_role = replica');
  await client.query(
    `INSERT INTO registrations (competition_id, user_id, status)
     SELECT ($1::uuid[])[n % 1000 + 1], ($2::uuid[])[((n % 1000) * 200 + n / 1000) % $4 + 1], 'CONFIRMED'
     FROM generate_series(0, $3::int - 1) AS n`,
    [competitions, people.map(({ id }) => id), registrations, users],
  );
  await client.query('UPDATE competitions SET seats_left = capacity - $1::int', [registrations / 1_000]);
  await client.query('SET session_replication_role = DEFAULT');
  await client.query('VACUUM ANALYZE');
  client.release();
  return people;
}
