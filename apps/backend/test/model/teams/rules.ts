import type { Addressed, Answering, Decision, Operation } from './operations.js';
import { add, end, endMember, promote, removeMember, seat } from './seats.js';
import {
  active,
  activeOf,
  fitsNow,
  holdsSeats,
  isActive,
  isLiving,
  type State,
  seatsLeft,
  seatsOf,
  statusOf,
  type Team,
  teamOf,
  waitlist,
  wasMember,
  wasRejected,
} from './state.js';

/**
 * The rules of teams as a pure state machine, written from the specification and not from the code: no SQL, no clock, no
 * concurrency.
 *
 * Returns the error code, or `done`; for registering, the new status; for deciding, what becomes of each. Several error
 * codes are separated by `|` where any of them may be the answer.
 */
export function perform(state: State, operation: Operation): string {
  switch (operation.type) {
    case 'create':
      return create(state, operation);
    case 'join':
      return join(state, operation, state.teams[operation.team]);
    case 'answer':
      return answer(state, operation, state.teams[operation.team]);
    case 'end':
      return endMembership(state, operation.person, state.teams[operation.team], operation.whose);
    case 'make-captain':
      return makeCaptain(operation.person, state.teams[operation.team], operation.to);
    case 'register':
      return register(state, operation.person, state.teams[operation.team], operation.joinWaitlist);
    case 'leave':
      return leave(state, operation.person);
    case 'withdraw':
      return withdraw(state, operation.person, state.teams[operation.team]);
    case 'decide':
      return operation.decisions.map((decision) => decide(state, decision)).join();
    case 'reinstate':
      return reinstate(state, operation);
    case 'remove':
      return removeTeam(state, operation);
    case 'confirm':
      return confirm(state, operation.person);
    case 'check-in':
      return checkIn(state, operation.person);
    case 'holds-expire':
      return expireHolds(state);
    case 'release-no-shows':
      return releaseNoShows(state);
    case 'capacity':
      return resize(state, operation.capacity);
    case 'ask':
      return ask(state, operation.isRequired);
    case 'next-phase':
      return nextPhase(state);
  }
}

function create(state: State, { person, answers }: Extract<Operation, { type: 'create' }>): string {
  if (teamOf(state, person)) return 'ALREADY_IN_TEAM';
  if (wasRejected(state, person)) return 'ALREADY_DECIDED';
  if (state.phase !== 'open') return 'TEAMS_LOCKED';
  if (isOutdated(state, answers)) return 'QUESTIONS_CHANGED';
  const team: Team = { members: [], former: [], captain: person, answered: {}, registrations: [] };
  addMember(team, person, answers);
  state.teams.push(team);
  return 'done';
}

/** Whether there is a place is looked at twice, first without a lock: of several reasons, any may be the answer. */
function join(state: State, { person, answers }: Extract<Operation, { type: 'join' }>, team: Team | undefined): string {
  if (!isLiving(team)) return 'TEAM_NOT_FOUND';
  const own = teamOf(state, person);
  if (own === team) return 'done';
  const { teamMax, seatUnit } = state.settings;
  const takesSeat = seatUnit === 'PERSON' && team.registrations.some(holdsSeats);
  const refusals = [
    ...(own ? ['ALREADY_IN_TEAM'] : []),
    ...(wasRejected(state, person) ? ['ALREADY_DECIDED'] : []),
    ...(state.phase === 'open' ? [] : ['TEAMS_LOCKED']),
    ...(isOutdated(state, answers) ? ['QUESTIONS_CHANGED'] : []),
    ...(team.members.length < teamMax ? [] : ['TEAM_FULL']),
    ...(takesSeat && (seatsLeft(state) < 1 || waitlist(state).length > 0) ? ['COMPETITION_FULL'] : []),
  ];
  if (refusals.length > 0) return refusals.join('|');
  addMember(team, person, answers);
  return 'done';
}

const isOutdated = ({ asks, questionsVersion }: State, answers: Answering['answers']): boolean =>
  answers === null ? asks : answers.version !== questionsVersion;

function addMember(team: Team, person: number, answers: Answering['answers']): void {
  team.members = [...team.members, person];
  const { [person]: _, ...others } = team.answered;
  team.answered = answers?.version === undefined ? others : { ...others, [person]: answers.version };
}

