import { Failure } from '../../launch/failure.mjs';
import { canListen } from '../free-port.js';
import { listenerOn } from './listeners.js';

export interface Ports {
  readonly web: number;
  readonly api: number;
  readonly worker: number;
}

const VARIABLES = { web: ['PORT', 3000], api: ['BACKEND_PORT', 3001], worker: ['WORKER_PORT', 3002] } as const;
const NAMES = { web: 'web app', api: 'API', worker: 'worker' };
const KINDS = ['web', 'api', 'worker'] as const;

export function readPorts(env: NodeJS.ProcessEnv): Ports {
  const port = (kind: keyof Ports): number => {
    const [variable, fallback] = VARIABLES[kind];
    const value = env[variable]?.trim() || String(fallback);
    const number = /^\d+$/.test(value) ? Number(value) : 0;
    if (number >= 1 && number <= 65_535) return number;
    throw new Failure(`${variable} must be a whole number from 1 to 65535. Example: ${variable}=${fallback}`);
  };
  const ports = { web: port('web'), api: port('api'), worker: port('worker') };
  if (new Set(Object.values(ports)).size === KINDS.length) return ports;
  const values = KINDS.map((kind) => `${VARIABLES[kind][0]}=${ports[kind]}`).join(' ');
  throw new Failure(`Web app, API and worker need different ports. Now: ${values}`);
}

/** Reports all taken ports together, each with its process, and a command to copy that uses free ones. */
export async function ensureFree(ports: Ports, command = 'npm start'): Promise<void> {
  const taken: string[] = [];
  for (const kind of KINDS) {
    if (await isFree(ports[kind])) continue;
    const listener = listenerOn(ports[kind]) ?? 'a process that this user cannot see';
    taken.push(`Port ${ports[kind]} (${NAMES[kind]}, ${VARIABLES[kind][0]}) is already in use by ${listener}.`);
  }
  if (taken.length === 0) return;
  const first = await firstFreeRange();
  const variables = KINDS.map((kind, i) => `${VARIABLES[kind][0]}=${first + i}`).join(' ');
  throw new Failure(taken.join('\n'), [
    'Stop that process, or use other ports, for example:',
    `${variables} ${command}`,
  ]);
}

/** Checks all addresses: browsers that resolve "localhost" to ::1 would reach another program that listens only there. */
export async function isFree(port: number): Promise<boolean> {
  if (!(await canListen(port))) return false;
  return listenerOn(port) === undefined;
}

const FIRST_ALTERNATIVE = 3100;

async function firstFreeRange(): Promise<number> {
  for (let first = FIRST_ALTERNATIVE; first < 60_000; first += 100)
    if ((await Promise.all(KINDS.map((_, i) => isFree(first + i)))).every(Boolean)) return first;
  return FIRST_ALTERNATIVE;
}
