import type { NoteKind } from '@mini-compete/shared/message-notes';
import type { CompetitionDetails, MessageContent } from '../../messaging/templates/render-message.js';

const DAY_MS = 86_400_000;
const TEAM = { name: 'Team', captain: null };

/** A message of the kind about the competition, for a preview. What it says of a person is made up. */
export function sampleOf(kind: NoteKind, details: CompetitionDetails, now = Date.now()): MessageContent {
  const soon = new Date(now + DAY_MS);
  const about = { ...details, by: 'REGISTRATION' } as const;
  switch (kind) {
    case 'CONFIRMED':
      return { kind, params: about };
    case 'WAITING':
      return { kind, params: { ...about, mustConfirm: false } };
    case 'APPLIED':
      return { kind, params: { ...about, decisionsBy: null } };
    case 'HELD':
      return { kind, params: { ...about, by: 'WAITLIST', heldUntil: soon } };
    case 'HOLD_ENDING':
      return { kind, params: { ...details, heldUntil: soon } };
    case 'EXPIRED':
      return { kind, params: { ...details, heldUntil: new Date(now), byApplying: false } };
    case 'REJECTED':
    case 'REMOVED':
      return { kind, params: { ...details, reason: null } };
    case 'COMPETITION_CHANGED':
      return { kind, params: { ...details, what: ['date'] } };
    case 'INVITED':
      return { kind, params: { ...details, inviter: null, email: 'name@example.org', message: null, expiresAt: soon } };
    case 'LEFT':
      return { kind, params: { ...details, isApplication: false } };
    case 'INVITATION_WITHDRAWN':
      return { kind, params: { ...details, isCancelled: false } };
    case 'INVITATION_EXPIRED':
      return { kind, params: { ...details, expiresAt: new Date(now) } };
    case 'TEAM_JOINED':
      return {
        kind,
        params: { ...details, team: TEAM, standing: 'SEATED', heldUntil: null, position: null, mustConfirm: false },
      };
    case 'TEAM_CHANGED':
      return { kind, params: { ...details, team: TEAM, event: 'JOINED', name: 'Name' } };
    case 'TEAM_BELOW_MINIMUM':
      return { kind, params: { ...details, team: TEAM, missing: 1, locksAt: soon } };
    case 'TEAM_TOO_SMALL':
      return { kind, params: { ...details, team: TEAM, teamMin: 2 } };
    default:
      return { kind, params: details };
  }
}
