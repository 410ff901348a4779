import type { Env } from '../config/env.js';
import type { QueueBackend } from './backend.js';
import { PostgresBackend } from './postgres-backend.js';
import { RedisBackend } from './redis-backend.js';

export function createBackend(env: Env): QueueBackend {
  return env.redis === null ? new PostgresBackend(env.databaseUrl, env.workerConcurrency) : new RedisBackend(env.redis);
}
