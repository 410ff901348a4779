import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Installation } from './installation.js';

const SHIFT_CLOCK = ['--import', fileURLToPath(new URL('./shift-clock.mjs', import.meta.url))];
const TWO_HOURS_MS = 7_200_000;

export const randomOf = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)] as T;
const moment = () => sleep(500 + Math.random() * 2_000);

/** Each breaks one part of the installation and mends it again. Their names are parameters of drills. */
export const FAULTS: Readonly<Record<string, (installation: Installation) => Promise<unknown>>> = {
  'PostgreSQL killed': async ({ environment: { postgres } }) => {
    postgres.kill();
    await postgres.start();
  },
  'API killed': ({ apis }) => randomOf(apis).killAndRestart(),
  'worker killed': ({ worker }) => worker.killAndRestart(),
  'Redis killed': async ({ redis }) => {
    await redis.kill();
    await moment();
    await redis.start();
  },
  'database silent': async ({ database }) => {
    database.silence();
    await moment();
    database.forward();
  },
  'connections cut': async ({ database }) => {
    database.refuse();
    await moment();
    database.forward();
  },
  'API stopped for a moment': async ({ apis }) => {
    const api = randomOf(apis);
    api.signal('SIGSTOP');
    await moment();
    api.signal('SIGCONT');
  },
  'worker stopped for a moment': async ({ worker }) => {
    worker.signal('SIGSTOP');
    await moment();
    worker.signal('SIGCONT');
  },
  'clock of an API two hours wrong': ({ apis }) => {
    const shift = randomOf([TWO_HOURS_MS, -TWO_HOURS_MS]);
    return randomOf(apis).killAndRestart({ nodeArgs: SHIFT_CLOCK, env: { CLOCK_SHIFT_MS: String(shift) } });
  },
};
