import type pg from 'pg';
import {
  type Change,
  change,
  copyOf,
  extendedDeadline,
  findLatest,
  findReinstated,
  initialState,
  openInvitations,
  type Request,
  type Response,
  respond,
  type State,
  seatsLeft,
  wait,
  waitlistOf,
} from './rules.js';
import type { Scenario, Step } from './scenario.js';
import { SystemUnderTest } from './system-under-test.js';

/**
 * Runs a scenario on real servers and on the model. Returns the first difference, or null.
 *
 * `promotesInSteps`: after a change of the organizer, participants go on while people on the waitlist are still being
 * promoted. In the model all of them are promoted at once. So responses may differ in what they say about people on the
 * waitlist, and rows are compared when the promotion is finished.
 */
export async function runScenario(
  { competitions, steps }: Scenario,
  servers: readonly string[],
  pool: pg.Pool,
  { promotesInSteps = false } = {},
): Promise<string | null> {
  const system = await SystemUnderTest.create(servers, pool, competitions);
  const view = promotesInSteps ? withoutProgress : (response: Response) => response;
  let state = initialState(competitions);
  for (const [n, step] of steps.entries()) {
    if (step.type === 'change' && endsDueWork(step.change, promotesInSteps)) await system.settle();
    const next = await runStep(step, state, system, view);
    if (typeof next === 'string') return `step ${n + 1}, ${JSON.stringify(step)}: ${next}`;
    state = next;
    // The next request comes while work is due, and must be decided as if it was done.
    if (step.type === 'wait' || (promotesInSteps && step.type === 'change')) continue;
    await system.settle();
    const difference = compare(await system.rows(), rowsOf(state)) ?? compare(await system.seats(), seatsOf(state));
    if (difference) return `after step ${n + 1}, ${JSON.stringify(step)}: ${difference}`;
  }
  return null;
}

/**
 * These do not look at what is due: canceling ends it, and the others do not depend on it. Nor does a reinstated person wait
 * for a promotion, who is before those who are still waiting.
 */
function endsDueWork({ type }: Change, promotesInSteps: boolean): boolean {
  return ['cancel', 'undo-cancel', 'employ', 'withdraw'].includes(type) || (promotesInSteps && type === 'reinstate');
}

/** The state of the model after the step, or how the system differs from it. */
async function runStep(step: Step, state: State, system: SystemUnderTest, view: View): Promise<State | string> {
  switch (step.type) {
    case 'request':
      return runRequests([step.request], state, system, view);
    case 'concurrent-requests':
      return runRequests(step.requests, state, system, view);
    case 'change':
      return runChange(step.change, copyOf(state), system);
    case 'wait':
      await system.wait(step.hours);
      return waited(copyOf(state), step.hours);
    case 'clean-up':
      await system.cleanUp();
      return state;
  }
}

function waited(state: State, hours: number): State {
  wait(state, hours);
  return state;
}

async function runChange(requested: Change, next: State, system: SystemUnderTest): Promise<State | string> {
  const deadline = requested.type === 'extend' ? extendedDeadline(next, requested) : 0;
  const response = await system.change(requested, deadline, numbersIn(next, requested));
  const expected = change(next, requested);
  return isEqual(response, expected) ? next : `${JSON.stringify(response)} instead of ${JSON.stringify(expected)}`;
}

/** The registrations that a change is about. */
function numbersIn(state: State, requested: Change): (number | undefined)[] {
  if (requested.type === 'reinstate') return [findReinstated(state, requested)?.number];
  if (requested.type !== 'decide') return [];
  return requested.decisions.map(({ person }) => findLatest(state, person, requested.competition)?.number);
}

async function runRequests(
  requests: readonly Request[],
  state: State,
  system: SystemUnderTest,
  view: View,
): Promise<State | string> {
  const apiResponses = await Promise.all(requests.map((request, i) => system.send(request, i)));
  const admissions = await system.numberRegistrations(apiResponses);
  const exchanges = apiResponses.map((apiResponse, i): Exchange => {
    const response = system.toModel(apiResponse);
    const isNew = response.code === '201' && !response.replayed;
    const admission = isNew ? admissions.get(apiResponse.body.registrationId) : undefined;
    return { request: requests[i] as Request, response: view(response), admission };
  });
  await system.settle();
  const [rows, seats] = [await system.rows(), await system.seats()];
  const matches = (candidate: State) => !compare(rows, rowsOf(candidate)) && !compare(seats, seatsOf(candidate));
  const next = linearize(state, exchanges, matches, view);
  if (next) return next;
  const sequential = requests.map((request) => respond(copyOf(state), request));
  return `no order of ${JSON.stringify(exchanges)} explains these responses with the rows [${rows}] and [${seats}]; each request alone would get ${JSON.stringify(sequential)}`;
}

/** One of several concurrent requests. A new registration has an admission number. */
interface Exchange {
  readonly request: Request;
  readonly response: Response;
  readonly admission?: number | undefined;
}

/**
 * Linearizability check: searches for an order of the concurrent requests in which the model gives the same responses
 * and ends in the state of the database. Returns that state, or null. New registrations keep the order of their admission.
 * Errors and replays change nothing, so they are removed as soon as they fit; only leaving requires a search.
 */
function linearize(
  state: State,
  exchanges: readonly Exchange[],
  matches: (state: State) => boolean,
  view: View,
): State | null {
  const open = exchanges.filter(
    ({ request, response }) => isEffective(response) || !isEqual(view(respond(copyOf(state), request)), response),
  );
  if (open.length === 0) return matches(state) ? state : null;
  const admitted = open
    .filter(({ admission }) => admission !== undefined)
    .sort((a, b) => (a.admission ?? 0) - (b.admission ?? 0));
  const leaving = open.filter(({ response, admission }) => isEffective(response) && admission === undefined);
  for (const exchange of [...admitted.slice(0, 1), ...leaving]) {
    const next = copyOf(state);
    if (!isEqual(view(respond(next, exchange.request)), exchange.response)) continue;
    const rest = open.filter((other) => other !== exchange);
    const found = linearize(next, rest, matches, view);
    if (found) return found;
  }
  return null;
}

/** What is compared of a response. */
type View = (response: Response) => Response;

/** Without what depends on how far a promotion is: the position, and the status of somebody who is registered already. */
function withoutProgress({ position: _, status, ...response }: Response): Response {
  return response.code === 'ALREADY_REGISTERED' || status === undefined ? response : { ...response, status };
}

const isEffective = ({ code, replayed }: Response): boolean => /^20/.test(code) && !replayed;

const isEqual = (a: Response, b: Response): boolean =>
  a.code === b.code &&
  a.registration === b.registration &&
  a.status === b.status &&
  a.position === b.position &&
  Boolean(a.replayed) === Boolean(b.replayed);

const rowsOf = ({ registrations }: State): string[] =>
  registrations
    .map(({ number, competition, state, heldUntil }) => {
      const until = state === 'held' ? ` until ${heldUntil}` : '';
      return `${number} in ${competition} ${state}${until}`;
    })
    .sort();

const seatsOf = (state: State): string[] =>
  state.competitions.map((_, id) => {
    const reserved = openInvitations(state, id).length;
    return `${seatsLeft(state, id)} left, ${waitlistOf(state, id).length} waiting, ${reserved} reserved`;
  });

const compare = (actual: readonly string[], expected: readonly string[]): string | null =>
  actual.join() === expected.join() ? null : `[${actual}] instead of [${expected}]`;
