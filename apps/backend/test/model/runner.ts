import type { TestApi } from '../support/api.js';
import { type Action, addressed } from './actions.js';
import { compare, type Exchange, explain, type Rules } from './linearize.js';
import { perform } from './rules.js';
import type { Scenario, Step } from './scenario.js';
import { wait } from './seats.js';
import { copyOf, initialState, openInvitations, type Response, type State, seatsLeft, waitlistOf } from './state.js';
import { SystemUnderTest, seatsText } from './system-under-test.js';

/**
 * Runs a scenario on real servers and on the model. Returns the first difference, or null.
 *
 * `promotesInSteps`: after a change of the organizer, participants go on while people on the waitlist are still being
 * promoted. In the model all of them are promoted at once. So responses may differ in what they say about people on the
 * waitlist, and rows are compared when the promotion is finished.
 */
export async function runScenario(
  { competitions, steps }: Scenario,
  servers: readonly TestApi[],
  { promotesInSteps = false } = {},
): Promise<string | null> {
  const system = await SystemUnderTest.create(servers, competitions);
  const view = promotesInSteps ? withoutProgress : (response: Response) => response;
  let state = initialState(competitions);
  for (const [n, step] of steps.entries()) {
    if (actionsOf(step).some((action) => endsDueWork(action, promotesInSteps))) await system.settle();
    const next = await runStep(step, state, system, view);
    if (typeof next === 'string') return `step ${n + 1}, ${JSON.stringify(step)}: ${next}`;
    state = next;
    // The next request comes while work is due, and must be decided as if it was done.
    if (step.type === 'wait' || (promotesInSteps && step.type === 'action' && 'type' in step.action)) continue;
    await system.settle();
    const difference = compare(await system.rows(), rowsOf(state)) ?? compare(await system.seats(), seatsOf(state));
    if (difference) return `after step ${n + 1}, ${JSON.stringify(step)}: ${difference}`;
  }
  return null;
}

const actionsOf = (step: Step): readonly Action[] =>
  step.type === 'action' ? [step.action] : step.type === 'concurrent-actions' ? step.actions : [];

/**
 * These do not look at what is due: canceling ends it, and the others do not depend on it. Nor does a reinstated person wait
 * for a promotion, who is before those who are still waiting.
 */
function endsDueWork(action: Action, promotesInSteps: boolean): boolean {
  if (!('type' in action)) return false;
  const types = ['cancel', 'undo-cancel', 'employ', 'withdraw', 'import'];
  return types.includes(action.type) || (promotesInSteps && (action.type === 'reinstate' || action.type === 'confirm'));
}

/** The state of the model after the step, or how the system differs from it. */
async function runStep(step: Step, state: State, system: SystemUnderTest, view: View): Promise<State | string> {
  switch (step.type) {
    case 'action':
      return runAction(step.action, copyOf(state), system, view);
    case 'concurrent-actions':
      return runConcurrently(step.actions, state, system, view);
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

async function runAction(action: Action, next: State, system: SystemUnderTest, view: View): Promise<State | string> {
  const [exchange] = (await exchangesOf([action], next, system, view)) as [Exchange<Action, Response>];
  const expected = view(perform(next, exchange.action));
  const { response } = exchange;
  return isEqual(response, expected) ? next : `${JSON.stringify(response)} instead of ${JSON.stringify(expected)}`;
}

async function runConcurrently(
  actions: readonly Action[],
  state: State,
  system: SystemUnderTest,
  view: View,
): Promise<State | string> {
  const exchanges = await exchangesOf(actions, state, system, view);
  await system.settle();
  return explain(rulesWith(view), state, exchanges, [...(await system.rows()), ...(await system.seats())]);
}

const rulesWith = (view: View): Rules<State, Action, Response> => ({
  copyOf,
  perform,
  fits: (actual, expected) => isEqual(actual, view(expected)),
  isEffective,
  nextNumber: ({ registrations }) => registrations.length,
  rowsOf: (state) => [...rowsOf(state), ...seatsOf(state)],
});

async function exchangesOf(
  actions: readonly Action[],
  state: State,
  system: SystemUnderTest,
  view: View,
): Promise<Exchange<Action, Response>[]> {
  const sent = actions.map((action) => addressed(state, action));
  const apiResponses = await system.send(sent);
  const first = await system.numberRegistrations();
  return apiResponses.map((apiResponse, n): Exchange<Action, Response> => {
    const response = system.toModel(apiResponse);
    const { registration = -1 } = response;
    const isNew = isEffective(response) && registration >= first;
    return { action: sent[n] as Action, response: view(response), created: isNew ? registration : undefined };
  });
}

/** What is compared of a response. */
type View = (response: Response) => Response;

/** Without what depends on how far a promotion is: the position, and the status of somebody who is registered already. */
function withoutProgress({ position: _, status, ...response }: Response): Response {
  return response.code === 'ALREADY_REGISTERED' || status === undefined ? response : { ...response, status };
}

/** Actions on several people have a code for each. */
const EFFECTS = ['200', '201', 'PENDING', 'HELD', 'WAITLISTED', 'REJECTED', 'INVITED', 'WITHDRAWN'];
const isEffective = ({ code, replayed }: Response): boolean =>
  !replayed && code.split(',').some((one) => EFFECTS.includes(one));

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
  state.competitions.map(({ asks, questionsVersion }, id) => {
    const queue = waitlistOf(state, id).map(({ number }) => number);
    return seatsText({
      left: seatsLeft(state, id),
      waiting: queue.length,
      reserved: openInvitations(state, id).length,
      queue,
      asks: `${asks} ${questionsVersion}`,
    });
  });
