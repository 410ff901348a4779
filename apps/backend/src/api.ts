import 'reflect-metadata';
import cookie from '@fastify/cookie';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiModule } from './api.module.js';
import { stampArrivals } from './common/http/arrival.js';
import { createAdapter } from './common/http/fastify.js';
import { addCommonHeaders, addMethodNotAllowed } from './common/http/hooks.js';
import type { Env } from './config/env.js';

/** The API, ready to listen. */
export async function createApi(env: Env): Promise<NestFastifyApplication> {
  const adapter = createAdapter(env);
  const fastify = adapter.getInstance();
  addCommonHeaders(fastify as never);
  addMethodNotAllowed(fastify as never);
  stampArrivals(fastify as never);
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.forRoot(env), adapter, {
    logger: ['fatal', 'error', 'warn'],
    abortOnError: false,
  });
  fastify.decorateRequest('principal', null);
  await app.register(cookie as never);
  app.setGlobalPrefix('api', { exclude: ['health/live', 'health/ready', 'metrics'] });
  await app.init();
  return app;
}
