import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { freePort } from '../../../tools/src/free-port.js';
import { ROOT } from '../../../tools/src/testing/paths.js';
import {
  inheritedEnv,
  localUrl,
  MAX_SEMI_SPACE,
  MIN_SEMI_SPACE,
  type ProductOptions,
  ProductProcess,
  startApi,
} from '../../../tools/src/testing/product-process.js';

/** The API process that browsers connect to, and the web app behind it, which calls the API's own port. */
export interface Front {
  /** The address that browsers use. */
  readonly url: string;
  readonly api: ProductProcess;
  readonly web: ProductProcess;
  stop(): Promise<void>;
}

interface FrontOptions extends Omit<ProductOptions, 'port'> {
  readonly webNodeArgs?: readonly string[];
  /** Processes that render pages; 1 by default. */
  readonly webProcesses?: number;
}

const WEB_FOLDER = `${ROOT}apps/frontend/.next/standalone/apps/frontend/`;

export async function startFront({ webNodeArgs = [], webProcesses = 1, ...options }: FrontOptions): Promise<Front> {
  const webPort = await freePort();
  const api = await startApi({ ...options, env: { WEB_URL: localUrl(webPort), ...options.env } });
  const web = await startWeb(webPort, api.url, webProcesses, webNodeArgs);
  return {
    url: api.frontUrl,
    api,
    web,
    async stop() {
      // The API first: its pending page requests still need the web app.
      await api.stop();
      await web.stop();
    },
  };
}

async function startWeb(
  port: number,
  apiUrl: string,
  processes: number,
  nodeArgs: readonly string[],
): Promise<ProductProcess> {
  if (!existsSync(`${WEB_FOLDER}start.mjs`)) throw new Error('The web app is not built: run "npm run build" first.');
  const args = [MAX_SEMI_SPACE, MIN_SEMI_SPACE, ...nodeArgs, 'start.mjs'];
  const child = spawn(process.execPath, args, {
    cwd: WEB_FOLDER,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...inheritedEnv(),
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      // Next listens on this address.
      HOSTNAME: '127.0.0.1',
      PORT: String(port),
      BACKEND_URL: apiUrl,
      WEB_CONCURRENCY: String(processes),
    },
  });
  const url = localUrl(port);
  return new ProductProcess(url, child, url, '/health/live').ready();
}
