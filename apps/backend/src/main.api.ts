import { createApi } from './api.js';
import { endOnSignal } from './common/end-on-signal.js';
import { createLogger } from './common/logging/logger.js';
import { logWarnings } from './common/logging/warnings.js';
import { loadEnv } from './config/env.js';
import { runMain } from './config/run-main.js';
import { listen } from './front/listen.js';

await runMain(async () => {
  const env = loadEnv();
  logWarnings(createLogger(env, 'api'));
  const app = await createApi(env);
  endOnSignal(app);
  await listen(app, env);
});
