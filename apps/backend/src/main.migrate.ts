import { loadEnv } from './platform/config/env.js';
import { migrate } from './platform/database/migrate.js';
import { runMain } from './platform/process/run-main.js';

await runMain(async () => {
  const applied = await migrate(loadEnv().databaseDirectUrl);
  console.log(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`);
});
// The engine leaves the timer of its ten-second lock running, and the process would wait for it.
process.exit();
