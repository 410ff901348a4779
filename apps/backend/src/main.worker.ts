import { endOnSignal } from './common/end-on-signal.js';
import { createLogger } from './common/logging/logger.js';
import { logWarnings } from './common/logging/warnings.js';
import { loadEnv } from './config/env.js';
import { runMain } from './config/run-main.js';
import { createWorker } from './worker.js';

await runMain(async () => {
  const env = loadEnv();
  logWarnings(createLogger(env, 'worker'));
  const app = await createWorker(env);
  endOnSignal(app);
  await app.listen(env.workerPort, env.host);
});
