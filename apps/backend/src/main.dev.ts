import httpProxy from '@fastify/http-proxy';
import { createApi } from './api.js';
import { loadEnv } from './platform/config/env.js';
import { listen } from './platform/http/front/listen.js';
import { createLogger } from './platform/logging/logger.js';
import { logWarnings } from './platform/logging/warnings.js';
import { runMain } from './platform/process/run-main.js';
import { shutDownOnSignal } from './platform/process/shut-down-on-signal.js';

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
  shutDownOnSignal(app);
  await listen(app, env);
});
