import { createApi } from './api.js';
import { loadEnv } from './platform/config/env.js';
import { listen } from './platform/http/front/front-socket.js';
import { createLogger, logWarnings } from './platform/logging/logger.js';
import { allocateYoung } from './platform/process/allocate-young.js';
import { runMain } from './platform/process/run-main.js';
import { shutDownOnSignal } from './platform/process/shut-down-on-signal.js';

await runMain(async () => {
  allocateYoung();
  const env = loadEnv();
  logWarnings(createLogger(env, 'api'));
  const app = await createApi(env);
  shutDownOnSignal(app);
  await listen(app, env);
});