function answer(
  state: State,
  { person, version }: Extract<Operation, { type: 'answer' }>,
  team: Team | undefined,
): string {
  if (!team?.members.includes(person)) return 'TEAM_NOT_FOUND';
  if (state.phase !== 'open') return 'TEAMS_LOCKED';
  if (version === undefined || version !== state.questionsVersion) return 'QUESTIONS_CHANGED';
  team.answered = { ...team.answered, [person]: version };
  return 'done';
}

function endMembership(state: State, person: number, team: Team | undefined, whose: number): string {
  if (team === undefined || !wasMember(team, person)) return 'TEAM_NOT_FOUND';
  if (person === whose) {
    if (team.members.includes(person)) removeMember(state, team, person);
    return 'done';
  }
  if (!isLiving(team)) return 'TEAM_NOT_FOUND';
  if (team.captain !== person) return 'NOT_CAPTAIN';
  if (state.phase !== 'open') return 'TEAMS_LOCKED';
  if (!team.members.includes(whose)) return wasMember(team, whose) ? 'done' : 'NOT_A_MEMBER';
  removeMember(state, team, whose);
  return 'done';
}

function makeCaptain(person: number, team: Team | undefined, to: number): string {
  if (!team?.members.includes(person)) return 'TEAM_NOT_FOUND';
  if (team.captain !== person) return 'NOT_CAPTAIN';
  if (!team.members.includes(to)) return 'NOT_A_MEMBER';
  team.captain = to;
  return 'done';
}

function register(state: State, person: number, team: Team | undefined, joinWaitlist: boolean): string {
  const own = teamOf(state, person);
  if (own && activeOf(own)) return 'ALREADY_REGISTERED';
  if (own === team && own?.registrations.some(({ endReason }) => endReason === 'rejected')) return 'ALREADY_DECIDED';
  if (state.phase !== 'open') return 'REGISTRATION_CLOSED';
  if (!isLiving(team) || own !== team) return 'TEAM_NOT_FOUND';
  if (team.captain !== person) return 'NOT_CAPTAIN';
  const hasAnswered = (member: number) => team.answered[member] === state.questionsVersion;
  if (state.asks && !team.members.every(hasAnswered)) return 'TEAM_MEMBER_INELIGIBLE';
  if (team.members.length < state.settings.teamMin) return 'TEAM_TOO_SMALL';
  const fits = fitsNow(state, team);
  if (state.settings.isByApproval) return add(state, team, 'applied');
  if (!fits && !joinWaitlist) return 'COMPETITION_FULL';
  return add(state, team, fits ? 'seated' : 'waitlisted');
}

/** By the route for leaving a competition: of a team it ends the membership. */
function leave(state: State, person: number): string {
  const own = teamOf(state, person);
  if (own && activeOf(own)) {
    removeMember(state, own, person);
    return 'done';
  }
  const hasLeft = state.teams.some((team) => wasMember(team, person) && team.registrations.length > 0);
  return hasLeft ? 'done' : 'NOT_REGISTERED';
}

function withdraw(state: State, person: number, team: Team | undefined): string {
  if (!isLiving(team)) return 'TEAM_NOT_FOUND';
  if (team.captain !== person) return 'NOT_CAPTAIN';
  const active = activeOf(team);
  if (!active) return 'NOT_REGISTERED';
  end(active, 'left');
  promote(state);
  return 'done';
}

/** Accepting is admission, in the given order. It never passes teams that are waiting. */
function decide(state: State, { decision, ...which }: Decision): string {
  const { team, registration } = find(state, which);
  if (!team || !registration) return 'NOT_REGISTERED';
  if (isActive(registration) ? registration.state !== 'applied' : registration.endReason === 'rejected')
    return 'ALREADY_DECIDED';
  if (!isActive(registration)) return 'NOT_REGISTERED';
  if (decision === 'REJECT') {
    end(registration, 'rejected');
    registration.isDecided = true;
    registration.rejected = team.members;
    return 'REJECTED';
  }
  const fits = fitsNow(state, team);
  if (decision === 'WAITLIST' && fits) return 'SEATS_AVAILABLE';
  if (!fits && state.phase === 'over') return 'COMPETITION_FULL';
  registration.isDecided = true;
  registration.admission = state.admissions++;
  if (fits) seat(state, registration);
  else registration.state = 'waitlisted';
  return statusOf(registration);
}

