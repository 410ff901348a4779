import { type Asking, ask, copyOf, type Said, type State } from './rules.js';

/** What was asked at the same time, and what each heard; `turn` is the number of admission where there is one. */
export interface Exchange {
  readonly asking: Asking;
  readonly said: Said;
  readonly turn?: number | undefined;
}

export const isSame = (a: Said, b: Said): boolean =>
  a.name === b.name &&
  a.registration === b.registration &&
  a.status === b.status &&
  a.position === b.position &&
  Boolean(a.replayed) === Boolean(b.replayed);

/**
 * Whether there is one order in which the rulebook gives all of these answers; the state after it, or null. New
 * registrations come in the order of their numbers. Refusals and replays change nothing, so they are taken as soon as
 * they fit; only those who leave make it try more than one order.
 */
export function findOrder(state: State, exchanges: readonly Exchange[]): State | null {
  const now = copyOf(state);
  const open = [...exchanges];
  for (let i = 0; i < open.length; ) {
    const { asking, said } = open[i] as Exchange;
    const trial = copyOf(now);
    if (isSame(ask(trial, asking), said) && changedNothing(now, trial)) {
      open.splice(i, 1);
      i = 0;
    } else i++;
  }
  if (open.length === 0) return now;
  const admitted = open.filter(({ turn }) => turn !== undefined).sort((a, b) => (a.turn ?? 0) - (b.turn ?? 0));
  const candidates = [...admitted.slice(0, 1), ...open.filter(({ turn }) => turn === undefined)];
  for (const one of candidates) {
    const next = copyOf(now);
    if (!isSame(ask(next, one.asking), one.said)) continue;
    const found = findOrder(
      next,
      open.filter((other) => other !== one),
    );
    if (found) return found;
  }
  return null;
}

function changedNothing(before: State, after: State): boolean {
  return (
    before.registrations.length === after.registrations.length &&
    before.keys.size === after.keys.size &&
    before.registrations.every((one, i) => one.state === after.registrations[i]?.state) &&
    [...after.keys].every(([scope, remembered]) => before.keys.get(scope) === remembered)
  );
}
