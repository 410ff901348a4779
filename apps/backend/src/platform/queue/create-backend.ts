import type { FactoryProvider } from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { BACKEND, type QueueBackend } from './backend.js';
import { PostgresBackend } from './postgres-backend.js';
import { RedisBackend } from './redis-backend.js';

export function createBackend(env: Env): QueueBackend {
  return env.redis === null ? new PostgresBackend(env.databaseUrl, env.workerConcurrency) : new RedisBackend(env.redis);
}

export const BACKEND_PROVIDER: FactoryProvider<QueueBackend> = {
  provide: BACKEND,
  inject: [ENV],
  useFactory: createBackend,
};
