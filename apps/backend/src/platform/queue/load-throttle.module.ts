import { Module } from '@nestjs/common';
import { LoadThrottle } from './load-throttle.js';

/** One throttle per worker: for the consumers of the queues, and for jobs that take long. */
@Module({ providers: [LoadThrottle], exports: [LoadThrottle] })
export class LoadThrottleModule {}
