import type pg from 'pg';
import type { Plan, Step } from './history.js';
import { type Exchange, findOrder, isSame } from './order.js';
import { Reality } from './reality.js';
import { type Asking, ask, copyOf, laterBy, lineOf, organize, type State, seatsLeft, startingWith } from './rules.js';

/** Plays a history against the real servers and the rulebook; answers where they first disagree, or null. */
export async function play(plan: Plan, servers: readonly string[], pool: pg.Pool): Promise<string | null> {
  const reality = await Reality.of(servers, pool, plan.competitions);
  let state = startingWith(plan.competitions);
  for (const [n, step] of plan.steps.entries()) {
    const next = await take(step, state, reality);
    if (typeof next === 'string') return `step ${n + 1}, ${JSON.stringify(step)}: ${next}`;
    state = next;
    const difference = compare(await reality.rows(), rowsOf(state)) ?? compare(await reality.seats(), seatsOf(state));
    if (difference) return `after step ${n + 1}, ${JSON.stringify(step)}: ${difference}`;
  }
  return null;
}

async function take(step: Step, state: State, reality: Reality): Promise<State | string> {
  const next = copyOf(state);
  switch (step.act) {
    case 'ask':
    case 'burst': {
      const askings = step.act === 'ask' ? [step.asking] : step.askings;
      const answers = await Promise.all(askings.map((asking, i) => reality.ask(asking, i)));
      const turns = await reality.number(answers);
      const exchanges: Exchange[] = answers.map((answer, i) => {
        const said = reality.said(answer);
        const isNew = said.name === '201' && !said.replayed;
        const turn = isNew ? turns.get(answer.body.registrationId) : undefined;
        return { asking: askings[i] as Asking, said, turn };
      });
      const [rows, seats] = [await reality.rows(), await reality.seats()];
      const isReal = (one: State) => !compare(rows, rowsOf(one)) && !compare(seats, seatsOf(one));
      return (
        findOrder(state, exchanges, isReal) ??
        `no order of these gives such answers and leaves [${rows}] with [${seats}]: ${JSON.stringify(exchanges)} (alone: ${JSON.stringify(
          exchanges.map(({ asking }) => ask(copyOf(state), asking)),
        )})`
      );
    }
    case 'organize': {
      const deadline = step.organizing.act === 'later' ? laterBy(state, step.organizing) : 0;
      const said = await reality.organize(step.organizing, deadline);
      const expected = organize(next, step.organizing);
      return isSame(said, expected) ? next : `${JSON.stringify(said)} instead of ${JSON.stringify(expected)}`;
    }
    case 'wait':
      next.now += step.hours;
      await reality.wait(step.hours);
      return next;
    case 'clean-up':
      await reality.cleanUp();
      return next;
  }
}

const rowsOf = ({ registrations }: State): string[] =>
  registrations.map(({ number, competition, state }) => `${number} in ${competition} ${state}`).sort();

const seatsOf = (state: State): string[] =>
  state.competitions.map((_, id) => `${seatsLeft(state, id)} left, ${lineOf(state, id).length} waiting`);

const compare = (real: readonly string[], expected: readonly string[]): string | null =>
  real.join() === expected.join() ? null : `there is [${real}] instead of [${expected}]`;
