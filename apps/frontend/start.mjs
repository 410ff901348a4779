// Starts Next's standalone server (server.js beside this file) in WEB_CONCURRENCY processes. Rendering is CPU-bound, and
// one process uses one core.
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

/** Replaces a worker that ends. All workers end with this process: they exit when the IPC channel closes. */
function supervise() {
  let isShuttingDown = false;
  const ready = new Set();
  cluster.on('listening', ({ id }) => ready.add(id));
  cluster.on('exit', ({ id }, code, signal) => {
    if (isShuttingDown) {
      if (Object.keys(cluster.workers).length === 0) process.exit(0);
    } else if (!ready.delete(id)) {
      // It never listened and has logged why. A new one would fail the same way, for example on a port in use.
      process.exit(1);
    } else {
      console.error(`A web process has ended (${signal ?? code}): starting another.`);
      setTimeout(() => !isShuttingDown && cluster.fork(), RESTART_DELAY_MS);
    }
  });
  for (const signal of ['SIGTERM', 'SIGINT'])
    process.on(signal, () => {
      isShuttingDown = true;
      for (const worker of Object.values(cluster.workers)) worker.process.kill('SIGTERM');
    });
  for (let n = 0; n < count; n++) cluster.fork();
}
