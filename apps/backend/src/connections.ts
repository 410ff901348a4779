import type { Env } from './platform/config/env.js';
import { CONSOLE_CONNECTIONS, consumerConnections } from './platform/queue/postgres-backend.js';
import { ADMISSION_CONNECTIONS } from './registrations/admission/admission-queue.js';

type Settings = Pick<Env, 'databasePoolSize' | 'workerConcurrency' | 'redis' | 'backupFolder'>;

/** The seat listener of an API, the relay of a worker. */
const LISTENER_CONNECTIONS = 1;

/** How many connections to PostgreSQL an API process opens at most. */
export const connectionsOfApi = ({ databasePoolSize, redis }: Settings): number =>
  databasePoolSize + ADMISSION_CONNECTIONS + LISTENER_CONNECTIONS + (redis === null ? CONSOLE_CONNECTIONS : 0);

/** How many connections to PostgreSQL a worker process opens at most. A scheduled backup has one of its own. */
export const connectionsOfWorker = ({ databasePoolSize, redis, workerConcurrency, backupFolder }: Settings): number =>
  databasePoolSize +
  LISTENER_CONNECTIONS +
  (redis === null ? consumerConnections(workerConcurrency) : 0) +
  (backupFolder === null ? 0 : 1);
