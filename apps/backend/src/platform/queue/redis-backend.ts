import { once } from 'node:events';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { QueueName } from '../../registry/jobs.js';
import type { RedisTarget } from '../config/env.js';
import { type JobWorker, type Process, type QueueBackend, WORKER_OPTIONS, type WorkOptions } from './backend.js';
import { UnsupportedQueue } from './errors.js';

const PREFIX = 'mini-compete';
/** A hand-over that cannot be made now is made by the relay's next look. */
const FAIL_FAST = { maxRetriesPerRequest: 0, enableOfflineQueue: false, commandTimeout: 5_000 } as const;
const CONNECT_MS = 2_000;
const EVENTS = { events: { maxLen: 100 } };

export class RedisBackend implements QueueBackend {
  readonly kind = 'redis';
  private readonly producer: Redis;
  private readonly queues = new Map<QueueName, Queue>();
  private lastBeat: number | undefined;
  private connecting: Promise<void> | undefined;

  constructor(private readonly target: RedisTarget) {
    this.producer = new Redis({ ...redisOptions(target), ...FAIL_FAST });
    // Without a listener each lost connection would be printed, and reconnecting goes on by itself anyway.
    this.producer.on('error', () => {});
  }

  async prepare(): Promise<void> {
    if (this.producer.status !== 'ready') {
      // One wait for all who ask: while Redis is silent, each question after its health would add two listeners.
      this.connecting ??= this.connected().finally(() => {
        this.connecting = undefined;
      });
      await this.connecting;
    }
    const [, policy] = (await this.producer.config('GET', 'maxmemory-policy')) as string[];
    // Some providers forbid CONFIG and answer nothing: nothing can be said about them.
    if (policy !== undefined && policy !== 'noeviction')
      throw new UnsupportedQueue(
        `Redis may throw jobs away when its memory is full: its maxmemory-policy is "${policy}" and has to be "noeviction" (CONFIG SET maxmemory-policy noeviction, or in redis.conf).`,
      );
  }

  private async connected(): Promise<void> {
    await once(this.producer, 'ready', { signal: AbortSignal.timeout(CONNECT_MS) }).catch(() => {
      throw new Error('Redis does not answer');
    });
  }

  queue(name: QueueName): Queue {
    const known = this.queues.get(name);
    if (known !== undefined) return known;
    const queue = new Queue(name, {
      connection: this.producer,
      prefix: PREFIX,
      skipWaitingForReady: true,
      streams: EVENTS,
    });
    queue.on('error', () => {});
    this.queues.set(name, queue);
    return queue;
  }

  worker(name: QueueName, process: Process, options: WorkOptions): JobWorker {
    const connection = { ...redisOptions(this.target), maxRetriesPerRequest: null };
    return new Worker(name, process, { ...WORKER_OPTIONS, ...options, connection, prefix: PREFIX });
  }

  /** A number in Redis that only grows: smaller than it was, and Redis was flushed or came back from an old copy. */
  async hasLostJobs(): Promise<boolean> {
    const beat = await this.producer.incr(`${PREFIX}:beats`);
    const forgotten = beat <= (this.lastBeat ?? 1);
    this.lastBeat = beat;
    return forgotten;
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
    this.producer.disconnect();
  }
}

function redisOptions(target: RedisTarget) {
  const retryStrategy = (times: number) => Math.min(100 * times, 1_000);
  if (!('url' in target)) return { ...target, retryStrategy };
  const { protocol, hostname, port, username, password, pathname } = new URL(target.url);
  return {
    host: hostname,
    port: Number(port || 6379),
    db: Number(pathname.slice(1) || 0),
    retryStrategy,
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
  };
}
