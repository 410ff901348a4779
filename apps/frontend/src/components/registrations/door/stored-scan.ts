import type { ScanKind, ScanResultKind } from '@mini-compete/shared/check-in-rules';

/** When and where somebody came in. `at` in ISO 8601. */
export type Entry = { readonly at: string; readonly door: string };

/** What a door says about a scan that may be an entry. */
export type ShownResult = 'WELCOME' | 'ALREADY_IN';

/** What the server said about a scan. */
type Answer = { readonly result: ScanResultKind; readonly entry: (Entry & { readonly scanId: string }) | null };

/** A scan in the database of the browser. It has no names: it outlives the list of people. */
export type StoredScan = {
  readonly id: string;
  readonly competitionId: string;
  readonly kind: ScanKind;
  readonly registrationId: string;
  readonly userId: string;
  /** The text of the QR code; null for somebody who was chosen from the list. */
  readonly ticket: string | null;
  readonly at: string;
  /** `takenAt` of the list that the door had. */
  readonly snapshotAt: string;
  readonly door: string;
  /** What the door has said of a CHECK_IN. Null while it waits for the server. */
  readonly shown: ShownResult | null;
  readonly state: 'UNSENT' | 'SENT' | 'REFUSED';
  /** When the server received it, by the clock of the server. */
  readonly receivedAt: string | null;
  /** Null while it is not sent, and for a scanner whose role had ended: that person is told nothing. */
  readonly answer: Answer | null;
  /** Why the server refused to store it. */
  readonly refusal: string | null;
};
