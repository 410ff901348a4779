import { randomUUID } from 'node:crypto';
import { peopleOf } from '@mini-compete/shared/door-list';
import type { Person } from '../../../tools/src/testing/fixtures.js';
import { openDoorPage } from '../load/door-page.js';
import { type Figure, median } from '../report.js';
import type { Scenario } from '../scenario.js';

const LISTED = 5_000;
const CAME = 400;
/** The others show their ticket at both doors. */
const CAME_OFFLINE_ONLY = 200;
/** How many scans are timed in a round. */
const TIMED = 20;

const MEDIAN = 'result of a scan without a network, ms';
const SLOWEST = 'the slowest of 20 scans, ms';
const SYNC = 'scans sent after the network is back, s';
const LIST = 'list of a door with 5,000 people, kB';

type Holder = { readonly registrationId: string; readonly userId: string };

/** Two doors check 400 people in, one of them without a network. */
export async function checkIn(scenario: Scenario): Promise<Figure[]> {
  const fixtures = await scenario.fixtures('check_in');
  const people = await fixtures.people(LISTED);
  const [scanner] = (await fixtures.people(1)) as [Person];
  const front = await scenario.front(fixtures);
  for (let round = 0; round < Math.min(scenario.options.rounds, 3); round++) {
    console.log(`check-in, round ${round + 1}`);
    const id = await fixtures.competition({ capacity: LISTED });
    await scenario.register(fixtures, front.api, [id], people, { forMs: 60_000 });
    await fixtures.pool.query(
      `INSERT INTO competition_staff (competition_id, user_id, role) VALUES ($1, $2, 'SCANNER')`,
      [id, scanner.id],
    );
    const online = doorOf(front.api.url, id, scanner);
    const { holders, bytes } = await online.open();
    scenario.record(LIST, bytes / 1_000);
    const tickets = await ticketsOf(front.api.url, id, people.slice(0, CAME));
    const offline = await openDoorPage(front.url, id, scanner.token);
    try {
      const times = await offline.scanTimes(tickets.slice(0, TIMED));
      scenario.record(MEDIAN, median(times));
      scenario.record(SLOWEST, Math.max(...times));
      // As many as if all of them had come where there is no network.
      await offline.scan(tickets.slice(TIMED));
      const ids = new Set(people.slice(CAME_OFFLINE_ONLY, CAME).map((person) => person.id));
      await online.upload(holders.filter(({ userId }) => ids.has(userId)));
      scenario.record(SYNC, (await offline.sendingTime()) / 1_000);
    } finally {
      await offline.close();
    }
    const { rows } = await fixtures.pool.query<{ came: number; scans: number }>(
      `SELECT count(*) FILTER (WHERE result = 'WELCOME')::int AS came, count(*)::int AS scans
       FROM check_ins WHERE competition_id = $1`,
      [id],
    );
    const expected = { came: CAME, scans: CAME + CAME - CAME_OFFLINE_ONLY };
    if (JSON.stringify(rows[0]) !== JSON.stringify(expected))
      throw new Error(`Scanned: ${JSON.stringify(expected)}, counted: ${JSON.stringify(rows[0])}`);
  }
  await scenario.ensureAllInvariants(fixtures);
  await front.stop();
  await fixtures.close();
  const figure = (name: string, unit: string, atMost: number, from: string): Figure => ({
    figure: name.slice(0, name.lastIndexOf(',')),
    rounds: scenario.valuesOf(name),
    unit,
    goal: { atMost },
    from,
  });
  return [
    figure(LIST, ' kB', 400, 'the response that a door keeps'),
    figure(SYNC, ' s', 5, `${CAME} scans by the page of a door, half of them known from another door`),
    figure(MEDIAN, ' ms', 100, `${TIMED} tickets in Chromium, with the CPU throttled to a quarter`),
    figure(SLOWEST, ' ms', 100, 'the same'),
  ];
}

/** A device at a door: the list, and uploads of people whom it has chosen from it. */
function doorOf(url: string, competitionId: string, { token }: Person) {
  const door = { id: randomUUID() as string, name: 'Door' };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const path = `${url}/api/competitions/${competitionId}`;
  return {
    async open(): Promise<{ holders: Holder[]; bytes: number }> {
      const response = await fetch(`${path}/door?door=${door.id}&name=${door.name}`, { headers });
      const text = await response.text();
      if (response.status !== 200) throw new Error(text);
      return { holders: peopleOf(JSON.parse(text).list), bytes: Buffer.byteLength(text) };
    },
    async upload(holders: readonly Holder[]): Promise<void> {
      const now = new Date().toISOString();
      const scans = holders.map(({ registrationId, userId }) => ({
        ...{ id: randomUUID() as string, at: now, deviceNow: now },
        ...{ registrationId, userId },
      }));
      const body = JSON.stringify({ door, scans });
      const response = await fetch(`${path}/check-ins`, { method: 'POST', headers, body });
      if (response.status !== 200) throw new Error(await response.text());
    },
  };
}

async function ticketsOf(url: string, competitionId: string, people: readonly Person[]): Promise<string[]> {
  const tickets: string[] = [];
  for (const { token } of people) {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${url}/api/competitions/${competitionId}/ticket`, { headers });
    if (response.status !== 200) throw new Error(await response.text());
    tickets.push(((await response.json()) as { ticket: string }).ticket);
  }
  return tickets;
}
