import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DestinationStream } from 'pino';
import { connectionsOfWorker } from './connections.js';
import type { Env } from './platform/config/env.js';
import { createAdapter } from './platform/http/fastify.js';
import { createLogger } from './platform/logging/logger.js';
import { Metrics } from './platform/metrics/metrics.js';
import { WorkerModule } from './worker.module.js';

/** Creates and starts the worker. Its HTTP port serves only health checks and metrics. */
export async function createWorker(env: Env, logTo?: DestinationStream): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(WorkerModule.forRoot(env), createAdapter(env), {
    logger: createLogger(env, 'worker', logTo),
    abortOnError: false,
  });
  app.get(Metrics).connectionLimit(connectionsOfWorker(env));
  try {
    await app.init();
  } catch (error) {
    // What is already running would keep the process alive.
    await app.close();
    throw error;
  }
  return app;
}
