import { expect, it } from 'vitest';
import { type LiveCompetition, nextAction, pauseMs } from './crowd.js';
import { seededRandom } from './random.js';

const NOW = Date.parse('2026-05-01T10:00:00Z');
const CROWD_SIZE = 400;
const competition = (id: string, changes: Partial<LiveCompetition> = {}): LiveCompetition => ({
  id,
  capacity: 100,
  status: 'open',
  waitlist: true,
  regOpensAt: null,
  ...changes,
});
const wanted = competition('ffff'); // its id gives it the highest demand, 140 for 100 seats
const quiet = competition('0000'); // 65 for 100 seats

/** Performs the actions of the crowd, and fails on one that the API would refuse. */
function simulate(competitions: LiveCompetition[], actions: number, seed = 1) {
  const random = seededRandom(seed);
  const registered = new Map(competitions.map(({ id }) => [id, new Set<number>()]));
  const history: string[] = [];
  for (let turn = 0; turn < actions; turn++) {
    const action = nextAction(competitions, registered, CROWD_SIZE, NOW, random);
    if (!action) continue;
    const { kind, person, competition } = action;
    const inside = registered.get(competition.id) ?? new Set();
    if (kind === 'register') expect(inside.has(person)).toBe(false);
    else expect(inside.has(person)).toBe(true);
    if (kind === 'register') inside.add(person);
    else inside.delete(person);
    history.push(`${competition.id} ${kind} ${person}`);
  }
  return { registered, history };
}

it('registers nobody twice, and lets only those leave who are registered', () => {
  expect(simulate([wanted, quiet], 3_000).history.length).toBeGreaterThan(2_900);
});

it('fills a wanted competition beyond its seats, and a quiet one by two thirds', () => {
  const { registered } = simulate([wanted, quiet], 6_000);
  expect(Math.abs((registered.get('ffff')?.size ?? 0) - 140)).toBeLessThan(30);
  expect(Math.abs((registered.get('0000')?.size ?? 0) - 65)).toBeLessThan(20);
});

it('goes on when everything is as full as it gets: people leave, and others take their place', () => {
  const { history } = simulate([wanted], 6_000);
  const latest = history.slice(-1_000);
  for (const kind of ['register', 'leave'])
    expect(latest.filter((action) => action.includes(kind)).length).toBeGreaterThan(300);
});

it('turns to a competition that has just opened', () => {
  const justOpened = competition('8000', { regOpensAt: new Date(NOW - 5_000).toISOString() });
  const { history } = simulate([justOpened, wanted, quiet], 60);
  expect(history.filter((action) => action.startsWith('8000')).length).toBeGreaterThan(30);
  const slow = pauseMs([wanted, quiet], NOW, () => 0.5);
  const fast = pauseMs([justOpened, wanted], NOW, () => 0.5);
  expect([slow, fast]).toEqual([330, 160]);
});

it('leaves competitions alone that do not accept registrations', () => {
  const closed = ['upcoming', 'closed', 'cancelled'].map((status, index) => competition(`fff${index}`, { status }));
  expect(simulate([...closed, competition('fff9', { teamMax: 4 })], 100).history).toEqual([]);
});

it('does the same with the same seed', () => {
  const [one, two, other] = [1, 1, 2].map((seed) => simulate([wanted, quiet], 200, seed).history);
  expect(one).toEqual(two);
  expect(one).not.toEqual(other);
});
