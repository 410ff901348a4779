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
 * Whether there is one order in which the rulebook gives all of these answers and leaves what there really is; the state
 * after it, or null. New registrations come in the order of their numbers. Refusals and replays change nothing, so they
 * are taken as soon as they fit; only those who leave make it try more than one order.
 */
export function findOrder(
  state: State,
  exchanges: readonly Exchange[],
  isReal: (state: State) => boolean,
): State | null {
  const open = exchanges.filter(({ asking, said }) => changes(said) || !isSame(ask(copyOf(state), asking), said));
  if (open.length === 0) return isReal(state) ? state : null;
  const admitted = open.filter(({ turn }) => turn !== undefined).sort((a, b) => (a.turn ?? 0) - (b.turn ?? 0));
  const leaving = open.filter(({ said, turn }) => changes(said) && turn === undefined);
  for (const one of [...admitted.slice(0, 1), ...leaving]) {
    const next = copyOf(state);
    if (!isSame(ask(next, one.asking), one.said)) continue;
    const rest = open.filter((other) => other !== one);
    const found = findOrder(next, rest, isReal);
    if (found) return found;
  }
  return null;
}

const changes = ({ name, replayed }: Said): boolean => /^20/.test(name) && !replayed;
