// Without Zod: pages import this file, and would have to load Zod as well.
import type { MessageKind } from './mailbox.js';

/** Characters. */
export const NOTE_MAX = 1_000;

/**
 * The messages that organizers may add a note to: each automatic one about taking part. Messages about the account, and about
 * a role on the staff, have none: what they ask to do must come from nobody but us.
 */
export const NOTE_KINDS = [
  'CONFIRMED',
  'PROMOTED',
  'WAITING',
  'APPLIED',
  'DECISIONS_LATE',
  'HELD',
  'HOLD_ENDING',
  'EXPIRED',
  'REJECTED',
  'LEFT',
  'REMOVED',
  'NO_SHOW',
  'REMINDER',
  'NOT_PROMOTED',
  'COMPETITION_CHANGED',
  'COMPETITION_CANCELLED',
  'INVITED',
  'INVITATION_WITHDRAWN',
  'INVITATION_EXPIRED',
  'TEAM_JOINED',
  'TEAM_CHANGED',
  'TEAM_BELOW_MINIMUM',
  'TEAM_TOO_SMALL',
] as const satisfies readonly MessageKind[];
