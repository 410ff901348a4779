import { loadEnv } from './platform/config/env.js';
import { createLogger, logWarnings } from './platform/logging/logger.js';
import { allocateYoung } from './platform/process/allocate-young.js';
import { runMain } from './platform/process/run-main.js';
import { shutDownOnSignal } from './platform/process/shut-down-on-signal.js';
import { createWorker } from './worker.js';

await runMain(async () => {
  allocateYoung();
  const env = loadEnv();
  logWarnings(createLogger(env, 'worker'));
  const app = await createWorker(env);
  shutDownOnSignal(app);
  await app.listen(env.workerPort, env.host);
});
