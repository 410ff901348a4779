import type { FactoryProvider } from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { BACKEND, type QueueBackend } from './backend.js';
import { CONSOLE_CONNECTIONS, consumerConnections, PostgresBackend } from './postgres-backend.js';
import { RedisBackend } from './redis-backend.js';

export const createBackend = (env: Env, connections: number): QueueBackend =>
  env.redis === null ? new PostgresBackend(env.databaseDirectUrl, connections) : new RedisBackend(env.redis);

const backendProvider = (connections: (env: Env) => number): FactoryProvider<QueueBackend> => ({
  provide: BACKEND,
  inject: [ENV],
  useFactory: (env: Env) => createBackend(env, connections(env)),
});

/** For the worker, which runs the jobs. */
export const CONSUMER_BACKEND_PROVIDER = backendProvider((env) => consumerConnections(env.workerConcurrency));
/** For the job console of an API, which only counts jobs. */
export const CONSOLE_BACKEND_PROVIDER = backendProvider(() => CONSOLE_CONNECTIONS);
