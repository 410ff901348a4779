/**
 * The rules of registration as a pure state machine, written from the specification and not from the code: no SQL, no
 * clock, no concurrency. Times are whole hours since the start; opening times and deadlines are at half past.
 */
export interface Competition {
  capacity: number;
  readonly opensAt: number;
  deadline: number;
  waitlist: boolean;
  /** Null unless it is canceled. */
  cancelledAt: number | null;
}

export interface Registration {
  readonly person: number;
  readonly competition: number;
  readonly number: number;
  state: 'seated' | 'waitlisted' | 'ended';
}

interface StoredResponse {
  readonly fingerprint: string;
  readonly response: Response;
  readonly storedAt: number;
}

export interface State {
  now: number;
  readonly competitions: Competition[];
  /** In the order of admission. */
  readonly registrations: Registration[];
  readonly idempotencyKeys: Map<string, StoredResponse>;
}

/** The status of a success or the code of an error, and what the body says about the registration. */
export interface Response {
  readonly code: string;
  readonly registration?: number;
  readonly status?: 'PENDING' | 'WAITLISTED';
  readonly position?: number;
  readonly replayed?: boolean;
}

export interface Request {
  readonly operation: 'register' | 'leave';
  readonly person: number;
  readonly competition: number;
  readonly key: string | null;
  readonly joinWaitlist: boolean;
}

export type Change =
  | { readonly type: 'capacity'; readonly competition: number; readonly capacity: number }
  | { readonly type: 'extend'; readonly competition: number; readonly hours: number }
  | { readonly type: 'waitlist'; readonly competition: number; readonly on: boolean }
  | { readonly type: 'cancel'; readonly competition: number }
  | { readonly type: 'undo-cancel'; readonly competition: number }
  | {
      readonly type: 'reinstate';
      readonly competition: number;
      readonly person: number;
      readonly which: 'first' | 'last';
    };

const KEY_LIFETIME_HOURS = 24;

export const initialState = (competitions: readonly Competition[]): State => ({
  now: 0,
  competitions: competitions.map((competition) => ({ ...competition })),
  registrations: [],
  idempotencyKeys: new Map(),
});

export const copyOf = (state: State): State => ({
  now: state.now,
  competitions: state.competitions.map((competition) => ({ ...competition })),
  registrations: state.registrations.map((registration) => ({ ...registration })),
  idempotencyKeys: new Map(state.idempotencyKeys),
});

/** A request of a participant. A retry with the same key gets the stored response; errors are not stored. */
export function respond(state: State, request: Request): Response {
  const { operation, person, competition, key, joinWaitlist } = request;
  const scope = `${person} ${operation} ${key}`;
  const fingerprint = `${competition} ${operation === 'register' && joinWaitlist}`;
  const stored = key === null ? undefined : state.idempotencyKeys.get(scope);
  if (stored !== undefined && stored.storedAt + KEY_LIFETIME_HOURS > state.now)
    return stored.fingerprint === fingerprint
      ? { ...stored.response, replayed: true }
      : { code: 'IDEMPOTENCY_KEY_REUSED' };
  const response = operation === 'register' ? register(state, request) : leave(state, request);
  if (key !== null && /^20/.test(response.code))
    state.idempotencyKeys.set(scope, { fingerprint, response, storedAt: state.now });
  return response;
}

function register(state: State, { person, competition: id, joinWaitlist }: Request): Response {
  const competition = state.competitions[id];
  if (competition === undefined) return { code: 'COMPETITION_NOT_FOUND' };
  const own = findActive(state, person, id);
  if (own) return { code: 'ALREADY_REGISTERED', registration: own.number, status: statusOf(own) };
  if (competition.cancelledAt !== null) return { code: 'REGISTRATION_CLOSED' };
  if (state.now < competition.opensAt) return { code: 'REGISTRATION_NOT_OPEN' };
  if (state.now >= competition.deadline) return { code: 'REGISTRATION_CLOSED' };
  const waiting = waitlistOf(state, id).length;
  const number = state.registrations.length;
  if (seatsLeft(state, id) > waiting) {
    state.registrations.push({ person, competition: id, number, state: 'seated' });
    return { code: '201', registration: number, status: 'PENDING' };
  }
  if (!joinWaitlist || !competition.waitlist) return { code: 'COMPETITION_FULL' };
  state.registrations.push({ person, competition: id, number, state: 'waitlisted' });
  return { code: '201', registration: number, status: 'WAITLISTED', position: waiting + 1 };
}

