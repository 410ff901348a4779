// Without Zod: pages import this file, and would have to load Zod as well.

/** Scans in one upload. */
export const SCANS_MAX = 500;
export const DOOR_NAME_MAX = 40;
/** After this a door deletes its list of people. */
export const DOOR_LIST_HOURS = 24;

/**
 * CHECK_IN: somebody comes in. UNDO: the earlier scans of the same ticket do not count. TURNED_AWAY: the door has told
 * somebody that the registration had ended; it is no entry, whatever the registration has become since.
 */
export const SCAN_KINDS = ['CHECK_IN', 'UNDO', 'TURNED_AWAY'] as const;
export type ScanKind = (typeof SCAN_KINDS)[number];

/**
 * What a scan was, as the server knows it. WELCOME: the entry of the person. ALREADY_IN: a duplicate, an earlier scan is the
 * entry. ENDED: the registration had ended. NOT_DECIDED: it has no seat for sure. NOT_ON_LIST: the competition has no such
 * ticket. INVALID_TICKET: the signature or its key is not valid. UNDONE: an undo, or a scan that was undone.
 */
export const SCAN_RESULTS = [
  'WELCOME',
  'ALREADY_IN',
  'ENDED',
  'NOT_DECIDED',
  'NOT_ON_LIST',
  'INVALID_TICKET',
  'UNDONE',
] as const;
export type ScanResultKind = (typeof SCAN_RESULTS)[number];

/** ACTIVE keys sign. RETIRED ones sign no more, and tickets that they signed stay valid; those of REVOKED ones do not. */
export const TICKET_KEY_STATES = ['ACTIVE', 'RETIRED', 'REVOKED'] as const;
export type TicketKeyState = (typeof TICKET_KEY_STATES)[number];
