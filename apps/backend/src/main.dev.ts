import httpProxy from '@fastify/http-proxy';
import { createApi } from './api.js';
import { loadEnv } from './platform/config/env.js';
import { listen } from './platform/http/front/front-socket.js';
import { createLogger, logWarnings } from './platform/logging/logger.js';
import { runMain } from './platform/process/run-main.js';
import { shutDownOnSignal } from './platform/process/shut-down-on-signal.js';

/** Paths of Next's development server besides pages: the WebSocket of hot reloading, and the error overlay. */
const ROUTES = ['/_next/hmr', '/__nextjs_*'];

/** The API process in front of Next's development server. Only here, WebSockets and request bodies are proxied. */
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
