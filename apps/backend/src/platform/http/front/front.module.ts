import { Module } from '@nestjs/common';
import { FrontSocket } from './front-socket.js';

/** The front server: one port for pages and the API. */
@Module({ providers: [FrontSocket], exports: [FrontSocket] })
export class FrontModule {}
