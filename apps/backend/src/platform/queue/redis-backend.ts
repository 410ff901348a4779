import { once } from 'node:events';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { QUEUES, type QueueName } from '../../registry/jobs.js';
import type { RedisTarget } from '../config/env.js';
import { type JobWorker, type Process, type RedisQueueBackend, WORKER_OPTIONS, type WorkOptions } from './backend.js';
import { UnsupportedQueue } from './errors.js';

const PREFIX = 'mini-compete';
/** For producers: what cannot be dispatched now is dispatched again when the relay polls. */
const FAIL_FAST = { maxRetriesPerRequest: 0, enableOfflineQueue: false, commandTimeout: 5_000 } as const;
const CONNECT_TIMEOUT_MS = 2_000;
/** Longer than a blocking command waits for a job (`drainDelay`). */
const SILENCE_TIMEOUT_MS = 10_000;
/** Nobody reads BullMQ's event stream; by default it keeps 10,000 events per queue. */
const STREAMS = { events: { maxLen: 100 } };

export class RedisBackend implements RedisQueueBackend {
  readonly kind = 'redis';
  private readonly producer: Redis;
  private readonly queues = new Map<QueueName, Queue>();
  private last: { readonly count: number; readonly replicationId: string } | undefined;
  private connecting: Promise<void> | undefined;

  constructor(private readonly target: RedisTarget) {
    this.producer = new Redis({ ...redisOptions(target), ...FAIL_FAST });
    // Without a listener ioredis prints every lost connection. It reconnects either way.
    this.producer.on('error', () => {});
  }

  async prepare(): Promise<void> {
    if (this.producer.status !== 'ready') {
      // Coalesced: while Redis does not answer, every readiness check would add two listeners.
      this.connecting ??= this.waitForConnection().finally(() => {
        this.connecting = undefined;
      });
      await this.connecting;
    }
    const [, policy] = (await this.producer.config('GET', 'maxmemory-policy')) as string[];
    // Some providers forbid CONFIG and return nothing: their policy cannot be checked.
    if (policy !== undefined && policy !== 'noeviction')
      throw new UnsupportedQueue(
        `Redis may throw jobs away when its memory is full: its maxmemory-policy is "${policy}" and has to be "noeviction" (CONFIG SET maxmemory-policy noeviction, or in redis.conf).`,
      );
  }

  private async waitForConnection(): Promise<void> {
    await once(this.producer, 'ready', { signal: AbortSignal.timeout(CONNECT_TIMEOUT_MS) }).catch(() => {
      throw new Error('Redis does not answer');
    });
  }

  queue(name: QueueName): Queue {
    const existing = this.queues.get(name);
    if (existing !== undefined) return existing;
    const queue = new Queue(name, {
      connection: this.producer,
      prefix: PREFIX,
      skipWaitingForReady: true,
      streams: STREAMS,
    });
    queue.on('error', () => {});
    this.queues.set(name, queue);
    return queue;
  }

  worker(name: QueueName, process: Process, options: WorkOptions): JobWorker {
    const connection = { ...redisOptions(this.target), maxRetriesPerRequest: null };
    return new Worker(name, process, { ...WORKER_OPTIONS, ...options, connection, prefix: PREFIX });
  }

  bullBoardQueues(): Queue[] {
    return QUEUES.map((name) => this.queue(name));
  }

  /**
   * A counter that only grows: a lower value means that Redis was flushed, or restarted from an old copy. Another
   * replication id means that a replica was promoted, which may lack jobs that were added after the last count: the
   * master confirms them before a replica has them.
   */
  async hasLostJobs(): Promise<boolean> {
    const info = await this.producer.info('replication');
    const replicationId = /master_replid:(\w+)/.exec(info)?.[1] ?? '';
    const count = await this.producer.incr(`${PREFIX}:beats`);
    // Kept in Redis too, for a process that starts after the promotion.
    const stored = await this.producer.set(`${PREFIX}:replication-id`, replicationId, 'GET');
    const last = this.last ?? { count: 1, replicationId: stored ?? replicationId };
    this.last = { count, replicationId };
    return count <= last.count || last.replicationId !== replicationId;
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
    this.producer.disconnect();
  }
}

function redisOptions(target: RedisTarget) {
  const retryStrategy = (times: number) => Math.min(100 * times, 1_000);
  if ('sentinels' in target)
    return {
      ...target,
      retryStrategy,
      sentinelRetryStrategy: retryStrategy,
      connectTimeout: CONNECT_TIMEOUT_MS,
      // A master that lost power closes no connection: without this, commands would wait for it after the failover.
      socketTimeout: SILENCE_TIMEOUT_MS,
      // A former master refuses writes until Sentinel closes its connections.
      reconnectOnError: ({ message }: Error) => message.startsWith('READONLY'),
    };
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
