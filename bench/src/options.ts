import { parseArgs } from 'node:util';

export interface Options {
  /** How often each figure is taken; they take turns, so that what else the machine does hits all of them. */
  readonly rounds: number;
  readonly forMs: number;
  /** The big table. */
  readonly registrations: number;
  readonly users: number;
  /** Parts to run; all of them where none is named. */
  readonly only: readonly string[];
  /** Where to write profiles of the API and, in a folder `web` there, of the web app. */
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
  if (unknown !== undefined) throw new Error(`There is no part "${unknown}". There are: ${PARTS.join(', ')}.`);
  return {
    rounds: Number(values.rounds ?? (values.quick ? 1 : 5)),
    forMs: values.quick ? 1_500 : 3_000,
    registrations: values.quick ? 100_000 : 1_000_000,
    users: values.quick ? 50_000 : 200_000,
    only,
    profile: values.profile,
  };
}
