/**
 * The rules of registration as a pure state machine, written from the specification and not from the code: no SQL, no
 * clock, no concurrency. Times are whole hours since the start; opening times, deadlines and the ends of holds are
 * at half past, ends of invitations a little earlier and starts a little later, so nothing happens at the same time. What expires
 * is settled at once.
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

/** To the one question, by people who have seen this version of the questions. */
export interface Answers {
  readonly version: number;
  readonly isAnswered: boolean;
}

export interface Request {
  readonly operation: 'register' | 'leave';
  /** A server of the previous version knows no questions, and not all error codes. */
  readonly server: 'current' | 'previous';
  readonly person: number;
  readonly competition: number;
  readonly key: string | null;
  readonly joinWaitlist: boolean;
  readonly answers: Answers | null;
}

export interface Decision {
  readonly person: number;
  readonly decision: 'ACCEPT' | 'REJECT' | 'WAITLIST';
  readonly registration?: number | undefined;
}

/** `addressed` fills in what is optional. */
export type Change = { readonly competition: number } & (
  | { readonly type: 'capacity'; readonly capacity: number }
  | { readonly type: 'extend'; readonly hours: number; readonly until?: number }
  | { readonly type: 'waitlist'; readonly on: boolean }
  | { readonly type: 'questions'; readonly asks: Competition['asks'] }
  | { readonly type: 'cancel' | 'undo-cancel' | 'run-imports' }
  | {
      readonly type: 'reinstate';
      readonly person: number;
      readonly which: 'first' | 'last';
      readonly registration?: number | undefined;
    }
  | { readonly type: 'decide'; readonly decisions: readonly Decision[] }
  | { readonly type: 'confirm' | 'employ' | 'dismiss'; readonly person: number }
  | { readonly type: 'withdraw'; readonly person: number; readonly invitation?: number | undefined }
  | {
      readonly type: 'redeem';
      readonly person: number;
      readonly answers: Answers | null;
      readonly invitation?: number | undefined;
    }
  | { readonly type: 'invite' | 'import'; readonly persons: readonly number[]; readonly hours: number }
);

export type Action = Request | Change;

const NONE = -1;
const KEY_LIFETIME_HOURS = 24;

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

/** Time passes, and what has expired ends. */
export function wait(state: State, hours: number): void {
  state.now += hours;
  for (const id of state.competitions.keys()) settle(state, id);
}

export const perform = (state: State, action: Action): Response =>
  'operation' in action ? respond(state, action) : change(state, action);

/** With the registrations and invitations that the sender of the action sees now: others may change them meanwhile. */
export function addressed(state: State, action: Action): Action {
  if ('operation' in action) return action;
  const { competition } = action;
  const isOwn = (other: Registration | Invitation) =>
    'person' in action && other.person === action.person && other.competition === competition;
  switch (action.type) {
    case 'extend':
      return { ...action, until: extendedDeadline(state, action) };
    case 'reinstate': {
      const own = state.registrations.filter(isOwn);
      return { ...action, registration: (action.which === 'first' ? own[0] : own.at(-1))?.number };
    }
    case 'redeem':
    case 'withdraw':
      return { ...action, invitation: state.invitations.findLastIndex(isOwn) };
    case 'decide': {
      const numberOf = ({ person }: Decision) => findLatest(state, person, competition)?.number;
      return { ...action, decisions: action.decisions.map((one) => ({ ...one, registration: numberOf(one) })) };
    }
    default:
      return action;
  }
}

