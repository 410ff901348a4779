import { loadEnv } from './platform/config/env.js';
import { createLogger } from './platform/logging/logger.js';
import { logWarnings } from './platform/logging/warnings.js';
import { runMain } from './platform/process/run-main.js';
import { shutDownOnSignal } from './platform/process/shut-down-on-signal.js';
import { createWorker } from './worker.js';

await runMain(async () => {
  const env = loadEnv();
  logWarnings(createLogger(env, 'worker'));
  const app = await createWorker(env);
  shutDownOnSignal(app);
  await app.listen(env.workerPort, env.host);
});
