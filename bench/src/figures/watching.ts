import { registerRequest } from '../../../tools/src/testing/http-requests.js';
import type { ProductProcess } from '../../../tools/src/testing/product-process.js';
import type { Figure } from '../report.js';
import type { Scenario } from '../scenario.js';

const SUBSCRIBERS = 5_000;

/** Many browsers have the event stream of one competition open while a person registers. */
export async function watching(scenario: Scenario): Promise<Figure[]> {
  console.log('watching');
  const fixtures = await scenario.fixtures('watching');
  const competitionId = await fixtures.competition({ capacity: 100 });
  const [person] = await fixtures.people(1);
  if (person === undefined) throw new Error('No person was created');
  const front = await scenario.front(fixtures);
  const result = await scenario.load.subscribe({
    url: front.url,
    subscribers: SUBSCRIBERS,
    path: `/api/competitions/${competitionId}/events`,
    pids: [front.api, front.web].map(pidOf),
    change: registerRequest(competitionId, person, 'watched'),
  });
  scenario.record('memory of the subscribers, MB', result.memoryMb);
  scenario.record('last subscriber notified, ms', result.lastNotifiedMs);
  await front.stop();
  await fixtures.close();
  return [
    {
      figure: `memory of ${SUBSCRIBERS} subscribers`,
      rounds: [result.memoryMb],
      unit: ' MB',
      goal: { atMost: 250 },
      from: 'in addition to the idle API and web app, together',
    },
    {
      figure: 'the last of them notified',
      rounds: [result.lastNotifiedMs],
      unit: ' ms',
      goal: { atMost: 2_000 },
      from: `the first after ${result.firstNotifiedMs.toFixed(0)} ms`,
    },
  ];
}

function pidOf({ child }: ProductProcess): number {
  if (child.pid === undefined) throw new Error('A process has not started');
  return child.pid;
}
