import { Global, Module } from '@nestjs/common';
import { Outbox } from './outbox.js';

/** What the API needs of the queue: the door to it. */
@Global()
@Module({ providers: [Outbox], exports: [Outbox] })
export class OutboxModule {}
