import { parseArgs } from 'node:util';

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
}

export const PARTS = [
  'registering',
  'front',
  'reading',
  'pages',
  'signing-in',
  'renewing',
  'watching',
  'signals',
  'confirming',
  'draining',
] as const;

export function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      only: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const only = values.only?.split(',') ?? [];
  const unknown = only.find((part) => !PARTS.includes(part as (typeof PARTS)[number]));
  if (unknown !== undefined) throw new Error(`Unknown part "${unknown}". The parts are: ${PARTS.join(', ')}.`);
  return {
    rounds: Number(values.rounds ?? (values.quick ? 1 : 5)),
    forMs: values.quick ? 1_500 : 3_000,
    registrations: values.quick ? 100_000 : 1_000_000,
    users: values.quick ? 50_000 : 200_000,
    only,
    profile: values.profile,
  };
}
