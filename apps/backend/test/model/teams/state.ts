export interface Settings {
  readonly teamMin: number;
  readonly teamMax: number;
  readonly seatUnit: 'PERSON' | 'TEAM';
  readonly isByApproval: boolean;
  /** Whether a team that is accepted, promoted or reinstated has to confirm its seats. */
  readonly confirms: boolean;
}

export interface Registration {
  state: 'applied' | 'waitlisted' | 'held' | 'seated' | 'ended';
  /** Which has a lower one is promoted first. Accepting draws a new one. */
  admission: number;
  isDecided: boolean;
  endReason: 'left' | 'removed' | 'rejected' | 'expired' | 'team-too-small' | 'no-show' | null;
  /** Its members when it was rejected. */
  rejected: readonly number[];
  /** People who have come in. */
  entered: readonly number[];
}

export interface Team {
  /** In the order of joining; empty: the team has ended. */
  members: readonly number[];
  former: readonly number[];
  captain: number;
  /** The version of the questions that each member has answered. */
  answered: Readonly<Record<number, number>>;
  /** At most one of them is active. */
  readonly registrations: Registration[];
}

/** A competition is open until its teams are fixed; then it starts, and at last promotion ends. */
export interface State {
  readonly settings: Settings;
  capacity: number;
  /** Whether there is a question that every member has to answer. */
  asks: boolean;
  questionsVersion: number;
  phase: 'open' | 'locked' | 'started' | 'over';
  admissions: number;
  readonly teams: Team[];
}

export const initialState = (settings: Settings, capacity: number): State => ({
  settings,
  capacity,
  asks: false,
  questionsVersion: 0,
  phase: 'open',
  admissions: 0,
  teams: [],
});

export const copyOf = (state: State): State => ({
  ...state,
  teams: state.teams.map((team) => ({
    ...team,
    registrations: team.registrations.map((registration) => ({ ...registration })),
  })),
});

export const isActive = ({ state }: Registration): boolean => state !== 'ended';
export const holdsSeats = ({ state }: Registration): boolean => state === 'seated' || state === 'held';
export const isLiving = (team: Team | undefined): team is Team => team !== undefined && team.members.length > 0;
export const activeOf = ({ registrations }: Team) => registrations.find(isActive);
export const teamOf = (state: State, person: number) => state.teams.find(({ members }) => members.includes(person));

export const wasMember = ({ members, former }: Team, person: number): boolean =>
  members.includes(person) || former.includes(person);

/** A person who was rejected with one team cannot apply with another. */
export const wasRejected = ({ teams }: State, person: number): boolean =>
  teams.some(({ registrations }) => registrations.some(({ rejected }) => rejected.includes(person)));

interface Registered {
  readonly team: Team;
  readonly registration: Registration;
}

export const active = ({ teams }: State): Registered[] =>
  teams.flatMap((team) => {
    const registration = activeOf(team);
    return registration ? [{ team, registration }] : [];
  });

export const waitlist = (state: State): Registered[] =>
  active(state)
    .filter(({ registration }) => registration.state === 'waitlisted')
    .sort((a, b) => a.registration.admission - b.registration.admission);

export const seatsOf = ({ settings }: State, { members }: Team): number =>
  settings.seatUnit === 'TEAM' ? 1 : members.length;

const seatsOfAll = (state: State, registered: readonly Registered[]): number =>
  registered.reduce((total, { team }) => total + seatsOf(state, team), 0);

export const seatsLeft = (state: State): number =>
  state.capacity -
  seatsOfAll(
    state,
    active(state).filter(({ registration }) => holdsSeats(registration)),
  );

/** Seats belong to the waitlist before they belong to newcomers. */
export const fitsNow = (state: State, team: Team): boolean =>
  seatsOf(state, team) <= seatsLeft(state) - seatsOfAll(state, waitlist(state));

const STATUSES = { seated: 'PENDING', held: 'HELD', waitlisted: 'WAITLISTED', applied: 'APPLIED', ended: 'CANCELLED' };
export const statusOf = ({ state }: Registration): string => STATUSES[state];
