import type { TestApi } from '../../support/api.js';
import { explain, type Rules } from '../linearize.js';
import { addressed, type Operation } from './operations.js';
import { perform } from './rules.js';
import type { Scenario } from './scenario.js';
import { copyOf, initialState, type State, seatsLeft, seatsOf, type Team, waitlist } from './state.js';
import { competitionText, TeamSystem, teamText } from './team-system.js';

/** Runs a scenario on real servers and on the model. Returns the first difference, or null. */
export async function runScenario(
  { settings, capacity, steps }: Scenario,
  servers: readonly TestApi[],
): Promise<string | null> {
  const system = await TeamSystem.create(servers, settings, capacity);
  let state = initialState(settings, capacity);
  for (const [n, step] of steps.entries()) {
    const exchanges = await system.send(step.map((operation) => addressed(state, operation)));
    const next = explain(RULES, state, exchanges, await system.rows());
    if (typeof next === 'string') return `step ${n + 1}: ${next}`;
    state = next;
  }
  return null;
}

const RULES: Rules<State, Operation, string> = {
  copyOf,
  perform,
  fits: (actual, expected) => expected.split('|').includes(actual),
  isEffective: (response) => response.split(',').some((one) => EFFECTS.includes(one)),
  nextNumber: ({ teams }) => teams.length,
  rowsOf: (state) => [rowOfCompetition(state), ...state.teams.map((team) => rowOf(state, team))],
};

const EFFECTS = ['done', 'PENDING', 'HELD', 'WAITLISTED', 'APPLIED', 'REJECTED', 'WELCOME'];

function rowOfCompetition(state: State): string {
  const waiting = waitlist(state);
  const registrations = state.teams.flatMap(({ registrations }, team) =>
    registrations.map(({ admission }) => ({ admission, team })),
  );
  return competitionText({
    asks: state.asks,
    questionsVersion: state.questionsVersion,
    left: seatsLeft(state),
    waiting: waiting.length,
    extra: waiting.reduce((sum, { team }) => sum + seatsOf(state, team) - 1, 0),
    queue: waiting.map(({ team }) => state.teams.indexOf(team)),
    order: registrations.sort((a, b) => a.admission - b.admission).map(({ team }) => team),
  });
}

function rowOf(state: State, team: Team): string {
  const { members, captain, registrations } = team;
  const seats = seatsOf(state, team);
  return teamText({ members, captain: [captain], registrations: registrations.map((one) => ({ ...one, seats })) });
}
