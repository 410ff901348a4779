import { activeOf, type Registration, type State, seatsLeft, seatsOf, statusOf, type Team, waitlist } from './state.js';

export function removeMember(state: State, team: Team, person: number): void {
  endMember(team, person);
  promote(state);
}

/** Without a captain, the longest-serving member is captain. */
export function endMember(team: Team, person: number): void {
  team.members = team.members.filter((member) => member !== person);
  team.former = [...team.former, person];
  const [longestServing] = team.members;
  const registration = activeOf(team);
  if (longestServing === undefined && registration) end(registration, 'left');
  if (longestServing !== undefined && team.captain === person) team.captain = longestServing;
}

/** Strictly in order: a team that does not fit is not passed. */
export function promote(state: State): void {
  if (state.phase === 'over') return;
  for (const { team, registration } of waitlist(state)) {
    if (seatsOf(state, team) > seatsLeft(state)) return;
    seat(state, registration);
  }
}

/** After the start it is too late to ask for a confirmation. */
export function seat({ settings, phase }: State, registration: Registration): void {
  const isHeld = settings.confirms && (phase === 'open' || phase === 'locked');
  registration.state = isHeld ? 'held' : 'seated';
}

export function add(state: State, team: Team, which: Registration['state']): string {
  const admission = state.admissions++;
  const registration = { state: which, admission, isDecided: false, endReason: null, rejected: [], entered: [] };
  team.registrations.push(registration);
  return statusOf(registration);
}

export function end(registration: Registration, endReason: Registration['endReason']): void {
  registration.state = 'ended';
  registration.endReason = endReason;
}
