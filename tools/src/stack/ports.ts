import { createServer } from 'node:net';
import { Failure } from '../../launch/failure.mjs';
import { listenerOn } from './listeners.js';

export interface Ports {
  readonly web: number;
  readonly api: number;
  readonly worker: number;
}

const VARIABLES = { web: ['PORT', 3000], api: ['BACKEND_PORT', 3001], worker: ['WORKER_PORT', 3002] } as const;
const MEANING = { web: 'pages', api: 'API', worker: 'worker' };
const KINDS = ['web', 'api', 'worker'] as const;

export function chosenPorts(env: NodeJS.ProcessEnv): Ports {
  const port = (kind: keyof Ports): number => {
    const [variable, fallback] = VARIABLES[kind];
    const given = env[variable]?.trim() || String(fallback);
    const number = /^\d+$/.test(given) ? Number(given) : 0;
    if (number >= 1 && number <= 65_535) return number;
    throw new Failure(`${variable} has to be a whole number from 1 to 65535. Example: ${variable}=${fallback}`);
  };
  const ports = { web: port('web'), api: port('api'), worker: port('worker') };
  if (new Set(Object.values(ports)).size === KINDS.length) return ports;
  const list = KINDS.map((kind) => `${VARIABLES[kind][0]}=${ports[kind]}`).join(' ');
  throw new Failure(`Pages, the API and the worker need a port each; now they have ${list}.`);
}

/** Everything that is taken at once, by whom, and a line to copy that avoids it. */
export async function ensureFree(ports: Ports): Promise<void> {
  const taken: string[] = [];
  for (const kind of KINDS) {
    const by = (await isFree(ports[kind]))
      ? undefined
      : (listenerOn(ports[kind]) ?? 'a process that this user may not see');
    if (by) taken.push(`Port ${ports[kind]} (${MEANING[kind]}, ${VARIABLES[kind][0]}) is taken by ${by}.`);
  }
  if (taken.length === 0) return;
  const other = await freeRow();
  const line = KINDS.map((kind, i) => `${VARIABLES[kind][0]}=${other + i}`).join(' ');
  throw new Failure(taken.join('\n'), ['End that process, or choose other ports, for example:', `${line} npm start`]);
}

/** On any address: a stranger on ::1 would answer those who ask for "localhost". */
export async function isFree(port: number): Promise<boolean> {
  if (!(await canListen(port, '127.0.0.1'))) return false;
  return listenerOn(port) === undefined;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

const FIRST_OTHER = 3100;

async function freeRow(): Promise<number> {
  for (let first = FIRST_OTHER; first < 60_000; first += 100)
    if ((await Promise.all(KINDS.map((_, i) => isFree(first + i)))).every(Boolean)) return first;
  return FIRST_OTHER;
}
