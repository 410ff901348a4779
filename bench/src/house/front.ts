import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { freePort, ROOT } from './places.js';
import {
  inheritedEnv,
  localUrl,
  Program,
  type ProgramOptions,
  ROOM_FOR_A_RUSH,
  ROOM_FOR_PAGES,
  startApi,
  track,
} from './process.js';

/** What browsers meet: the API process, and behind it the web app, which asks the API's own address. */
export interface Front {
  /** The address that browsers use. */
  readonly url: string;
  readonly api: Program;
  readonly web: Program;
  stop(): Promise<void>;
}

interface FrontOptions extends Omit<ProgramOptions, 'port'> {
  readonly webNodeArgs?: readonly string[];
  /** Processes that make pages; one, where nothing is said. */
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
      // The API first: pages that are on their way still need the web app.
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
): Promise<Program> {
  if (!existsSync(`${WEB_FOLDER}start.mjs`)) throw new Error('The web app is not built: npm run build first.');
  const args = [ROOM_FOR_A_RUSH, ROOM_FOR_PAGES, ...nodeArgs, 'start.mjs'];
  const child = spawn(process.execPath, args, {
    cwd: WEB_FOLDER,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...inheritedEnv(),
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      // Next takes the address to listen on from it.
      HOSTNAME: '127.0.0.1',
      PORT: String(port),
      BACKEND_URL: apiUrl,
      WEB_CONCURRENCY: String(processes),
    },
  });
  const url = localUrl(port);
  return track(new Program(url, child, url, '/health/live')).ready();
}
