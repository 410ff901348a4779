import { endOnSignal } from './common/end-on-signal.js';
import { loadEnv } from './config/env.js';
import { runMain } from './config/run-main.js';
import { createWorker } from './worker.js';

await runMain(async () => {
  const env = loadEnv();
  const app = await createWorker(env);
  endOnSignal(app);
  await app.listen(env.workerPort, env.host);
});
