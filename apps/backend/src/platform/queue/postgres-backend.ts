import { createPostgresBackend, Queue, runMigrations, Worker } from 'bullmq';
import type pg from 'pg';
import { QUEUES, type QueueName } from '../../registry/jobs.js';
import { createPool } from '../database/pool.js';
import {
  type JobQueue,
  type JobWorker,
  type PostgresQueueBackend,
  type Process,
  WORKER_OPTIONS,
  type WorkOptions,
} from './backend.js';
import { BullMqPool, RetryingBullMqPool } from './bullmq-pool.js';

const SCHEMA = 'bullmq';

/** Of each process that only counts jobs. */
export const CONSOLE_CONNECTIONS = 2;
const MAX_JOB_CONNECTIONS = 10;
/** Each BullMQ worker keeps one connection for LISTEN. Jobs share the others, and the relay and BullMQ's checks have two. */
export const consumerConnections = (concurrency: number): number =>
  QUEUES.length + Math.min(concurrency, MAX_JOB_CONNECTIONS) + 2;

type PostgresQueue = ReturnType<typeof createQueue>;
const createQueue = (name: QueueName, connection: BullMqPool) => new Queue(name, { connection }, createPostgresBackend);

/** BullMQ in a schema of its own in the application's database. */
export class PostgresBackend implements PostgresQueueBackend {
  readonly kind = 'postgresql';
  private readonly pool: pg.Pool;
  private readonly queues = new Map<QueueName, PostgresQueue>();
  private prepared: Promise<void> | undefined;
  private isClosing = false;

  constructor(databaseUrl: string, databasePoolSize: number) {
    this.pool = createPool(
      { databaseUrl, databasePoolSize },
      'queue',
      { connectionTimeoutMillis: 5_000 },
      // A commit does not wait for the disk: jobs that a power failure loses are dispatched again from the outbox.
      { search_path: SCHEMA, synchronous_commit: 'off' },
    );
  }

  /** Creates or migrates BullMQ's tables; its advisory lock admits one server at a time. */
  prepare(): Promise<void> {
    this.prepared ??= this.migrate().catch((error) => {
      this.prepared = undefined;
      throw error;
    });
    return this.prepared;
  }

  private async migrate(): Promise<void> {
    const client = await new BullMqPool(this.pool).connect();
    try {
      await runMigrations(client, SCHEMA);
    } finally {
      client.release();
    }
  }

  queue(name: QueueName): JobQueue {
    const existing = this.queues.get(name);
    if (existing !== undefined) return existing;
    const queue = createQueue(name, new BullMqPool(this.pool));
    queue.on('error', () => {});
    this.queues.set(name, queue);
    // A queue whose first connection fails never recovers: the next caller gets a new one.
    queue.waitUntilReady().catch(() => this.queues.delete(name));
    return queue;
  }

  worker(name: QueueName, process: Process, options: WorkOptions): JobWorker {
    const connection = new RetryingBullMqPool(this.pool, () => this.isClosing);
    return new Worker(name, process, { ...WORKER_OPTIONS, ...options, connection }, createPostgresBackend);
  }

  /** As durable as the outbox, except after a power failure: then jobs are dispatched again when their lease ends. */
  hasLostJobs(): Promise<boolean> {
    return Promise.resolve(false);
  }

  async close(): Promise<void> {
    this.isClosing = true;
    await Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
    await this.pool.end();
  }
}
