/**
 * Times are whole hours since the start; opening times, deadlines and the ends of holds are at half past, ends of
 * invitations a little earlier and starts a little later, so nothing happens at the same time.
 */
export interface Competition {
  capacity: number;
  readonly opensAt: number;
  deadline: number;
  readonly startsAt: number;
  waitlist: boolean;
  readonly isByApproval: boolean;
  /** Hours that people who are accepted or promoted have to confirm. */
  readonly confirmWithin: number | null;
  /** The one question of the competition: it may be deleted, and asked again. */
  asks: 'nothing' | 'optional' | 'required';
  questionsVersion: number;
  /** Null unless it is canceled. */
  cancelledAt: number | null;
}

export interface Registration {
  readonly person: number;
  readonly competition: number;
  readonly number: number;
  /** Who has a lower one is promoted first. Accepting and redeeming draw a new one. */
  admission: number;
  state: 'seated' | 'held' | 'waitlisted' | 'applied' | 'ended';
  heldUntil: number | null;
  isDecided: boolean;
  endReason: 'left' | 'rejected' | 'expired' | null;
}

export interface Invitation {
  readonly person: number;
  readonly competition: number;
  readonly expiresAt: number;
  state: 'open' | 'redeemed' | 'withdrawn' | 'expired';
}

/** Its seats are reserved; the job that seats the people comes later. Numbers of invitations. */
interface RunningImport {
  readonly competition: number;
  readonly invitations: readonly number[];
}

interface StoredResponse {
  readonly fingerprint: string;
  readonly response: Response;
  readonly storedAt: number;
}

export interface State {
  now: number;
  admissions: number;
  readonly competitions: Competition[];
  readonly registrations: Registration[];
  readonly invitations: Invitation[];
  imports: readonly RunningImport[];
  /** `person competition` */
  readonly staff: Set<string>;
  readonly idempotencyKeys: Map<string, StoredResponse>;
}

export type Status = 'PENDING' | 'HELD' | 'WAITLISTED' | 'APPLIED';

/** The status of a success or the code of an error, and what the body says about the registration. */
export interface Response {
  readonly code: string;
  readonly registration?: number;
  readonly status?: Status;
  readonly position?: number;
  readonly replayed?: boolean;
}

export const initialState = (competitions: readonly Competition[]): State => ({
  now: 0,
  admissions: 0,
  competitions: competitions.map((competition) => ({ ...competition })),
  registrations: [],
  invitations: [],
  imports: [],
  staff: new Set(),
  idempotencyKeys: new Map(),
});

export const copyOf = (state: State): State => ({
  ...state,
  competitions: state.competitions.map((competition) => ({ ...competition })),
  registrations: state.registrations.map((registration) => ({ ...registration })),
  invitations: state.invitations.map((invitation) => ({ ...invitation })),
  staff: new Set(state.staff),
  idempotencyKeys: new Map(state.idempotencyKeys),
});

/** Until the start where people are accepted or have to confirm, otherwise until the deadline. */
export const promotesUntil = ({ deadline, startsAt, isByApproval, confirmWithin }: Competition): number =>
  isByApproval || confirmWithin !== null ? Math.max(deadline, startsAt) : deadline;

export const seatsLeft = (state: State, id: number): number =>
  (state.competitions[id]?.capacity ?? 0) -
  registrationsIn(state, id, 'seated').length -
  registrationsIn(state, id, 'held').length -
  openInvitations(state, id).length;

export const openInvitations = (state: State, id: number): Invitation[] =>
  state.invitations.filter((invitation) => invitation.competition === id && invitation.state === 'open');

export const findOpenInvitation = (state: State, person: number, id: number) =>
  openInvitations(state, id).find((invitation) => invitation.person === person);

export const waitlistOf = (state: State, id: number): Registration[] =>
  registrationsIn(state, id, 'waitlisted').sort((a, b) => a.admission - b.admission);

export const registrationsIn = (state: State, id: number, which: Registration['state']) =>
  state.registrations.filter((registration) => registration.competition === id && registration.state === which);

export const wasRejected = (state: State, person: number, competition: number): boolean =>
  state.registrations.some(
    (one) => one.person === person && one.competition === competition && one.endReason === 'rejected',
  );

export const isStaff = (state: State, person: number, id: number) => state.staff.has(`${person} ${id}`);

export const holdsSeat = (registration: Registration | undefined) =>
  registration?.state === 'seated' || registration?.state === 'held';

export const isActive = ({ state }: Registration) => state !== 'ended';

export const findActive = (state: State, person: number, id: number) =>
  state.registrations.find((other) => other.person === person && other.competition === id && isActive(other));

/** The active registration, or the last one that has ended. */
export const findLatest = (state: State, person: number, id: number): Registration | undefined =>
  findActive(state, person, id) ??
  state.registrations.filter((other) => other.person === person && other.competition === id).at(-1);

const STATUSES = {
  seated: 'PENDING',
  held: 'HELD',
  waitlisted: 'WAITLISTED',
  applied: 'APPLIED',
  ended: 'PENDING',
} as const;

export const statusOf = ({ state }: Registration): Status => STATUSES[state];
