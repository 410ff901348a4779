import { expect, it } from 'vitest';
import { mostUrgent } from './most-urgent';

const NOW = Date.parse('2026-07-01T12:00:00Z');
const at = (hour: number) => `2026-07-01T${hour}:00:00Z`;
const invitation = (token: string, expiresAt: string) => ({ token, expiresAt });
const hold = (registrationId: string, heldUntil: string, isCaptain?: boolean) => ({
  ...{ registrationId, heldUntil, status: 'HELD' as const },
  ...(isCaptain !== undefined && { team: { id: 't', name: 'Rooks', isCaptain } }),
});

it('of invitations and holds, the one that ends first is the most urgent', () => {
  const invitations = [invitation('i1', at(15)), invitation('i2', at(18))];
  expect(mostUrgent(invitations, [hold('h1', at(16))], NOW)).toBe('i1');
  expect(mostUrgent(invitations, [hold('h1', at(16)), hold('h2', at(14))], NOW)).toBe('h2');
  expect(mostUrgent(invitations, [], NOW)).toBe('i1');
});

it('what is over is not urgent, nor what somebody else has to do', () => {
  expect(mostUrgent([invitation('i1', at(18))], [hold('h1', at(11))], NOW)).toBe('i1');
  expect(mostUrgent([invitation('i1', at(18))], [hold('h1', at(14), false)], NOW)).toBe('i1');
  expect(mostUrgent([invitation('i1', at(18))], [hold('h1', at(14), true)], NOW)).toBe('h1');
  const seated = { registrationId: 'r1', heldUntil: null, status: 'CONFIRMED' as const };
  expect(mostUrgent([], [seated], NOW)).toBeNull();
});
