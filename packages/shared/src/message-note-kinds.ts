// Without Zod: pages import this file, and would have to load Zod as well.
import type { MessageKind } from './mailbox.js';

/** Characters. */
export const NOTE_MAX = 1_000;

/** The messages about registrations that organizers may add a note to. Messages about the account have none. */
export const NOTE_KINDS = [
  'CONFIRMED',
  'PROMOTED',
  'WAITING',
  'APPLIED',
  'HELD',
  'HOLD_ENDING',
  'EXPIRED',
  'REJECTED',
  'REMOVED',
  'REMINDER',
  'NOT_PROMOTED',
  'COMPETITION_CHANGED',
  'COMPETITION_CANCELLED',
  'INVITED',
  'TEAM_JOINED',
] as const satisfies readonly MessageKind[];