function leave(state: State, { person, competition: id }: Request): Response {
  if (state.competitions[id] === undefined) return { code: 'COMPETITION_NOT_FOUND' };
  const own = findActive(state, person, id);
  if (own === undefined) {
    const hasLeft = state.registrations.some((other) => other.person === person && other.competition === id);
    return { code: hasLeft ? '200' : 'NOT_REGISTERED' };
  }
  own.state = 'ended';
  promote(state, id);
  return { code: '200' };
}

/** A change by the organizer. */
export function change(state: State, requested: Change): Response {
  const competition = state.competitions[requested.competition] as Competition;
  if (requested.type === 'cancel') {
    competition.cancelledAt ??= state.now;
    return { code: '200' };
  }
  if (requested.type === 'undo-cancel') return undoCancel(state, requested.competition);
  if (requested.type === 'reinstate') return reinstate(state, requested);
  if (competition.cancelledAt !== null) return { code: 'COMPETITION_CANCELLED' };
  if (requested.type === 'capacity') {
    if (requested.capacity < registrationsIn(state, requested.competition, 'seated').length)
      return { code: 'CAPACITY_BELOW_SEATED' };
    competition.capacity = requested.capacity;
  }
  if (requested.type === 'waitlist') competition.waitlist = requested.on;
  if (requested.type === 'extend') competition.deadline = extendedDeadline(state, requested);
  promote(state, requested.competition);
  return { code: '200' };
}

/** Seats that became free meanwhile go to the waitlist, unless the deadline had passed when the competition was canceled. */
function undoCancel(state: State, id: number): Response {
  const competition = state.competitions[id] as Competition;
  const { cancelledAt, deadline } = competition;
  if (cancelledAt === null) return { code: 'ACT_NOT_FOUND' };
  competition.cancelledAt = null;
  if (cancelledAt < deadline) promoteNow(state, id);
  return { code: '200' };
}

export type Reinstate = Extract<Change, { type: 'reinstate' }>;

/** Keeps its number: it comes before all who registered later. */
function reinstate(state: State, requested: Reinstate): Response {
  const { competition: id } = requested;
  const competition = state.competitions[id] as Competition;
  const registration = findReinstated(state, requested);
  if (registration === undefined) return { code: 'REGISTRATION_NOT_FOUND' };
  if (competition.cancelledAt !== null) return { code: 'COMPETITION_CANCELLED' };
  const { number } = registration;
  if (registration.state !== 'ended') return { code: '200', registration: number, status: statusOf(registration) };
  if (findActive(state, registration.person, id)) return { code: 'ALREADY_REGISTERED' };
  const isFirst = waitlistOf(state, id).every((other) => other.number > number);
  if (seatsLeft(state, id) > 0 && isFirst) registration.state = 'seated';
  else if (state.now >= competition.deadline) return { code: 'COMPETITION_FULL' };
  else registration.state = 'waitlisted';
  promote(state, id);
  return { code: '200', registration: number, status: statusOf(registration) };
}

export function findReinstated(state: State, { competition, person, which }: Reinstate): Registration | undefined {
  const own = state.registrations.filter((other) => other.competition === competition && other.person === person);
  return which === 'first' ? own[0] : own.at(-1);
}

/** Some hours after both now and the current deadline, at half past. */
export function extendedDeadline(state: State, { competition, hours }: { competition: number; hours: number }): number {
  return Math.floor(Math.max(state.now, state.competitions[competition]?.deadline ?? 0)) + hours + 0.5;
}

/** Until the deadline, free seats go to the first on the waitlist. */
function promote(state: State, id: number): void {
  const competition = state.competitions[id] as Competition;
  if (competition.cancelledAt === null && state.now < competition.deadline) promoteNow(state, id);
}

function promoteNow(state: State, id: number): void {
  for (const first of waitlistOf(state, id)) {
    if (seatsLeft(state, id) === 0) return;
    first.state = 'seated';
  }
}

export const seatsLeft = (state: State, competition: number): number =>
  (state.competitions[competition]?.capacity ?? 0) - registrationsIn(state, competition, 'seated').length;

export const waitlistOf = (state: State, competition: number): Registration[] =>
  registrationsIn(state, competition, 'waitlisted');

const registrationsIn = (state: State, competition: number, which: Registration['state']) =>
  state.registrations.filter(
    (registration) => registration.competition === competition && registration.state === which,
  );

const findActive = (state: State, person: number, competition: number) =>
  state.registrations.find(
    (registration) =>
      registration.person === person && registration.competition === competition && registration.state !== 'ended',
  );

const statusOf = ({ state }: Registration) => (state === 'waitlisted' ? 'WAITLISTED' : 'PENDING');
