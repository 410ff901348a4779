import type { RegistrationStatus } from '@mini-compete/shared/seats';

/** What a person has, and gives up by leaving: names the texts about it. */
export type Standing = 'seat' | 'waitlist' | 'application' | 'hold';

export function standingOf(status: RegistrationStatus): Standing {
  switch (status) {
    case 'WAITLISTED':
      return 'waitlist';
    case 'APPLIED':
      return 'application';
    case 'HELD':
      return 'hold';
    default:
      return 'seat';
  }
}
