import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Failure } from '../launch/failure.mjs';

type Options = NonNullable<ParseArgsConfig['options']>;

export const BENCH_OPTIONS = {
  quick: { type: 'boolean', default: false },
  rounds: { type: 'string' },
  only: { type: 'string' },
  profile: { type: 'string' },
  write: { type: 'boolean', default: false },
} as const satisfies Options;

interface Accepted {
  readonly options: Options;
  /** The end of a sentence, for people who ask for help or have mistyped an option. */
  readonly accepts: string;
}

const NONE: Accepted = { options: {}, accepts: 'takes no options.' };

/** By command. The other commands pass what they get on to a program that says itself what it accepts. */
const ACCEPTED: Readonly<Record<string, Accepted>> = {
  start: NONE,
  dev: NONE,
  demo: NONE,
  build: NONE,
  pictures: NONE,
  check: {
    options: { write: { type: 'boolean' } },
    accepts: 'accepts --write, which formats the files and updates those that are generated.',
  },
  bench: {
    options: BENCH_OPTIONS,
    accepts:
      'accepts --quick (one short round with less data), --rounds N (how often each figure is measured; 5 by default), --only PART,PART (only these figures), --profile FOLDER (writes CPU profiles there) and --write (writes the figures of a full run to docs/performance.md).',
  },
};

/**
 * Returns the text to print instead of running the command, if the person asked for help. Fails on an option that the
 * command does not have, before anything is built: a typo would otherwise cost minutes, or be ignored.
 */
export function checkOptions(command: string, args: readonly string[]): string | undefined {
  const accepted = ACCEPTED[command];
  if (accepted === undefined) return undefined;
  const help = `npm run ${command} ${accepted.accepts}`;
  const { options } = accepted;
  try {
    const { values } = parseArgs({ args: [...args], options: { ...options, help: { type: 'boolean', short: 'h' } } });
    return values.help ? help : undefined;
  } catch (error) {
    // Node adds advice about its own syntax after the first sentence.
    const [problem] = (error as Error).message.split(/\. |\n/);
    throw new Failure(`${problem?.replace(/\.$/, '')}. ${help}`);
  }
}
