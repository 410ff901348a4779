import { createPostgresBackend, type PgPool, Queue, runMigrations, Worker } from 'bullmq';
import pg from 'pg';
import { QUEUES, type QueueName } from '../../registry/jobs.js';
import {
  type JobQueue,
  type JobWorker,
  type Process,
  type QueueBackend,
  WORKER_OPTIONS,
  type WorkOptions,
} from './backend.js';
import { retryingPool } from './retrying-pool.js';
import { withoutIdleErrors } from './without-idle-errors.js';

const SCHEMA = 'bullmq';

const produce = (name: QueueName, connection: PgPool) => new Queue(name, { connection }, createPostgresBackend);
type Producer = ReturnType<typeof produce>;

/** BullMQ describes pg with types of its own, which differ in what may be undefined. */
const asBullMq = (pool: pg.Pool) => pool as unknown as PgPool;

/** BullMQ in a schema of its own beside our tables. */
export class PostgresBackend implements QueueBackend {
  readonly kind = 'postgresql';
  private readonly pool: pg.Pool;
  private readonly queues = new Map<QueueName, Producer>();
  private prepared: Promise<void> | undefined;
  private closing = false;

  constructor(databaseUrl: string, concurrency: number) {
    this.pool = new pg.Pool({
      connectionString: databaseUrl,
      // Each worker keeps one connection to listen on.
      max: QUEUES.length + Math.min(concurrency, 10) + 2,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      application_name: 'mini-compete queue',
      // What a power cut takes from the queue the outbox gives back: no job waits for the disk.
      options: `-c search_path=${SCHEMA} -c synchronous_commit=off`,
    });
    this.pool.on('error', () => {});
    // The same for one that is in somebody's hands and idle at that moment; its next query fails and says so.
    this.pool.on('connect', (client) => client.on('error', () => {}));
  }

  /** Makes BullMQ's tables, or brings them up to date; one server at a time, by its own advisory lock. */
  prepare(): Promise<void> {
    this.prepared ??= this.migrate().catch((error) => {
      this.prepared = undefined;
      throw error;
    });
    return this.prepared;
  }

  private async migrate(): Promise<void> {
    const client = await asBullMq(this.pool).connect();
    try {
      await runMigrations(client, SCHEMA);
    } finally {
      client.release();
    }
  }

  queue(name: QueueName): JobQueue {
    const known = this.queues.get(name);
    if (known !== undefined) return known;
    const queue = produce(name, asBullMq(withoutIdleErrors(this.pool)));
    queue.on('error', () => {});
    this.queues.set(name, queue);
    // It remembers for ever that the database was not there when it was made: the next one asks anew.
    queue.waitUntilReady().catch(() => this.queues.delete(name));
    return queue;
  }

  worker(name: QueueName, process: Process, options: WorkOptions): JobWorker {
    const connection = asBullMq(retryingPool(withoutIdleErrors(this.pool), () => this.closing));
    return new Worker(name, process, { ...WORKER_OPTIONS, ...options, connection }, createPostgresBackend);
  }

  /** It is as lasting as the outbox itself; what goes missing all the same comes back when its lease ends. */
  hasLostJobs(): Promise<boolean> {
    return Promise.resolve(false);
  }

  async close(): Promise<void> {
    this.closing = true;
    await Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
    await this.pool.end();
  }
}
