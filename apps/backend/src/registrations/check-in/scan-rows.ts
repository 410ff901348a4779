import type { ScanKind } from '@mini-compete/shared/check-in-rules';
import type { Scan } from '@mini-compete/shared/check-ins';
import { parseTicket, type TicketHolder } from '@mini-compete/shared/tickets';
import { isSignedBy, publicKeyOf } from '../tickets/ticket-key.js';
import type { KnownKey } from '../tickets/ticket-keys.js';

/** A scan whose ticket was verified, as `check_in_v1` takes it. */
export interface ScanRow extends TicketHolder {
  readonly id: string;
  readonly kind: ScanKind;
  readonly ageMs: number;
  readonly snapshotAt: string | null;
  readonly hasTicket: boolean;
  /** False: the key is revoked. */
  readonly isValid: boolean;
}

/** More is a wrong clock. The database has no instants before 4713 BC. */
const MAX_AGE_MS = 366 * 86_400_000;

/** Null for a ticket that this installation has not signed. */
export async function rowOf(scan: Scan, keys: readonly KnownKey[]): Promise<ScanRow | null> {
  const { id, kind, at, deviceNow, snapshotAt } = scan;
  const ageMs = Math.min(Math.max(Date.parse(deviceNow) - Date.parse(at), 0), MAX_AGE_MS);
  const row = { id, kind, ageMs, snapshotAt: snapshotAt ?? null };
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
