import { seed } from './operations/seed/seed.js';
import { loadEnv } from './platform/config/env.js';
import { ConfigurationError } from './platform/config/variable.js';
import { runMain } from './platform/process/run-main.js';

/** The password of the seeded accounts is public. */
const EVEN_IN_PRODUCTION = '--even-in-production';

await runMain(async () => {
  const env = loadEnv();
  if (env.nodeEnv === 'production' && !process.argv.includes(EVEN_IN_PRODUCTION))
    throw new ConfigurationError([
      `Seeding creates accounts with a publicly known password; with NODE_ENV=production it requires ${EVEN_IN_PRODUCTION}.`,
    ]);
  const { users, competitions } = await seed(env.databaseDirectUrl);
  console.log(`Seeded ${users} accounts and ${competitions} competitions; the others existed.`);
});
