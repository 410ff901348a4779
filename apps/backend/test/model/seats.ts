import {
  type Competition,
  openInvitations,
  promotesUntil,
  type Registration,
  registrationsIn,
  type State,
  seatsLeft,
  waitlistOf,
} from './state.js';

/** Time passes, and what has expired ends. */
export function wait(state: State, hours: number): void {
  state.now += hours;
  for (const id of state.competitions.keys()) settle(state, id);
}

/** What expired before promotion ended goes to the waitlist as of its expiry, however late that is. */
export function settle(state: State, id: number): void {
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
export function promote(state: State, id: number): void {
  const competition = state.competitions[id] as Competition;
  if (competition.cancelledAt === null && state.now < promotesUntil(competition)) promoteNow(state, id);
}

export function promoteNow(state: State, id: number): void {
  for (const first of waitlistOf(state, id)) {
    if (seatsLeft(state, id) === 0) return;
    seat(state, first);
  }
}

/** The seat of somebody who was accepted or promoted. Before the start they may have to confirm it. */
export function seat(state: State, registration: Registration): void {
  const { confirmWithin, startsAt } = state.competitions[registration.competition] as Competition;
  const isHeld = confirmWithin !== null && state.now < startsAt;
  registration.state = isHeld ? 'held' : 'seated';
  registration.heldUntil = isHeld ? Math.min(state.now + confirmWithin, startsAt) : null;
}

export function add(state: State, person: number, competition: number, which: Registration['state']): Registration {
  const registration: Registration = {
    ...{ person, competition, number: state.registrations.length, admission: state.admissions++, state: which },
    ...{ heldUntil: null, isDecided: false, endReason: null },
  };
  state.registrations.push(registration);
  return registration;
}

export function end(registration: Registration, endReason: Registration['endReason']): void {
  registration.state = 'ended';
  registration.endReason = endReason;
}
