import type { Action, Answers, Change, Decision, Invite, Request } from './actions.js';
import { add, end, promote, promoteNow, seat, settle } from './seats.js';
import {
  type Competition,
  findActive,
  findLatest,
  findOpenInvitation,
  holdsSeat,
  type Invitation,
  isActive,
  isStaff,
  promotesUntil,
  type Registration,
  type Response,
  type State,
  seatsLeft,
  statusOf,
  waitlistOf,
  wasRejected,
} from './state.js';

const NONE = -1;
const KEY_LIFETIME_HOURS = 24;

/**
 * The rules of registration as a pure state machine, written from the specification and not from the code: no SQL, no
 * clock, no concurrency. What expires is settled at once.
 */
export const perform = (state: State, action: Action): Response =>
  'operation' in action ? respond(state, action) : change(state, action);

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

const registered = (registration: Registration): Response => ({
  code: '201',
  registration: registration.number,
  status: statusOf(registration),
});
