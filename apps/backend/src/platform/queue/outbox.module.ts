import { Global, Module } from '@nestjs/common';
import { Outbox } from './outbox.js';

/** The only part of the queue that features use to enqueue jobs. */
@Global()
@Module({ providers: [Outbox], exports: [Outbox] })
export class OutboxModule {}
