import { parseArgs } from 'node:util';
import { Failure } from '../../tools/launch/failure.mjs';
import { BENCH_OPTIONS } from '../../tools/src/options.js';

export interface Options {
  /** How often each figure is measured. Figures alternate, so that other load on the machine affects all alike. */
  readonly rounds: number;
  readonly forMs: number;
  /** Rows in the big table. */
  readonly registrations: number;
  readonly users: number;
  /** Parts to run; empty: all. */
  readonly only: readonly string[];
  /** The folder for CPU profiles of the API; those of the web app go to `web` below it. */
  readonly profile: string | undefined;
  /** Write the figures to docs/performance.md. */
  readonly write: boolean;
}

export const PARTS = [
  'registering',
  'batches',
  'earlier',
  'answers',
  'teams',
  'front',
  'reading',
  'pages',
  'signing-in',
  'renewing',
  'watching',
  'signals',
  'confirming',
  'draining',
  'announcing',
  'deciding',
  'check-in',
] as const;

/** The figures of fewer rounds would be compared with the goals, although chance decides them. */
const MIN_ROUNDS_TO_WRITE = 5;

export function readOptions(args = process.argv.slice(2)): Options {
  const { values } = parseArgs({ args, options: BENCH_OPTIONS });
  const only = values.only?.split(',') ?? [];
  const unknown = only.find((part) => !PARTS.includes(part as (typeof PARTS)[number]));
  if (unknown !== undefined) throw new Failure(`Unknown part "${unknown}". The parts are: ${PARTS.join(', ')}.`);
  const rounds = Number(values.rounds ?? (values.quick ? 1 : MIN_ROUNDS_TO_WRITE));
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Failure(`--rounds takes a whole number from 1, not "${values.rounds}".`);
  if (values.write && (values.quick || only.length > 0 || !(rounds >= MIN_ROUNDS_TO_WRITE)))
    throw new Failure(
      `--write needs a full run: without --quick and --only, and with at least ${MIN_ROUNDS_TO_WRITE} rounds.`,
    );
  return {
    rounds,
    forMs: values.quick ? 1_500 : 3_000,
    registrations: values.quick ? 100_000 : 1_000_000,
    users: values.quick ? 50_000 : 200_000,
    only,
    profile: values.profile,
    write: values.write,
  };
}