/** A request of a participant. A retry with the same key gets the stored response; errors are not stored. */
function respond(state: State, request: Request): Response {
  const { operation, person, competition, key, joinWaitlist, answers } = request;
  const scope = `${person} ${operation} ${key}`;
  const fingerprint = JSON.stringify([competition, ...(operation === 'register' ? [joinWaitlist, answers] : [])]);
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

function register(state: State, { server, person, competition: id, joinWaitlist, answers }: Request): Response {
  const competition = state.competitions[id];
  if (competition === undefined) return { code: 'COMPETITION_NOT_FOUND' };
  const own = findActive(state, person, id);
  if (own) return { code: 'ALREADY_REGISTERED', registration: own.number, status: statusOf(own) };
  if (isStaff(state, person, id)) return { code: server === 'current' ? 'STAFF_CANNOT_REGISTER' : 'FORBIDDEN' };
  if (competition.cancelledAt !== null) return { code: 'REGISTRATION_CLOSED' };
  if (competition.isByApproval && wasRejected(state, person, id)) return { code: 'ALREADY_DECIDED' };
  if (state.now < competition.opensAt) return { code: 'REGISTRATION_NOT_OPEN' };
  if (state.now >= competition.deadline) return { code: 'REGISTRATION_CLOSED' };
  const refusal = refusalOfAnswers(competition, answers);
  if (refusal) return { code: refusal };
  if (competition.isByApproval) return registered(add(state, person, id, 'applied'));
  const waiting = waitlistOf(state, id).length;
  if (seatsLeft(state, id) > waiting) return registered(add(state, person, id, 'seated'));
  if (!joinWaitlist || !competition.waitlist) return { code: 'COMPETITION_FULL' };
  return { ...registered(add(state, person, id, 'waitlisted')), position: waiting + 1 };
}

function refusalOfAnswers({ asks, questionsVersion }: Competition, answers: Answers | null): string | null {
  if (answers === null) return asks === 'required' ? 'QUESTIONS_CHANGED' : null;
  if (answers.version !== questionsVersion) return 'QUESTIONS_CHANGED';
  return asks === 'required' && !answers.isAnswered ? 'VALIDATION_FAILED' : null;
}

const wasRejected = (state: State, person: number, competition: number): boolean =>
  state.registrations.some(
    (one) => one.person === person && one.competition === competition && one.endReason === 'rejected',
  );

function leave(state: State, { person, competition: id }: Request): Response {
  if (state.competitions[id] === undefined) return { code: 'COMPETITION_NOT_FOUND' };
  const own = findActive(state, person, id);
  if (own === undefined) return { code: findLatest(state, person, id) ? '200' : 'NOT_REGISTERED' };
  end(own, 'left');
  promote(state, id);
  return { code: '200' };
}

/** A change by the organizer, or an action of one person that admits nobody new. */
function change(state: State, requested: Change): Response {
  const { competition: id } = requested;
  const competition = state.competitions[id] as Competition;
  switch (requested.type) {
    case 'cancel':
      competition.cancelledAt ??= state.now;
      return { code: '200' };
    case 'undo-cancel':
      return undoCancel(state, id);
    case 'reinstate':
      return reinstate(state, requested);
    case 'decide':
      return { code: requested.decisions.map((decision) => decide(state, id, decision)).join() };
    case 'confirm':
      return confirm(state, id, requested.person);
    case 'invite':
      return { code: invite(state, requested) };
    case 'import':
      return { code: startImport(state, requested) };
    case 'run-imports':
      return { code: runImports(state, id) };
    case 'redeem':
      return redeem(state, requested);
    case 'withdraw':
      return { code: withdraw(state, id, requested.invitation) };
    case 'employ':
      if (isStaff(state, requested.person, id)) return { code: 'ALREADY_STAFF' };
      if (findActive(state, requested.person, id)) return { code: 'REGISTERED_HERE' };
      state.staff.add(`${requested.person} ${id}`);
      return { code: '200' };
    case 'dismiss':
      return { code: state.staff.delete(`${requested.person} ${id}`) ? '200' : 'STAFF_NOT_FOUND' };
    default:
      return edit(state, competition, requested);
  }
}

type Edit = Extract<Change, { type: 'capacity' | 'extend' | 'waitlist' | 'questions' }>;

function edit(state: State, competition: Competition, requested: Edit): Response {
  const { competition: id } = requested;
  if (competition.cancelledAt !== null) return { code: 'COMPETITION_CANCELLED' };
  if (requested.type === 'capacity') {
    if (requested.capacity < competition.capacity - seatsLeft(state, id)) return { code: 'CAPACITY_BELOW_SEATED' };
    competition.capacity = requested.capacity;
  }
  if (requested.type === 'waitlist') competition.waitlist = requested.on;
  if (requested.type === 'questions') ask(competition, requested.asks);
  if (requested.type === 'extend') {
    const deadline = requested.until as number;
    if (deadline > competition.startsAt) return { code: 'VALIDATION_FAILED' };
    competition.deadline = deadline;
  }
  promote(state, id);
  return { code: '200' };
}

/** Answers that were given stay valid, or it is another version. */
function ask(competition: Competition, asks: Competition['asks']): void {
  const isFirst = competition.questionsVersion === 0 && asks !== 'nothing';
  if (isFirst || (asks === 'required' && competition.asks !== 'required')) competition.questionsVersion++;
  competition.asks = asks;
}

/** Seats that became free meanwhile go to the waitlist, unless promotion had ended when the competition was canceled. */
function undoCancel(state: State, id: number): Response {
  const competition = state.competitions[id] as Competition;
  const { cancelledAt } = competition;
  if (cancelledAt === null) return { code: 'ACT_NOT_FOUND' };
  competition.cancelledAt = null;
  if (cancelledAt < promotesUntil(competition)) promoteNow(state, id);
  settle(state, id);
  return { code: '200' };
}

/** Accepting is admission, in the given order. It never passes people who are waiting. */
function decide(state: State, id: number, { registration: number, decision }: Decision): string {
  const competition = state.competitions[id] as Competition;
  const registration = state.registrations[number ?? NONE];
  if (registration === undefined) return 'NOT_REGISTERED';
  if (isActive(registration) ? registration.state !== 'applied' : registration.endReason === 'rejected')
    return 'ALREADY_DECIDED';
  if (competition.cancelledAt !== null) return 'COMPETITION_CANCELLED';
  if (!isActive(registration)) return 'NOT_REGISTERED';
  const isFree = seatsLeft(state, id) > waitlistOf(state, id).length;
  if (decision === 'REJECT') {
    registration.isDecided = true;
    end(registration, 'rejected');
    return 'REJECTED';
  }
  if (decision === 'WAITLIST' && isFree) return 'SEATS_AVAILABLE';
  if (!isFree && (!competition.waitlist || state.now >= promotesUntil(competition))) return 'COMPETITION_FULL';
  registration.isDecided = true;
  registration.admission = state.admissions++;
  if (isFree) seat(state, registration);
  else registration.state = 'waitlisted';
  return statusOf(registration);
}

function confirm(state: State, id: number, person: number): Response {
  const registration = findLatest(state, person, id);
  if (registration === undefined) return { code: 'NOT_REGISTERED' };
  if (registration.endReason === 'expired') return { code: 'HOLD_EXPIRED' };
  if (!isActive(registration)) return { code: 'NOT_REGISTERED' };
  if (state.competitions[id]?.cancelledAt !== null) return { code: 'COMPETITION_CANCELLED' };
  if (registration.state === 'waitlisted' || registration.state === 'applied') return { code: 'NOTHING_TO_CONFIRM' };
  if (registration.state === 'held' && state.now >= (registration.heldUntil as number)) return { code: 'HOLD_EXPIRED' };
  registration.state = 'seated';
  return { code: '200', registration: registration.number, status: 'PENDING' };
}

export type Invite = Extract<Change, { type: 'invite' | 'import' }>;

/** All of them get a reserved seat, or none. */
function invite(state: State, requested: Invite): string {
  const { competition: id, persons } = requested;
  const results = persons.map((person) => {
    if (findOpenInvitation(state, person, id)) return 'ALREADY_INVITED';
    if (isStaff(state, person, id)) return 'STAFF_CANNOT_REGISTER';
    return holdsSeat(findActive(state, person, id)) ? 'ALREADY_REGISTERED' : 'INVITED';
  });
  const invited = persons.filter((_, n) => results[n] === 'INVITED');
  return reserve(state, requested, invited) ?? results.join();
}

/** Who is in the file and has nothing to do with the competition yet gets a reserved seat; all of them, or none. */
function startImport(state: State, requested: Invite): string {
  const { competition, persons } = requested;
  const newcomers = persons.filter(
    (person) =>
      !findActive(state, person, competition) &&
      !isStaff(state, person, competition) &&
      !findOpenInvitation(state, person, competition),
  );
  const first = state.invitations.length;
  const refusal = reserve(state, requested, newcomers);
  if (refusal) return refusal;
  state.imports = [...state.imports, { competition, invitations: newcomers.map((_, n) => first + n) }];
  return '202';
}

/** Returns why nobody gets one. */
function reserve(state: State, { competition: id, hours }: Invite, persons: readonly number[]): string | null {
  const competition = state.competitions[id] as Competition;
  if (competition.cancelledAt !== null) return 'COMPETITION_CANCELLED';
  const expiresAt = state.now + hours;
  if (expiresAt > competition.startsAt) return 'VALIDATION_FAILED';
  const isPromised = waitlistOf(state, id).length > 0 && state.now < promotesUntil(competition);
  if (persons.length > (isPromised ? 0 : seatsLeft(state, id))) return 'CAPACITY_TOO_SMALL';
  for (const person of persons) state.invitations.push({ person, competition: id, expiresAt, state: 'open' });
  return null;
}

/** Seats the people, whatever is asked. Who got a seat meanwhile, or joined the staff, gives the reserved one back. */
function runImports(state: State, id: number): string {
  const own = state.imports.filter(({ competition }) => competition === id);
  state.imports = state.imports.filter(({ competition }) => competition !== id);
  const outcomes = own.map(({ invitations }) => {
    const results = invitations.map((number) => seatImported(state, state.invitations[number] as Invitation));
    if (results.includes('SKIPPED')) promote(state, id);
    return results;
  });
  return outcomes.flat().join();
}

function seatImported(state: State, invitation: Invitation): 'SEATED' | 'SKIPPED' | 'INVITED' | 'ENDED' {
  const refusal = refusalOfRedeeming(state, invitation);
  if (refusal === null) {
    seatInvited(state, invitation);
    return 'SEATED';
  }
  if (['INVITATION_USED', 'ALREADY_REGISTERED', 'STAFF_CANNOT_REGISTER'].includes(refusal)) {
    if (invitation.state === 'open') invitation.state = 'withdrawn';
    return 'SKIPPED';
  }
  return invitation.state === 'open' && state.now < invitation.expiresAt ? 'INVITED' : 'ENDED';
}

function redeem(state: State, requested: Extract<Change, { type: 'redeem' }>): Response {
  const { competition: id, person, answers } = requested;
  const invitation = state.invitations[requested.invitation ?? NONE];
  if (invitation === undefined) return { code: 'INVITATION_NOT_FOUND' };
  const own = findActive(state, person, id);
  const refusal =
    refusalOfRedeeming(state, invitation) ?? refusalOfAnswers(state.competitions[id] as Competition, answers);
  if (refusal === 'ALREADY_REGISTERED' && own)
    return { code: refusal, registration: own.number, status: statusOf(own) };
  if (refusal) return { code: refusal };
  return { code: '200', registration: seatInvited(state, invitation).number, status: 'PENDING' };
}

function refusalOfRedeeming(
  state: State,
  { person, competition: id, expiresAt, state: its }: Invitation,
): string | null {
  if (its === 'redeemed') return 'INVITATION_USED';
  if (its === 'expired') return 'INVITATION_EXPIRED';
  if (state.competitions[id]?.cancelledAt !== null) return 'COMPETITION_CANCELLED';
  if (its === 'withdrawn') return 'INVITATION_WITHDRAWN';
  if (state.now >= expiresAt) return 'INVITATION_EXPIRED';
  if (holdsSeat(findActive(state, person, id))) return 'ALREADY_REGISTERED';
  return isStaff(state, person, id) ? 'STAFF_CANNOT_REGISTER' : null;
}

/** The reserved seat becomes the person's. Who waits or has applied keeps the registration. */
function seatInvited(state: State, invitation: Invitation): Registration {
  const { person, competition } = invitation;
  invitation.state = 'redeemed';
  const own = findActive(state, person, competition);
  const registration = own ?? add(state, person, competition, 'seated');
  if (own) own.admission = state.admissions++;
  return Object.assign(registration, { state: 'seated', isDecided: true });
}

function withdraw(state: State, id: number, number = NONE): string {
  const invitation = state.invitations[number];
  if (invitation === undefined) return 'INVITATION_NOT_FOUND';
  if (invitation.state === 'redeemed') return 'INVITATION_USED';
  if (invitation.state === 'withdrawn') return 'INVITATION_WITHDRAWN';
  if (invitation.state === 'expired' || state.now >= invitation.expiresAt) return 'INVITATION_EXPIRED';
  invitation.state = 'withdrawn';
  promote(state, id);
  return 'WITHDRAWN';
}

/** Keeps its admission number: it comes before all who registered later. */
function reinstate(state: State, requested: Extract<Change, { type: 'reinstate' }>): Response {
  const { competition: id } = requested;
  const competition = state.competitions[id] as Competition;
  const registration = state.registrations[requested.registration ?? NONE];
  if (registration === undefined) return { code: 'REGISTRATION_NOT_FOUND' };
  if (competition.cancelledAt !== null) return { code: 'COMPETITION_CANCELLED' };
  const { number } = registration;
  if (isActive(registration)) return { code: '200', registration: number, status: statusOf(registration) };
  if (findActive(state, registration.person, id)) return { code: 'ALREADY_REGISTERED' };
  if (isStaff(state, registration.person, id)) return { code: 'STAFF_CANNOT_REGISTER' };
  const isFirst = waitlistOf(state, id).every((other) => other.admission > registration.admission);
  if (registration.endReason === 'rejected' || (competition.isByApproval && !registration.isDecided)) {
    registration.state = 'applied';
    registration.isDecided = false;
  } else if (seatsLeft(state, id) > 0 && isFirst) seat(state, registration);
  else if (state.now >= promotesUntil(competition)) return { code: 'COMPETITION_FULL' };
  else registration.state = 'waitlisted';
  registration.endReason = null;
  promote(state, id);
  return { code: '200', registration: number, status: statusOf(registration) };
}

/** Some hours after both now and the current deadline, at half past. */
function extendedDeadline(state: State, { competition, hours }: { competition: number; hours: number }): number {
  return Math.floor(Math.max(state.now, state.competitions[competition]?.deadline ?? 0)) + hours + 0.5;
}

/** Until the start where people are accepted or have to confirm, otherwise until the deadline. */
const promotesUntil = ({ deadline, startsAt, isByApproval, confirmWithin }: Competition): number =>
  isByApproval || confirmWithin !== null ? Math.max(deadline, startsAt) : deadline;

/** What expired before promotion ended goes to the waitlist as of its expiry, however late that is. */
function settle(state: State, id: number): void {
  const competition = state.competitions[id] as Competition;
  if (competition.cancelledAt !== null) return;
  const until = promotesUntil(competition);
  if (expire(state, id, (at) => at <= state.now && at <= until)) promoteNow(state, id);
  expire(state, id, (at) => at <= state.now);
}

function expire(state: State, id: number, isDue: (at: number) => boolean): boolean {
  const holds = registrationsIn(state, id, 'held').filter(({ heldUntil }) => isDue(heldUntil as number));
  for (const hold of holds) end(hold, 'expired');
  const invitations = openInvitations(state, id).filter(({ expiresAt }) => isDue(expiresAt));
  for (const invitation of invitations) invitation.state = 'expired';
  return holds.length + invitations.length > 0;
}

/** Free seats go to the first on the waitlist. */
function promote(state: State, id: number): void {
  const competition = state.competitions[id] as Competition;
  if (competition.cancelledAt === null && state.now < promotesUntil(competition)) promoteNow(state, id);
}

function promoteNow(state: State, id: number): void {
  for (const first of waitlistOf(state, id)) {
    if (seatsLeft(state, id) === 0) return;
    seat(state, first);
  }
}

/** The seat of somebody who was accepted or promoted. Before the start they may have to confirm it. */
function seat(state: State, registration: Registration): void {
  const { confirmWithin, startsAt } = state.competitions[registration.competition] as Competition;
  const isHeld = confirmWithin !== null && state.now < startsAt;
  registration.state = isHeld ? 'held' : 'seated';
  registration.heldUntil = isHeld ? Math.min(state.now + confirmWithin, startsAt) : null;
}

function add(state: State, person: number, competition: number, which: Registration['state']): Registration {
  const registration: Registration = {
    ...{ person, competition, number: state.registrations.length, admission: state.admissions++, state: which },
    ...{ heldUntil: null, isDecided: false, endReason: null },
  };
  state.registrations.push(registration);
  return registration;
}

function end(registration: Registration, endReason: Registration['endReason']): void {
  registration.state = 'ended';
  registration.endReason = endReason;
}

const registered = (registration: Registration): Response => ({
  code: '201',
  registration: registration.number,
  status: statusOf(registration),
});

export const seatsLeft = (state: State, id: number): number =>
  (state.competitions[id]?.capacity ?? 0) -
  registrationsIn(state, id, 'seated').length -
  registrationsIn(state, id, 'held').length -
  openInvitations(state, id).length;

export const openInvitations = (state: State, id: number): Invitation[] =>
  state.invitations.filter((invitation) => invitation.competition === id && invitation.state === 'open');

const findOpenInvitation = (state: State, person: number, id: number) =>
  openInvitations(state, id).find((invitation) => invitation.person === person);

export const waitlistOf = (state: State, id: number): Registration[] =>
  registrationsIn(state, id, 'waitlisted').sort((a, b) => a.admission - b.admission);

const registrationsIn = (state: State, id: number, which: Registration['state']) =>
  state.registrations.filter((registration) => registration.competition === id && registration.state === which);

const isStaff = (state: State, person: number, id: number) => state.staff.has(`${person} ${id}`);

const holdsSeat = (registration: Registration | undefined) =>
  registration?.state === 'seated' || registration?.state === 'held';

const isActive = ({ state }: Registration) => state !== 'ended';

const findActive = (state: State, person: number, id: number) =>
  state.registrations.find((other) => other.person === person && other.competition === id && isActive(other));

/** The active registration, or the last one that has ended. */
const findLatest = (state: State, person: number, id: number): Registration | undefined =>
  findActive(state, person, id) ??
  state.registrations.filter((other) => other.person === person && other.competition === id).at(-1);

const STATUSES = {
  seated: 'PENDING',
  held: 'HELD',
  waitlisted: 'WAITLISTED',
  applied: 'APPLIED',
  ended: 'PENDING',
} as const;

const statusOf = ({ state }: Registration): Status => STATUSES[state];
