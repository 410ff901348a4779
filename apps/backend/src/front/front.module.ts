import { Module } from '@nestjs/common';
import { FrontSocket } from './front-socket.js';

/** What stands between browsers and the rest: one address for pages and API. */
@Module({ providers: [FrontSocket], exports: [FrontSocket] })
export class FrontModule {}
