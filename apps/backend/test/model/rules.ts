/**
 * The rulebook of registering as a pure state machine, written from the specification and not from the code: no SQL,
 * no clock, nobody else at work. Hours are whole; what opens or closes does so at half past.
 */
export interface Competition {
  capacity: number;
  readonly opensAt: number;
  deadline: number;
  waitlist: boolean;
  cancelled: boolean;
}

export interface Registration {
  readonly person: number;
  readonly competition: number;
  readonly number: number;
  state: 'seated' | 'waiting' | 'ended';
}

interface Remembered {
  readonly request: string;
  readonly said: Said;
  readonly at: number;
}

export interface State {
  now: number;
  readonly competitions: Competition[];
  /** In the order of admission. */
  readonly registrations: Registration[];
  readonly keys: Map<string, Remembered>;
}

/** An answer: a status or the code of the refusal, and what it tells of a registration. */
export interface Said {
  readonly name: string;
  readonly registration?: number;
  readonly status?: 'PENDING' | 'WAITLISTED';
  readonly position?: number;
  readonly replayed?: boolean;
}

export interface Asking {
  readonly act: 'register' | 'leave';
  readonly person: number;
  readonly competition: number;
  readonly key: string | null;
  readonly joins: boolean;
}

export type Organizing =
  | { readonly act: 'capacity'; readonly competition: number; readonly capacity: number }
  | { readonly act: 'later'; readonly competition: number; readonly hours: number }
  | { readonly act: 'waitlist'; readonly competition: number; readonly on: boolean }
  | { readonly act: 'cancel'; readonly competition: number };

const KEY_LIVES_HOURS = 24;

export const startingWith = (competitions: readonly Competition[]): State => ({
  now: 0,
  competitions: competitions.map((competition) => ({ ...competition })),
  registrations: [],
  keys: new Map(),
});

export const copyOf = (state: State): State => ({
  now: state.now,
  competitions: state.competitions.map((competition) => ({ ...competition })),
  registrations: state.registrations.map((registration) => ({ ...registration })),
  keys: new Map(state.keys),
});

const activeIn = (state: State, competition: number, what: 'seated' | 'waiting') =>
  state.registrations.filter((one) => one.competition === competition && one.state === what);

export const seatsLeft = (state: State, competition: number): number =>
  (state.competitions[competition]?.capacity ?? 0) - activeIn(state, competition, 'seated').length;

export const lineOf = (state: State, competition: number): Registration[] => activeIn(state, competition, 'waiting');

export function ask(state: State, asking: Asking): Said {
  const scope = `${asking.person} ${asking.act} ${asking.key}`;
  const request = `${asking.competition} ${asking.act === 'register' && asking.joins}`;
  const known = asking.key === null ? undefined : state.keys.get(scope);
  if (known !== undefined && known.at + KEY_LIVES_HOURS > state.now)
    return known.request === request ? { ...known.said, replayed: true } : { name: 'IDEMPOTENCY_KEY_REUSED' };
  const said = asking.act === 'register' ? register(state, asking) : leave(state, asking);
  if (asking.key !== null && /^20/.test(said.name)) state.keys.set(scope, { request, said, at: state.now });
  return said;
}

function register(state: State, { person, competition: id, joins }: Asking): Said {
  const competition = state.competitions[id];
  if (competition === undefined) return { name: 'COMPETITION_NOT_FOUND' };
  const own = ownIn(state, person, id);
  if (own) return { name: 'ALREADY_REGISTERED', registration: own.number, status: statusOf(own) };
  if (competition.cancelled) return { name: 'REGISTRATION_CLOSED' };
  if (state.now < competition.opensAt) return { name: 'REGISTRATION_NOT_OPEN' };
  if (state.now >= competition.deadline) return { name: 'REGISTRATION_CLOSED' };
  const line = lineOf(state, id).length;
  const number = state.registrations.length;
  if (seatsLeft(state, id) > line) {
    state.registrations.push({ person, competition: id, number, state: 'seated' });
    return { name: '201', registration: number, status: 'PENDING' };
  }
  if (!joins || !competition.waitlist) return { name: 'COMPETITION_FULL' };
  state.registrations.push({ person, competition: id, number, state: 'waiting' });
  return { name: '201', registration: number, status: 'WAITLISTED', position: line + 1 };
}

function leave(state: State, { person, competition: id }: Asking): Said {
  if (state.competitions[id] === undefined) return { name: 'COMPETITION_NOT_FOUND' };
  const own = ownIn(state, person, id);
  if (own === undefined) {
    const was = state.registrations.some((one) => one.person === person && one.competition === id);
    return { name: was ? '200' : 'NOT_REGISTERED' };
  }
  own.state = 'ended';
  promote(state, id);
  return { name: '200' };
}

export function organize(state: State, organizing: Organizing): Said {
  const competition = state.competitions[organizing.competition] as Competition;
  if (organizing.act === 'cancel') {
    competition.cancelled = true;
    return { name: '200' };
  }
  if (competition.cancelled) return { name: 'COMPETITION_CANCELLED' };
  if (organizing.act === 'capacity') {
    if (organizing.capacity < activeIn(state, organizing.competition, 'seated').length)
      return { name: 'CAPACITY_BELOW_SEATED' };
    competition.capacity = organizing.capacity;
  }
  if (organizing.act === 'waitlist') competition.waitlist = organizing.on;
  if (organizing.act === 'later') competition.deadline = laterBy(state, organizing);
  promote(state, organizing.competition);
  return { name: '200' };
}

/** Half past, some hours after both now and the present deadline. */
export function laterBy(state: State, { competition, hours }: { competition: number; hours: number }): number {
  return Math.floor(Math.max(state.now, state.competitions[competition]?.deadline ?? 0)) + hours + 0.5;
}

/** Whoever waits longest gets the seat that is free, until the deadline. */
function promote(state: State, id: number): void {
  const competition = state.competitions[id] as Competition;
  if (competition.cancelled || state.now >= competition.deadline) return;
  for (const first of lineOf(state, id)) {
    if (seatsLeft(state, id) === 0) return;
    first.state = 'seated';
  }
}

const ownIn = (state: State, person: number, competition: number) =>
  state.registrations.find((one) => one.person === person && one.competition === competition && one.state !== 'ended');

const statusOf = ({ state }: Registration) => (state === 'waiting' ? 'WAITLISTED' : 'PENDING');
