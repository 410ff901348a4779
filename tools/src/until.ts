export interface Patience {
  readonly forMs: number;
  /** When waiting is pointless. */
  readonly stopIf?: () => boolean;
  readonly otherwise: () => Error;
}

const LOOK_MS = 50;

/** Looks again and again, until it is so. */
export async function until(isSo: () => Promise<boolean>, { forMs, stopIf, otherwise }: Patience): Promise<void> {
  const deadline = performance.now() + forMs;
  while (!(await isSo())) {
    if (stopIf?.() || performance.now() > deadline) throw otherwise();
    await new Promise((wake) => setTimeout(wake, LOOK_MS));
  }
}
