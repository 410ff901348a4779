import type { DoorPerson } from '@mini-compete/shared/door-list';
import type { Entry, StoredScan } from './stored-scan';

/** What the door says about a person. */
export type PersonResult = {
  readonly kind: 'WELCOME' | 'ALREADY_IN' | 'ENDED' | 'NOT_DECIDED';
  readonly entry: Entry | null;
};

/** `entry` is the one of `entryOf`, without the scan that is being decided. */
export function resultFor({ status }: Pick<DoorPerson, 'status'>, entry: Entry | null): PersonResult {
  if (status === 'ENDED') return { kind: 'ENDED', entry };
  // Came in with a seat and lost it since: still inside, which is what matters at the door.
  if (entry !== null) return { kind: 'ALREADY_IN', entry };
  return { kind: status === 'SEATED' ? 'WELCOME' : 'NOT_DECIDED', entry: null };
}

/** What the server has said about a scan since the list was taken: an outdated list would let the person in. */
export const hasEndedSince = (takenAt: string, scans: readonly StoredScan[]): boolean =>
  scans.some(
    ({ kind, answer, receivedAt }) =>
      kind === 'CHECK_IN' && answer?.result === 'ENDED' && Date.parse(receivedAt ?? '') > Date.parse(takenAt),
  );

/**
 * A list knows what the server had received when it was taken. A scan that was stored at about that time may be missing,
 * so for this long it counts besides the list.
 */
const COMMIT_SLACK_MS = 5_000;

/** The scans of this browser that the list may not know yet. */
const isMissingIn = (takenAt: string, { receivedAt }: StoredScan): boolean =>
  receivedAt === null || Date.parse(receivedAt) + COMMIT_SLACK_MS >= Date.parse(takenAt);

/** The entry of a person: of the list that was taken at `takenAt`, or of the person's scans in this browser. */
export function entryOf(
  { entry }: Pick<DoorPerson, 'entry'>,
  takenAt: string,
  scans: readonly StoredScan[],
): Entry | null {
  const recent = scans.filter((scan) => isMissingIn(takenAt, scan));
  // Compared by the clock of this device alone, which may be wrong. The list is older than an undo that it does not know.
  const undoneAt = recent
    .filter(({ kind }) => kind === 'UNDO')
    .reduce((latest, { at }) => (at > latest ? at : latest), '');
  const entries = recent.filter(({ at }) => at > undoneAt).flatMap((scan) => entryByScan(scan) ?? []);
  if (entry !== null && undoneAt === '') entries.push({ at: entry.at.toISOString(), door: entry.door });
  return entries.reduce<Entry | null>((first, one) => (first === null || one.at < first.at ? one : first), null);
}

function entryByScan({ kind, at, door, answer }: StoredScan): Entry | null {
  if (kind !== 'CHECK_IN') return null;
  if (answer === null) return { at, door };
  return answer.result === 'WELCOME' || answer.result === 'ALREADY_IN' ? (answer.entry ?? { at, door }) : null;
}

/** The server refused the scan, or knows more than the door did when it let the person in: the door shows it. */
export function differs({ shown, state, answer }: StoredScan): boolean {
  if (state === 'REFUSED') return true;
  if (shown === null || answer === null || answer.result === 'UNDONE') return false;
  return answer.result !== shown && answer.result !== 'WELCOME';
}
