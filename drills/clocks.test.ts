import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, everybody } from './harness/client.js';
import { History, nameOf } from './harness/history.js';
import { House } from './harness/house.js';

const HOURS = 3_600_000;
const preload = ['--import', fileURLToPath(new URL('./harness/shift-clock.mjs', import.meta.url))];

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterAll(() => house.close());

async function deadlineOf(competitionId: string): Promise<number> {
  const { rows } = await house.world.pool.query('SELECT reg_deadline AS at FROM competitions WHERE id = $1', [
    competitionId,
  ]);
  return rows[0].at.getTime();
}

describe.each([
  ['right', 0],
  ['two hours ahead', 2 * HOURS],
  ['two hours behind', -2 * HOURS],
])('with an API whose clock is %s', (_name, shift) => {
  it('AD-08 the deadline is decided by the clock of the database, to the millisecond', async () => {
    const api = await house.api({ nodeArgs: preload, env: { CLOCK_SHIFT_MS: String(shift) } });
    const history = new History();
    const client = new Client([api], history);
    const people = await house.world.people(2_000);
    const competitionId = await house.world.competition({ capacity: 10_000, closesInMs: 1_000 });
    const deadline = await deadlineOf(competitionId);

    // One after the other across the deadline: each knows before when it asked and after when it heard.
    for (const asked of everybody(people, competitionId)) {
      const { heardAt } = await client.once(asked);
      if (heardAt > deadline + 200) break;
    }
    client.close();
    const tooLate = history.accepted.filter(({ sentAt }) => sentAt > deadline);
    const tooEarly = history.heard.filter((heard) => nameOf(heard) !== '201' && heard.heardAt < deadline);
    expect({ tooLate, tooEarly }).toEqual({ tooLate: [], tooEarly: [] });
    expect(Object.keys(history.outcomes()).sort()).toEqual(['201', 'REGISTRATION_CLOSED']);
    expect(await history.violations(house.world)).toEqual([]);
    await api.kill();
  });
});

describe('an API that stands still over the deadline', () => {
  it('AD-23 lets in who arrived in time', async () => {
    const api = await house.api();
    const history = new History();
    const people = await house.world.people(40);
    const open = await house.world.competition({ capacity: 100 });
    const closing = await house.world.competition({ capacity: 100, closesInMs: 3_000 });
    const deadline = await deadlineOf(closing);
    const clients = people.map(() => new Client([api], history));
    // The connections are open before, as those of people are who sit in front of the page.
    await Promise.all(everybody(people, open).map((asked, i) => clients[i]?.once(asked)));

    await pause(deadline - Date.now() - 300);
    api.signal('SIGSTOP');
    const answers = everybody(people, closing).map((asked, i) => (clients[i] as Client).once(asked));
    expect(Date.now()).toBeLessThan(deadline);
    await pause(2_000);
    api.signal('SIGCONT');
    expect(new Set((await Promise.all(answers)).map(nameOf))).toEqual(new Set(['201']));

    const [late] = everybody(await house.world.people(1), closing);
    expect(late && nameOf(await new Client([api], history).once(late))).toBe('REGISTRATION_CLOSED');
    expect(await history.violations(house.world)).toEqual([]);
  });
});
