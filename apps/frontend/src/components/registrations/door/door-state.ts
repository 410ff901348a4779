import type { DoorSnapshot } from '@mini-compete/shared/check-ins';
import type { DoorPerson } from '@mini-compete/shared/door-list';
import type { DoorSettings } from './door-database';
import type { DoorPeople } from './door-people';
import type { PersonResult } from './scan.rules';
import type { SyncState } from './scan-sync';
import type { StoredScan } from './stored-scan';
import type { TicketProblem } from './ticket-verifier';

/** A valid ticket of nobody on the list. UNKNOWN_OR_LATER: the list is older than the scan, and so may be the ticket. */
type UnknownPerson = 'UNKNOWN' | 'UNKNOWN_OR_LATER';

/** What the door shows about the latest scan. */
export type DoorResult = {
  /** Counts up, so that the same result twice is announced twice. */
  readonly number: number;
  /** By the clock of this device. */
  readonly at: string;
} & (
  | {
      readonly kind: PersonResult['kind'] | 'CHECKING' | 'UNDONE';
      readonly person: DoorPerson;
      readonly entry: PersonResult['entry'];
      /** Null if nothing was stored. */
      readonly scanId: string | null;
      /** Whether the server has confirmed it, which knows the scans of all doors. */
      readonly isChecked: boolean;
    }
  | {
      readonly kind: 'NOT_ON_LIST';
      readonly reason: Exclude<TicketProblem, 'UNSUPPORTED'> | UnknownPerson;
      readonly isChecked: boolean;
    }
  | { readonly kind: 'CANNOT_VERIFY' }
  | { readonly kind: 'FAILED' }
);

export type NewResult = DoorResult extends infer Result
  ? Result extends DoorResult
    ? Omit<Result, 'number' | 'at'>
    : never
  : never;

/** A list that has been read. */
export type OpenList = {
  readonly competition: DoorSnapshot['competition'];
  readonly takenAt: string;
  readonly people: DoorPeople;
  readonly deleteAt: number;
};

export type DoorState = {
  /**
   * LOADING until the database of the browser is read. INSECURE: browsers have camera, signatures and service workers on
   * HTTPS only. UNUSABLE: the database cannot be opened.
   */
  readonly phase: 'LOADING' | 'INSECURE' | 'UNUSABLE' | 'READY';
  readonly settings: DoorSettings | null;
  /** Of the competition. */
  readonly title: string | null;
  readonly list: OpenList | null;
  readonly isLoadingList: boolean;
  /** Whether this browser can verify tickets. */
  readonly canVerify: boolean;
  /** Of the last request to the server; null before the first one. */
  readonly sync: SyncState | null;
  readonly unsent: number;
  readonly differences: readonly StoredScan[];
  readonly result: DoorResult | null;
  /** The latest first. */
  readonly latest: readonly DoorResult[];
};

export const INITIAL_STATE: DoorState = {
  phase: 'LOADING',
  settings: null,
  title: null,
  list: null,
  isLoadingList: false,
  canVerify: true,
  sync: null,
  unsent: 0,
  differences: [],
  result: null,
  latest: [],
};
