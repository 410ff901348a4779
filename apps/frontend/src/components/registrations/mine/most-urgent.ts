import type { ListedInvitation, MyRegistration } from '@mini-compete/shared/registrations';

type Invitation = Pick<ListedInvitation, 'token' | 'expiresAt'>;
type Registration = Pick<MyRegistration, 'registrationId' | 'status' | 'heldUntil' | 'team'>;

/** In a team, its captain confirms for all. */
export const mayConfirm = ({ team }: Pick<Registration, 'team'>): boolean => team === undefined || team.isCaptain;

/**
 * The token of the invitation or the id of the held registration that ends first. Its button is the primary one: a page
 * with two of them does not say what to do first.
 */
export function mostUrgent(
  invitations: readonly Invitation[],
  registrations: readonly Registration[],
  now: number,
): string | null {
  const ends = [
    ...invitations.map(({ token, expiresAt }) => ({ id: token, end: Date.parse(expiresAt) })),
    ...registrations
      .filter((registration) => registration.status === 'HELD' && mayConfirm(registration))
      .map(({ registrationId, heldUntil }) => ({ id: registrationId, end: Date.parse(heldUntil ?? '') })),
  ].filter(({ end }) => end > now);
  return ends.sort((a, b) => a.end - b.end)[0]?.id ?? null;
}
