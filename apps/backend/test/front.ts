import type { DestinationStream } from 'pino';
import type { Env } from '../src/platform/config/env.js';
import { startApi, type TestApi } from './app.js';
import { freePort } from './postgres.js';
import { startWebApp, type WebApp } from './web.js';

export interface TestFront extends TestApi {
  readonly web: WebApp;
  /** The web app is started again after it was stopped. */
  restartWeb(): Promise<void>;
}

/** The whole product but its worker: the API process in front, the built web app behind it. */
export async function startFront(overrides: Partial<Env> = {}, logTo?: DestinationStream): Promise<TestFront> {
  const port = await freePort();
  const api = await startApi({ ...overrides, webUrl: `http://127.0.0.1:${port}` }, logTo);
  let web = await startWebApp(api.url, port);
  return {
    ...api,
    get web() {
      return web;
    },
    async restartWeb() {
      web = await startWebApp(api.url, port);
    },
    async close() {
      await web.stop();
      await api.close();
    },
  };
}
