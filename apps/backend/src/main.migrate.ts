import { loadEnv } from './config/env.js';
import { runMain } from './config/run-main.js';
import { migrate } from './prisma/migrate.js';

await runMain(async () => {
  const applied = await migrate(loadEnv().databaseUrl);
  console.log(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`);
});
// The engine leaves the timer of its ten-second lock behind, and the process would wait for it.
process.exit();
