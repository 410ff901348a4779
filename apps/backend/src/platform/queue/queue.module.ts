import { type DynamicModule, Module, type ModuleMetadata, type Type } from '@nestjs/common';
import { HealthModule } from '../health/health.module.js';
import { BACKEND } from './backend.js';
import { CONSUMER_BACKEND_PROVIDER } from './create-backend.js';
import { type DeadLetterEffects, DeadLetters } from './dead-letters.js';
import type { JobHandlers } from './handler.js';
import { Heartbeat } from './heartbeat.js';
import { JobMetrics } from './job-metrics.js';
import { JOB_HANDLERS, JobRunner } from './job-runner.js';
import { LoadThrottleModule } from './load-throttle.module.js';
import { OutboxModule } from './outbox.module.js';
import { QueuePauses } from './queue-pauses.js';
import { Relay } from './relay.js';

export interface WorkerOptions {
  /** The modules that provide the handlers. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  readonly handlers: readonly Type<JobHandlers>[];
  readonly deadLetterEffects: readonly DeadLetterEffects[];
}

/** The worker's side of the queue: the relay, and one consumer per queue. */
@Module({})
export class QueueModule {
  static forWorker({ imports, handlers, deadLetterEffects }: WorkerOptions): DynamicModule {
    return {
      module: QueueModule,
      imports: [OutboxModule, LoadThrottleModule, HealthModule, ...imports],
      providers: [
        CONSUMER_BACKEND_PROVIDER,
        DeadLetters.provider(deadLetterEffects),
        { provide: JOB_HANDLERS, inject: [...handlers], useFactory: (...features: JobHandlers[]) => features },
        JobMetrics,
        Heartbeat,
        JobRunner,
        QueuePauses,
        Relay,
      ],
      exports: [BACKEND, JobRunner],
    };
  }
}
