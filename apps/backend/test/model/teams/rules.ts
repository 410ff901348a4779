/**
 * The rules of teams as a pure state machine, written from the specification and not from the code: no SQL, no clock, no
 * concurrency. A competition is open until its teams are fixed, and then promotion ends.
 */
export interface Settings {
  readonly teamMin: number;
  readonly teamMax: number;
  readonly seatUnit: 'PERSON' | 'TEAM';
  /** Whether a team that gets seats from the waitlist, or is reinstated, has to confirm them. */
  readonly confirms: boolean;
}

export interface Team {
  readonly number: number;
  /** In the order of joining; empty: the team has ended. */
  members: number[];
  captain: number;
  registration: { state: 'seated' | 'held' | 'waitlisted'; admission: number } | null;
  /** Its latest registration, also when that has ended. */
  lastAdmission: number | null;
  hasExpired: boolean;
}

export interface State {
  readonly settings: Settings;
  capacity: number;
  phase: 'open' | 'locked' | 'over';
  admissions: number;
  readonly teams: Team[];
}

export type Operation =
  | { readonly type: 'create'; readonly person: number }
  | { readonly type: 'join'; readonly person: number; readonly team: number }
  | { readonly type: 'end'; readonly person: number; readonly team: number; readonly whose: number }
  | { readonly type: 'make-captain'; readonly person: number; readonly team: number; readonly to: number }
  | { readonly type: 'register'; readonly person: number; readonly team: number; readonly joinWaitlist: boolean }
  | { readonly type: 'leave'; readonly person: number }
  | { readonly type: 'withdraw'; readonly person: number; readonly team: number }
  | { readonly type: 'reinstate'; readonly team: number }
  | { readonly type: 'confirm'; readonly person: number }
  | { readonly type: 'holds-expire' }
  | { readonly type: 'capacity'; readonly capacity: number }
  | { readonly type: 'next-phase' };

export const initialState = (settings: Settings, capacity: number): State => ({
  settings,
  capacity,
  phase: 'open',
  admissions: 0,
  teams: [],
});

/** The error code, or `done`; for registering, the new status. */
export function perform(state: State, operation: Operation): string {
  switch (operation.type) {
    case 'create':
      return create(state, operation.person);
    case 'join':
      return join(state, operation.person, state.teams[operation.team]);
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
    case 'reinstate':
      return reinstate(state, state.teams[operation.team]);
    case 'confirm':
      return confirm(state, operation.person);
    case 'holds-expire':
      return expireHolds(state);
    case 'capacity':
      return resize(state, operation.capacity);
    case 'next-phase':
      return nextPhase(state);
  }
}

function create(state: State, person: number): string {
  if (teamOf(state, person)) return 'ALREADY_IN_TEAM';
  if (state.phase !== 'open') return 'TEAMS_LOCKED';
  const number = state.teams.length;
  state.teams.push({
    number,
    members: [person],
    captain: person,
    registration: null,
    lastAdmission: null,
    hasExpired: false,
  });
  return 'done';
}

function join(state: State, person: number, team: Team | undefined): string {
  if (!isLiving(team)) return 'TEAM_NOT_FOUND';
  const own = teamOf(state, person);
  if (own === team) return 'done';
  const isFull = team.members.length >= state.settings.teamMax;
  // Whether a team is full is read first, without a lock.
  if (isFull) return 'TEAM_FULL';
  if (own) return 'ALREADY_IN_TEAM';
  if (state.phase !== 'open') return 'TEAMS_LOCKED';
  const takesSeat = state.settings.seatUnit === 'PERSON' && team.registration !== null && !isWaiting(team);
  if (takesSeat && (seatsLeft(state) < 1 || waitlist(state).length > 0)) return 'COMPETITION_FULL';
  team.members.push(person);
  return 'done';
}

function endMembership(state: State, person: number, team: Team | undefined, whose: number): string {
  if (team === undefined || !everIn(team, person)) return 'TEAM_NOT_FOUND';
  if (person === whose) {
    if (team.members.includes(person)) remove(state, team, person);
    return 'done';
  }
  if (!isLiving(team)) return 'TEAM_NOT_FOUND';
  if (team.captain !== person) return 'NOT_CAPTAIN';
  if (state.phase !== 'open') return 'TEAMS_LOCKED';
  if (!team.members.includes(whose)) return everIn(team, whose) ? 'done' : 'NOT_A_MEMBER';
  remove(state, team, whose);
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
  if (own?.registration) return 'ALREADY_REGISTERED';
  if (state.phase !== 'open') return 'REGISTRATION_CLOSED';
  if (!isLiving(team) || own !== team) return 'TEAM_NOT_FOUND';
  if (team.captain !== person) return 'NOT_CAPTAIN';
  if (team.members.length < state.settings.teamMin) return 'TEAM_TOO_SMALL';
  const fits = seatsOf(state, team) <= seatsLeft(state) - seatsWaitedFor(state);
  if (!fits && !joinWaitlist) return 'COMPETITION_FULL';
  team.lastAdmission = state.admissions++;
  team.registration = { state: fits ? 'seated' : 'waitlisted', admission: team.lastAdmission };
  return fits ? 'PENDING' : 'WAITLISTED';
}

