import { Module } from '@nestjs/common';
import { OutboxModule } from '../queue/outbox.module.js';
import { Ticker } from './ticker.js';

@Module({ imports: [OutboxModule], providers: [Ticker] })
export class CronModule {}
