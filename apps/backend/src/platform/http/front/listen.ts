import type { Server } from 'node:http';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Env } from '../../config/env.js';
import { FrontSocket } from './front-socket.js';

/** Both addresses of the API process: the API's own, and the one for browsers. */
export async function listen(app: NestFastifyApplication, env: Env): Promise<void> {
  await app.listen(env.backendPort, env.host);
  const front = await app.get(FrontSocket).listen(app.getHttpServer() as Server, env.port, env.host);
  new Logger('Api').log({ msg: 'listening', url: await app.getUrl(), front });
}
