import { loadEnv } from './config/env.js';
import { runMain } from './config/run-main.js';
import { ConfigurationError } from './config/variable.js';
import { seed } from './prisma/seed.js';

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
