import httpProxy from '@fastify/http-proxy';
import { createApi } from './api.js';
import { endOnSignal } from './common/end-on-signal.js';
import { createLogger } from './common/logging/logger.js';
import { logWarnings } from './common/logging/warnings.js';
import { loadEnv } from './config/env.js';
import { runMain } from './config/run-main.js';
import { listen } from './front/listen.js';

/** What Next's development server takes besides pages: the web socket of hot reloading, and its overlay's questions. */
const ROUTES = ['/_next/hmr', '/__nextjs_*'];

/** The API before Next's development server. Only here does anything listen for upgrades, or pass on a body. */
await runMain(async () => {
  const env = loadEnv();
  logWarnings(createLogger(env, 'api'));
  const app = await createApi(env, {
    development: true,
    extend: async (fastify) => {
      await fastify.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        await scope.register(httpProxy, { upstream: env.webUrl, routes: ROUTES, websocket: true });
      });
    },
  });
  endOnSignal(app);
  await listen(app, env);
});
