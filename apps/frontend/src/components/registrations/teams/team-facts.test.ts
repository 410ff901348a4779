import type { Team } from '@mini-compete/shared/teams';
import { expect, it } from 'vitest';
import { isLocked, isTeamFull, membersMissing, nextCaptain, seatsOf } from './team-facts';

const member = (userId: string) => ({ userId, name: userId, joinedAt: '2026-12-01T12:00:00Z', ineligible: null });
const team = (captainId: string, ...members: string[]) =>
  ({ captainId, members: members.map(member), locksAt: '2026-12-10T12:00:00Z' }) as unknown as Team;

it('the longest-serving other member is captain after the captain, and nobody else changes it', () => {
  expect(nextCaptain(team('bo', 'ada', 'bo', 'cy'), 'bo')?.userId).toBe('ada');
  expect(nextCaptain(team('ada', 'ada', 'bo', 'cy'), 'ada')?.userId).toBe('bo');
  expect(nextCaptain(team('ada', 'ada', 'bo'), 'bo')).toBeUndefined();
  expect(nextCaptain(team('ada', 'ada'), 'ada')).toBeUndefined();
});

it('a team takes a seat for each member, or one', () => {
  expect(seatsOf(team('ada', 'ada', 'bo', 'cy'), { seatUnit: 'PERSON' })).toBe(3);
  expect(seatsOf(team('ada', 'ada', 'bo', 'cy'), { seatUnit: 'TEAM' })).toBe(1);
});

it('knows how many are missing, when the team is full, and from which moment on it is fixed', () => {
  const two = team('ada', 'ada', 'bo');
  expect([1, 2, 4].map((teamMin) => membersMissing(two, { teamMin }))).toEqual([0, 0, 2]);
  const hasCome = { ...two, registration: { hasCome: true } } as unknown as Team;
  expect(membersMissing(hasCome, { teamMin: 4 })).toBe(0);
  expect([2, 3].map((teamMax) => isTeamFull(two, { teamMax }))).toEqual([true, false]);
  const at = Date.parse(two.locksAt);
  expect([at - 1, at].map((now) => isLocked(two, now))).toEqual([false, true]);
});
