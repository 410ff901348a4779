/** The only code of the drills that reads the environment. `npm run drill` sets these variables, `npm test` does not. */
const { env } = process;

/** Where to write down what happens. */
export const RECORD_FILE = env.DRILL_RECORD;

export const numberParameter = (name: `DRILL_${string}`): number | undefined =>
  env[name] ? Number(env[name]) : undefined;
export const listParameter = (name: `DRILL_${string}`): string[] | undefined => env[name]?.split(',');
