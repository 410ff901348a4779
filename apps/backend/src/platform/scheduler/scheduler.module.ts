import { Module } from '@nestjs/common';
import { OutboxModule } from '../queue/outbox.module.js';
import { Scheduler } from './scheduler.js';

@Module({ imports: [OutboxModule], providers: [Scheduler] })
export class SchedulerModule {}
