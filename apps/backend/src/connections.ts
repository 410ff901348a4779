import type { Env } from './platform/config/env.js';
import { CONSOLE_CONNECTIONS, consumerConnections } from './platform/queue/postgres-backend.js';
import { ADMISSION_CONNECTIONS } from './registrations/admission/admission-queue.js';

type Settings = Pick<Env, 'databasePoolSize' | 'workerConcurrency' | 'redis' | 'backupFolder' | 'synchronousStandbys'>;

/** The seat listener of an API, the relay of a worker. */
const LISTENER_CONNECTIONS = 1;

/** What watches the standbys, where they are promised. */
const standbyConnections = ({ synchronousStandbys }: Settings): number => (synchronousStandbys > 0 ? 1 : 0);

/** How many connections to PostgreSQL an API process opens at most. */
export const connectionsOfApi = (settings: Settings): number =>
  settings.databasePoolSize +
  ADMISSION_CONNECTIONS +
  LISTENER_CONNECTIONS +
  standbyConnections(settings) +
  (settings.redis === null ? CONSOLE_CONNECTIONS : 0);

/** How many connections to PostgreSQL a worker process opens at most. A scheduled backup has one of its own. */
export const connectionsOfWorker = (settings: Settings): number =>
  settings.databasePoolSize +
  LISTENER_CONNECTIONS +
  standbyConnections(settings) +
  (settings.redis === null ? consumerConnections(settings.workerConcurrency) : 0) +
  (settings.backupFolder === null ? 0 : 1);
