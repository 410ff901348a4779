/** A pure model, as the check of concurrent actions needs it. */
export interface Rules<State, Action, Response> {
  readonly copyOf: (state: State) => State;
  /** Changes the state. */
  readonly perform: (state: State, action: Action) => Response;
  readonly fits: (actual: Response, expected: Response) => boolean;
  /** Errors and replays are not: they change nothing. */
  readonly isEffective: (response: Response) => boolean;
  /** The number of what is created next. */
  readonly nextNumber: (state: State) => number;
  /** What is compared with the database. */
  readonly rowsOf: (state: State) => readonly string[];
}

/** One of several concurrent actions. What it has created has a number. */
export interface Exchange<Action, Response> {
  readonly action: Action;
  readonly response: Response;
  readonly created?: number | undefined;
}

/** The state in which the model is after these actions in some order, or how the system differs from every order. */
export function explain<State, Action, Response>(
  rules: Rules<State, Action, Response>,
  state: State,
  exchanges: readonly Exchange<Action, Response>[],
  rows: readonly string[],
): State | string {
  const next = linearize(rules, state, exchanges, (candidate) => !compare(rows, rules.rowsOf(candidate)));
  if (next !== null) return next;
  const sequential = exchanges.map(({ action }) => rules.perform(rules.copyOf(state), action));
  return `no order of ${JSON.stringify(exchanges)} explains these responses with the rows [${rows}] after [${rules.rowsOf(state)}]; each action alone would get ${JSON.stringify(sequential)}`;
}

/**
 * Linearizability check: searches for an order of the concurrent actions in which the model gives the same responses and ends
 * in the state of the database. Returns that state, or null. What is created keeps the order in which it was created.
 * Errors and replays change nothing, so they are removed as soon as they fit.
 */
function linearize<State, Action, Response>(
  rules: Rules<State, Action, Response>,
  state: State,
  exchanges: readonly Exchange<Action, Response>[],
  matches: (state: State) => boolean,
): State | null {
  const { copyOf, perform, fits, isEffective } = rules;
  const open = exchanges.filter(
    ({ action, response }) => isEffective(response) || !fits(response, perform(copyOf(state), action)),
  );
  if (open.length === 0) return matches(state) ? state : null;
  const next = rules.nextNumber(state);
  const candidates = open.filter(
    ({ response, created }) => isEffective(response) && (created === undefined || created <= next),
  );
  for (const exchange of candidates) {
    const after = copyOf(state);
    if (!fits(exchange.response, perform(after, exchange.action))) continue;
    const rest = open.filter((other) => other !== exchange);
    const found = linearize(rules, after, rest, matches);
    if (found !== null) return found;
  }
  return null;
}

export const compare = (actual: readonly string[], expected: readonly string[]): string | null =>
  actual.join() === expected.join() ? null : `[${actual}] instead of [${expected}]`;
