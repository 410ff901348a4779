import type { ScanKind } from '@mini-compete/shared/check-in-rules';
import type { Scan } from '@mini-compete/shared/check-ins';
import { parseTicket, type TicketHolder } from '@mini-compete/shared/tickets';
import { isSignedBy, publicKeyOf } from '../tickets/ticket-key.js';
import type { KnownKey } from '../tickets/ticket-keys.js';

/** A scan whose ticket was verified, as `check_in_v1` takes it. */
export interface ScanRow extends TicketHolder {
  readonly id: string;
  readonly kind: ScanKind;
  /** By the clock of the device. */
  readonly at: number;
  readonly deviceNow: number;
  readonly snapshotAt: string | null;
  readonly hasTicket: boolean;
  /** False: the key is revoked. */
  readonly isValid: boolean;
}

/** More is a wrong clock. The database has no instants before 4713 BC. */
const MAX_AGE_MS = 366 * 86_400_000;

/** How long before the upload arrived somebody was scanned. A clock may be wrong, but it runs. */
export function ageOf(
  { at, deviceNow }: Pick<ScanRow, 'at' | 'deviceNow'>,
  receivedAt: string,
  clockOffsetMs: number | undefined,
): number {
  const now = clockOffsetMs === undefined ? deviceNow : Date.parse(receivedAt) - clockOffsetMs;
  return Math.min(Math.max(now - at, 0), MAX_AGE_MS);
}

/** Null for a ticket that this installation has not signed. */
export async function rowOf(scan: Scan, keys: readonly KnownKey[]): Promise<ScanRow | null> {
  const { id, kind, at, deviceNow, snapshotAt } = scan;
  const row = { id, kind, at: Date.parse(at), deviceNow: Date.parse(deviceNow), snapshotAt: snapshotAt ?? null };
  if (!('ticket' in scan)) {
    const { registrationId, userId } = scan;
    return { ...row, registrationId, userId, hasTicket: false, isValid: true };
  }
  const ticket = parseTicket(scan.ticket);
  const key = keys.find((known) => known.id === ticket?.keyId);
  if (ticket === null || key === undefined || !(await isSignedBy(publicKeyOf(key), ticket))) return null;
  const { registrationId, userId } = ticket;
  return { ...row, registrationId, userId, hasTicket: true, isValid: key.state !== 'REVOKED' };
}