/** By the route for leaving a competition: of a team it ends the membership. */
function leave(state: State, person: number): string {
  const own = teamOf(state, person);
  if (own?.registration) {
    remove(state, own, person);
    return 'done';
  }
  return state.teams.some((team) => everIn(team, person) && wasRegistered.has(team)) ? 'done' : 'NOT_REGISTERED';
}

function withdraw(state: State, person: number, team: Team | undefined): string {
  if (!isLiving(team)) return 'TEAM_NOT_FOUND';
  if (team.captain !== person) return 'NOT_CAPTAIN';
  if (!team.registration) return 'NOT_REGISTERED';
  endRegistration(state, team);
  return 'done';
}

/** By an organizer, of the latest registration: with the present members, at the old place. */
function reinstate(state: State, team: Team | undefined): string {
  if (team === undefined || team.lastAdmission === null) return 'REGISTRATION_NOT_FOUND';
  if (team.registration) return 'done';
  if (!isLiving(team)) return 'TEAM_NOT_FOUND';
  const admission = team.lastAdmission;
  const isFirst = waitlist(state).every(({ registration }) => (registration?.admission ?? 0) > admission);
  const fits = isFirst && seatsOf(state, team) <= seatsLeft(state);
  if (!fits && state.phase === 'over') return 'COMPETITION_FULL';
  team.registration = { state: 'waitlisted', admission };
  if (fits) seat(state, team);
  promote(state);
  return 'done';
}

function confirm(state: State, person: number): string {
  const own = teamOf(state, person);
  if (!own?.registration) return own?.hasExpired ? 'HOLD_EXPIRED' : 'NOT_REGISTERED';
  if (own.registration.state === 'waitlisted') return 'NOTHING_TO_CONFIRM';
  if (own.registration.state === 'held') {
    if (own.captain !== person) return 'NOT_CAPTAIN';
    own.registration.state = 'seated';
  }
  return 'done';
}

/** All of them at once, while people are promoted. */
function expireHolds(state: State): string {
  if (state.phase === 'over') return 'done';
  for (const team of registered(state))
    if (team.registration?.state === 'held') {
      endRegistration(state, team, { promotes: false });
      team.hasExpired = true;
    }
  promote(state);
  return 'done';
}

function resize(state: State, capacity: number): string {
  if (capacity < state.capacity - seatsLeft(state)) return 'CAPACITY_BELOW_SEATED';
  state.capacity = capacity;
  promote(state);
  return 'done';
}

function nextPhase(state: State): string {
  if (state.phase === 'open') {
    for (const team of registered(state))
      if (team.members.length < state.settings.teamMin) endRegistration(state, team, { promotes: false });
    promote(state);
    state.phase = 'locked';
  } else if (state.phase === 'locked') {
    state.phase = 'over';
    // The last pass skips teams that do not fit.
    for (const team of waitlist(state)) if (seatsOf(state, team) <= seatsLeft(state)) seat(state, team);
  }
  return 'done';
}

function remove(state: State, team: Team, person: number): void {
  former.add(`${team.number} ${person}`);
  remember(team);
  team.members = team.members.filter((member) => member !== person);
  if (team.members.length === 0) {
    endRegistration(state, team);
    return;
  }
  if (team.captain === person) team.captain = team.members[0] as number;
  promote(state);
}

function endRegistration(state: State, team: Team, { promotes = true } = {}): void {
  if (team.registration) wasRegistered.add(team);
  team.hasExpired = false;
  team.registration = null;
  if (promotes) promote(state);
}

/** Strictly in order: a team that does not fit is not passed. */
function promote(state: State): void {
  if (state.phase === 'over') return;
  for (const team of waitlist(state)) {
    if (seatsOf(state, team) > seatsLeft(state)) return;
    seat(state, team);
  }
}

/** After the start it is too late to ask for a confirmation. */
function seat({ settings, phase }: State, team: Team): void {
  if (team.registration) team.registration.state = settings.confirms && phase !== 'over' ? 'held' : 'seated';
}

/** Kept beside the state, which is compared. */
const former = new Set<string>();
const wasRegistered = new Set<Team>();
export function forget(): void {
  former.clear();
  wasRegistered.clear();
}
const remember = (team: Team) => team.registration && wasRegistered.add(team);
const everIn = (team: Team, person: number): boolean =>
  team.members.includes(person) || former.has(`${team.number} ${person}`);

const isWaiting = ({ registration }: Team): boolean => registration?.state === 'waitlisted';
const isLiving = (team: Team | undefined): team is Team => team !== undefined && team.members.length > 0;
const teamOf = (state: State, person: number) => state.teams.find(({ members }) => members.includes(person));
const registered = (state: State) => state.teams.filter(({ registration }) => registration !== null);

export const seatsOf = ({ settings }: State, { members }: Team): number =>
  settings.seatUnit === 'TEAM' ? 1 : members.length;

export const waitlist = (state: State): Team[] =>
  registered(state)
    .filter(isWaiting)
    .sort((a, b) => (a.registration?.admission ?? 0) - (b.registration?.admission ?? 0));

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

export const seatsLeft = (state: State): number =>
  state.capacity -
  sum(
    registered(state)
      .filter((team) => !isWaiting(team))
      .map((team) => seatsOf(state, team)),
  );

const seatsWaitedFor = (state: State): number => sum(waitlist(state).map((team) => seatsOf(state, team)));
