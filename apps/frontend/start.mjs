// Starts Next's standalone server, which lies beside this file: as one process, or as so many as WEB_CONCURRENCY says.
// Making a page takes a core for some milliseconds, and one process has one core.
import cluster from 'node:cluster';
import './json-logs.mjs';

const RESTART_DELAY_MS = 1_000;
const count = Number(process.env.WEB_CONCURRENCY || 1);

if (!(Number.isInteger(count) && count >= 1 && count <= 64)) {
  console.error('WEB_CONCURRENCY has to be a whole number from 1 to 64. Example: WEB_CONCURRENCY=2');
  process.exit(1);
}
if (count > 1 && cluster.isPrimary) supervise();
else await import('./server.js');

/** One that ends is replaced; all of them end with this process, whatever ends it. */
function supervise() {
  let isEnding = false;
  const ready = new Set();
  cluster.on('listening', ({ id }) => ready.add(id));
  cluster.on('exit', ({ id }, code, signal) => {
    if (isEnding) {
      if (Object.keys(cluster.workers).length === 0) process.exit(0);
    } else if (!ready.delete(id)) {
      // It has said why: a port that is taken is taken for the next one as well.
      process.exit(1);
    } else {
      console.error(`A web process has ended (${signal ?? code}): starting another.`);
      setTimeout(() => !isEnding && cluster.fork(), RESTART_DELAY_MS);
    }
  });
  for (const signal of ['SIGTERM', 'SIGINT'])
    process.on(signal, () => {
      isEnding = true;
      for (const worker of Object.values(cluster.workers)) worker.process.kill('SIGTERM');
    });
  for (let n = 0; n < count; n++) cluster.fork();
}
