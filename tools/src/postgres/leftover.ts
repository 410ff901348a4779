import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../launch/failure.mjs';
import { until } from '../until.js';
import { isAlive, isProvablyOurs, readPostmaster } from './postmaster.js';

/**
 * A server that an earlier run left behind on this folder (the machine's power went, or everything was killed at once) is
 * ended, if it can prove that it is this folder's. A file that names a process of somebody else is only a file.
 */
export async function endLeftover(place: string, password: string): Promise<void> {
  const left = readPostmaster(place);
  if (!left) return;
  if (!isAlive(left)) return; // PostgreSQL takes the file of a dead one over by itself
  if (!(await isProvablyOurs(left, place, password))) {
    rmSync(join(place, 'postmaster.pid'), { force: true });
    return;
  }
  process.kill(left.pid, 'SIGINT');
  await until(async () => !isAlive(left), {
    forMs: 20_000,
    otherwise: () =>
      new Failure(`A PostgreSQL that an earlier run left behind (process ${left.pid}) does not end: end it by hand.`),
  });
}
