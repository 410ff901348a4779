import { ConfigurationError } from './variable.js';

/** Runs a process's main function: what a person can mend is a sentence, the rest is a stack; both end with 1. */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const isForPeople = error instanceof ConfigurationError || (error as Error).name === 'UnfitDatabase';
    process.stderr.write(`${isForPeople ? (error as Error).message : ((error as Error).stack ?? error)}\n`);
    process.exitCode = 1;
  }
}
