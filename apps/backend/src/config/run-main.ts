import { ConfigurationError } from './variable.js';

/** Errors whose message says what to do. */
const FOR_PEOPLE = new Set(['UnfitDatabase', 'UnfitQueue', 'OperatorError']);

/** Runs a process's main function: what a person can mend is a sentence, the rest is a stack; both end with 1. */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const isForPeople = error instanceof ConfigurationError || FOR_PEOPLE.has((error as Error).name);
    process.stderr.write(`${isForPeople ? (error as Error).message : ((error as Error).stack ?? error)}\n`);
    process.exitCode = 1;
  }
}