/** By an organizer: with the present members, at the old place. */
function reinstate(state: State, which: Addressed): string {
  const { team, registration } = find(state, which);
  if (!team || !registration) return 'REGISTRATION_NOT_FOUND';
  if (isActive(registration)) return 'done';
  if (!isLiving(team)) return 'TEAM_NOT_FOUND';
  if (activeOf(team)) return 'ALREADY_REGISTERED';
  const isFirst = waitlist(state).every((other) => other.registration.admission > registration.admission);
  if (registration.endReason === 'rejected' || (state.settings.isByApproval && !registration.isDecided)) {
    registration.state = 'applied';
    registration.isDecided = false;
  } else if (isFirst && seatsOf(state, team) <= seatsLeft(state)) seat(state, registration);
  else if (state.phase === 'over') return 'COMPETITION_FULL';
  else registration.state = 'waitlisted';
  registration.endReason = null;
  registration.rejected = [];
  promote(state);
  return 'done';
}

/** By an organizer. What had ended when it was asked for is left out. */
function removeTeam(state: State, which: Extract<Operation, { type: 'remove' }>): string {
  const { registration } = find(state, which);
  if (!registration) return 'REGISTRATION_NOT_FOUND';
  if (which.wasActive && isActive(registration)) {
    end(registration, 'removed');
    promote(state);
  }
  return 'done';
}

function confirm(state: State, person: number): string {
  const own = teamOf(state, person);
  const latest = own && (activeOf(own) ?? own.registrations.at(-1));
  if (!latest) return 'NOT_REGISTERED';
  if (latest.endReason === 'expired') return 'HOLD_EXPIRED';
  if (latest.state === 'ended') return 'NOT_REGISTERED';
  if (latest.state === 'seated') return 'done';
  if (latest.state !== 'held') return 'NOTHING_TO_CONFIRM';
  if (own?.captain !== person) return 'NOT_CAPTAIN';
  latest.state = 'seated';
  return 'done';
}

/** At a door, with the latest registration of the own team. */
function checkIn(state: State, person: number): string {
  const latest = teamOf(state, person)?.registrations.at(-1);
  if (!latest) return 'NOT_ON_LIST';
  if (latest.state === 'ended') return 'ENDED';
  if (latest.state !== 'seated') return 'NOT_DECIDED';
  if (latest.entered.includes(person)) return 'ALREADY_IN';
  latest.entered = [...latest.entered, person];
  return 'WELCOME';
}

/** Whole teams end, and of the others the absent members leave. */
function releaseNoShows(state: State): string {
  if (state.phase === 'open' || state.phase === 'locked') return 'NOT_STARTED';
  const seated = state.teams.flatMap((team) => {
    const registration = team.registrations.find((one) => one.state === 'seated');
    const absent = registration ? team.members.filter((member) => !registration.entered.includes(member)) : [];
    return registration && absent.length > 0 ? [{ team, registration, absent }] : [];
  });
  if (seated.length === 0) return 'NOBODY_ABSENT';
  for (const { team, registration, absent } of seated)
    if (absent.length === team.members.length) end(registration, 'no-show');
    else for (const member of absent) endMember(team, member);
  promote(state);
  return 'done';
}

/** All of them at once, while people are promoted. */
function expireHolds(state: State): string {
  if (state.phase === 'over') return 'done';
  for (const { registration } of active(state)) if (registration.state === 'held') end(registration, 'expired');
  promote(state);
  return 'done';
}

function resize(state: State, capacity: number): string {
  if (capacity < state.capacity - seatsLeft(state)) return 'CAPACITY_BELOW_SEATED';
  state.capacity = capacity;
  promote(state);
  return 'done';
}

/** Answers that were given stay valid, or it is another version. */
function ask(state: State, isRequired: boolean): string {
  if (isRequired && !state.asks) state.questionsVersion++;
  state.asks = isRequired;
  promote(state);
  return 'done';
}

function nextPhase(state: State): string {
  switch (state.phase) {
    case 'open':
      // Of those that are too small, some may have come already.
      for (const { team, registration } of active(state))
        if (team.members.length < state.settings.teamMin && registration.entered.length === 0)
          end(registration, 'team-too-small');
      promote(state);
      state.phase = 'locked';
      break;
    case 'locked':
      state.phase = 'started';
      // No hold lasts longer than that, and nobody gets one after it.
      expireHolds(state);
      break;
    case 'started':
      state.phase = 'over';
      // The last pass skips teams that do not fit.
      for (const { team, registration } of waitlist(state))
        if (seatsOf(state, team) <= seatsLeft(state)) seat(state, registration);
  }
  return 'done';
}

const find = (state: State, { team: index, registration }: Addressed) => {
  const team = state.teams[index];
  return { team, registration: team?.registrations[registration ?? -1] };
};
