import { statfsSync } from 'node:fs';
import { relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../launch/failure.mjs';
import type { Child } from '../../launch/processes.mjs';
import type { CommandContext } from '../context.js';

/** A process that is restarted when it ends. */
export interface Part {
  readonly child: Child;
  readonly restart: () => Child | Promise<Child>;
  /** Never rejects. */
  readonly isHealthy: () => Promise<boolean>;
  /** Where it writes: it cannot run while this disk is full. */
  readonly folder: string;
}

const MAX_QUICK_DEATHS = 5;
const DEFAULTS = { firstDelayMs: 1_000, maxDelayMs: 16_000, healthyMs: 60_000, isDiskFull };

/**
 * Restarts a process whenever it ends, with exponential back-off. Fails after five deaths in a row without a healthy
 * minute in between; deaths while the disk is full do not count, so that everything recovers when there is room again.
 */
export async function supervise(
  { terminal, processes }: Pick<CommandContext, 'terminal' | 'processes'>,
  part: Part,
  options: Partial<typeof DEFAULTS> = {},
): Promise<never> {
  const { firstDelayMs, maxDelayMs, healthyMs, isDiskFull } = { ...DEFAULTS, ...options };
  const { name, log } = part.child;
  let { child } = part;
  let quickDeaths = 0;
  let delayMs = firstDelayMs;

  /** Resolves with how the process ended. */
  const run = async (start: Part['restart']): Promise<string> => {
    let timer: NodeJS.Timeout | undefined;
    try {
      child = await start();
      timer = setInterval(async () => {
        if (!(await part.isHealthy())) return;
        quickDeaths = 0;
        delayMs = firstDelayMs;
      }, healthyMs);
      const { code, signal } = await child.ended;
      return signal ?? `exit code ${code}`;
    } catch (error) {
      return (error as Error).message; // it could not be started: no memory, no process ids, no room for its log
    } finally {
      clearInterval(timer);
    }
  };

  for (let start: Part['restart'] = () => part.child; ; start = part.restart) {
    const end = await run(start);
    // Also after a stop during the delay: then the start has failed.
    if (processes.stopping) throw new Failure(`${name} was stopped.`);
    const isFull = isDiskFull(part.folder);
    quickDeaths = isFull ? 0 : quickDeaths + 1;
    if (quickDeaths === MAX_QUICK_DEATHS)
      throw new Failure(
        `${name} ended ${MAX_QUICK_DEATHS} times in a row (last: ${end}), so everything is stopped. ` +
          `${log ? `Its log is ${relative(process.cwd(), log)}. ` : ''}The end of its log:`,
        child.tail(),
      );
    terminal.line(
      `${name} ended (${end})${isFull ? ' while the disk is full' : ''}. It is restarted in ${delayMs / 1000} s.`,
    );
    await sleep(delayMs);
    delayMs = Math.min(2 * delayMs, maxDelayMs);
  }
}

/** PostgreSQL needs room for one WAL segment of 16 MB to start. */
const MIN_FREE_BYTES = 32 * 1024 * 1024;

export function isDiskFull(folder: string, statfs: typeof statfsSync = statfsSync): boolean {
  try {
    const { bavail, bsize } = statfs(folder);
    return bavail * bsize < MIN_FREE_BYTES;
  } catch {
    return false; // the folder was removed
  }
}
