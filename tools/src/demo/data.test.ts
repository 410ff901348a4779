import { expect, it } from 'vitest';
import { CROWD_SIZE, demoData } from './data.js';
import { seededRandom } from './random.js';

const NOW = new Date('2026-05-01T10:00:00Z');
const { people, competitions } = demoData(seededRandom(7), NOW);

it('has people with names in three languages, each with an address of its own', () => {
  expect(new Set(people.map(({ email }) => email)).size).toBe(CROWD_SIZE);
  for (const { email } of people) expect(email).toMatch(/^[a-z]+\.[a-z]+\d+@demo\.example$/);
  for (const letters of [/^[a-z ]+$/i, /[äöüß]/, /\p{Script=Arabic}/u])
    expect(people.filter(({ name }) => letters.test(name)).length).toBeGreaterThan(20);
});

it('has competitions of every kind, with dates in order', () => {
  const states = competitions.map(({ regOpensAt, regDeadline, demand, canceled }) => {
    if (canceled) return 'canceled';
    if (regOpensAt > NOW) return 'upcoming';
    if (regDeadline < NOW) return 'closed';
    return demand >= 1 ? 'full' : 'open';
  });
  for (const state of ['canceled', 'upcoming', 'closed', 'full', 'open']) expect(states).toContain(state);
  for (const { createdAt, regOpensAt, regDeadline, startDate, endDate } of competitions) {
    const dates = [createdAt, regOpensAt, regDeadline, startDate, endDate].map(Number);
    expect(dates).toEqual(dates.toSorted((a, b) => a - b));
  }
  expect(new Set(competitions.map(({ title }) => title)).size).toBe(competitions.length);
});

it('never seats more people than there are seats, and nobody twice', () => {
  for (const { title, capacity, waitlist, registrations } of competitions) {
    const withStatus = (status: string) => registrations.filter((one) => one.status === status);
    expect(withStatus('CONFIRMED').length, title).toBeLessThanOrEqual(capacity);
    if (!waitlist || withStatus('CONFIRMED').length < capacity) expect(withStatus('WAITLISTED'), title).toEqual([]);
    expect(new Set(registrations.map(({ person }) => person.email)).size, title).toBe(registrations.length);
    for (const { at } of registrations) expect(at.getTime(), title).toBeLessThanOrEqual(NOW.getTime());
  }
});
