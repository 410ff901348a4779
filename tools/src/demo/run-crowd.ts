import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoClient } from './client.js';
import { ORGANIZERS, POP_UPS } from './competitions.js';
import { type CrowdAction, type LiveCompetition, nextAction, pauseMs } from './crowd.js';
import type { DemoPerson } from './people.js';
import type { Random } from './random.js';

const REFRESH_MS = 4_000;
const POP_UP_INTERVAL_MS = 180_000;
const RETRY_DELAY_MS = 1_000;

interface Crowd {
  readonly client: DemoClient;
  readonly people: readonly DemoPerson[];
  /** By competition, the numbers of those who are registered or waitlisted. */
  readonly registered: Map<string, Set<number>>;
  readonly random: Random;
}

/** Runs until the process ends. A failed request does not end it: the API may be restarting. */
export async function runCrowd(crowd: Crowd): Promise<never> {
  let competitions: LiveCompetition[] = [];
  let readAt = Number.NEGATIVE_INFINITY;
  let popUpAt = Date.now() + POP_UP_INTERVAL_MS;
  for (let popUps = 0; ; ) {
    try {
      if (Date.now() - readAt > REFRESH_MS) {
        competitions = await acceptingCompetitions(crowd.client);
        readAt = Date.now();
      }
      if (Date.now() > popUpAt) {
        popUpAt += POP_UP_INTERVAL_MS;
        await createPopUp(crowd.client, popUps++);
      }
      const action = nextAction(competitions, crowd.registered, crowd.people.length, Date.now(), crowd.random);
      if (action) await perform(crowd, action);
      await sleep(pauseMs(competitions, Date.now(), crowd.random));
    } catch {
      await sleep(RETRY_DELAY_MS);
    }
  }
}

async function acceptingCompetitions(client: DemoClient): Promise<LiveCompetition[]> {
  const pages = await Promise.all(
    ['open', 'full'].map((status) =>
      client.get<{ items: LiveCompetition[] }>(`/competitions?status=${status}&limit=100`),
    ),
  );
  return pages.flatMap(({ items }) => items);
}

async function perform({ client, people, registered }: Crowd, { kind, competition, person }: CrowdAction) {
  const email = people[person]?.email ?? '';
  const path = `/competitions/${competition.id}/register`;
  const status =
    kind === 'register'
      ? await client.act(email, 'POST', path, { joinWaitlist: competition.waitlist })
      : await client.act(email, 'DELETE', path);
  if (status >= 300) return;
  const inside = registered.get(competition.id) ?? new Set();
  registered.set(competition.id, inside);
  if (kind === 'register') inside.add(person);
  else inside.delete(person);
}

/** An organizer creates a competition that opens in three minutes, and closes an hour later. */
async function createPopUp(client: DemoClient, number: number): Promise<void> {
  const { title, tags, capacity } = POP_UPS[number % POP_UPS.length] as (typeof POP_UPS)[number];
  const round = Math.floor(number / POP_UPS.length) + 1;
  const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  const organizer = ORGANIZERS[number % ORGANIZERS.length] as (typeof ORGANIZERS)[number];
  await client.act(organizer.email, 'POST', '/competitions', {
    title: round === 1 ? title : `${title}, round ${round}`,
    description: 'First come, first served. It takes *ten minutes*, and everybody stays for the results.',
    ...{ tags, capacity, location: 'Town Hall, foyer' },
    ...{ regOpensAt: inMinutes(3), regDeadline: inMinutes(63), startDate: inMinutes(120) },
  });
}
