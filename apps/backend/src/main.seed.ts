import { seed } from './operations/seed/seed.js';
import { loadEnv } from './platform/config/env.js';
import { ConfigurationError } from './platform/config/variable.js';
import { runMain } from './platform/process/run-main.js';

/** Everybody knows the password of the seeded accounts. */
const BY_NAME = '--even-in-production';

await runMain(async () => {
  const env = loadEnv();
  if (env.nodeEnv === 'production' && !process.argv.includes(BY_NAME))
    throw new ConfigurationError([
      `Seeding makes accounts whose password everybody knows; with NODE_ENV=production it has to be asked for: ${BY_NAME}.`,
    ]);
  const { users, competitions } = await seed(env.databaseUrl);
  console.log(`Seeded ${users} accounts and ${competitions} competitions; the rest was there.`);
});
