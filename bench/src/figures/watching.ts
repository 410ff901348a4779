import type { Program } from '../house/process.js';
import { registerRequest } from '../load/requests.js';
import type { Figure } from '../report.js';
import type { Stage } from '../stage.js';

const WATCHERS = 5_000;

/** So many people look at one competition, through the address that browsers use, while somebody takes a seat. */
export async function watching(stage: Stage): Promise<Figure[]> {
  console.log('watching');
  const world = await stage.world('watching');
  const competitionId = await world.competition({ capacity: 100 });
  const [person] = await world.people(1);
  if (person === undefined) throw new Error('Nobody is there');
  const front = await stage.front(world);
  const seen = await stage.load.watch({
    url: front.url,
    watchers: WATCHERS,
    path: `/api/competitions/${competitionId}/events`,
    pids: [front.api, front.web].map(pidOf),
    change: registerRequest(competitionId, person, 'watched'),
  });
  stage.note('memory of the watchers, MB', seen.memoryMb);
  stage.note('the last one told, ms', seen.lastToldMs);
  await front.stop();
  await world.close();
  return [
    {
      figure: `memory of ${WATCHERS} watchers`,
      reached: seen.memoryMb,
      unit: ' MB',
      goal: { atMost: 250 },
      from: 'on top of the idle API and web app, together',
    },
    {
      figure: 'the last of them told',
      reached: seen.lastToldMs,
      unit: ' ms',
      goal: { atMost: 2_000 },
      from: `the first after ${seen.firstToldMs.toFixed(0)} ms`,
    },
  ];
}

function pidOf({ child }: Program): number {
  if (child.pid === undefined) throw new Error('A process has not started');
  return child.pid;
}
