import type { MessageKind } from '@mini-compete/shared/mailbox';
import { invitationPath } from './invitation-link.js';
import { staffInvitationPath } from './staff-invitation-link.js';

interface Subject {
  readonly kind: MessageKind;
  readonly aboutId: string;
  readonly competitionId: string | null;
}

export const ticketPath = (competitionId: string): string => `/tickets/${competitionId}`;

/** The page where the recipient of a message can act on it. */
export function messagePath({ kind, aboutId, competitionId }: Subject, jwtSecret: string): string {
  if (competitionId === null) return '/profile';
  switch (kind) {
    case 'STAFF_INVITED':
      return staffInvitationPath(jwtSecret, aboutId);
    case 'INVITED':
      return invitationPath(jwtSecret, aboutId);
    case 'STAFF_JOINED':
      return `/organize/${competitionId}/staff`;
    case 'STAFF_ROLE_CHANGED':
      return `/organize/${competitionId}`;
    case 'TEAM_JOINED':
    case 'TEAM_CHANGED':
    case 'TEAM_BELOW_MINIMUM':
      return `/competitions/${competitionId}/team`;
    default:
      return `/competitions/${competitionId}`;
  }
}
