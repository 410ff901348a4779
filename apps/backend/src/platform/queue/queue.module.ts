import { type DynamicModule, Module, type ModuleMetadata, type Type } from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { BACKEND } from './backend.js';
import { createBackend } from './create-backend.js';
import { DeadLetters } from './dead-letters.js';
import type { JobHandlers } from './handler.js';
import { Heartbeat } from './heartbeat.js';
import { JobMetrics } from './job-metrics.js';
import { JOB_HANDLERS, JobRunner } from './job-runner.js';
import { LoadThrottle } from './load-throttle.js';
import { OutboxModule } from './outbox.module.js';
import { QueuePauses } from './queue-pauses.js';
import { Relay } from './relay.js';

export interface WorkerParts {
  /** The modules in which the handlers are provided. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  readonly handlers: readonly Type<JobHandlers>[];
}

/** What a worker runs: the relay, and one loop per queue. */
@Module({})
export class QueueModule {
  static forWorker({ imports, handlers }: WorkerParts): DynamicModule {
    return {
      module: QueueModule,
      imports: [OutboxModule, ...imports],
      providers: [
        { provide: BACKEND, inject: [ENV], useFactory: (env: Env) => createBackend(env) },
        { provide: JOB_HANDLERS, inject: [...handlers], useFactory: (...features: JobHandlers[]) => features },
        LoadThrottle,
        JobMetrics,
        DeadLetters,
        Heartbeat,
        JobRunner,
        QueuePauses,
        Relay,
      ],
      exports: [BACKEND, JobRunner, Relay],
    };
  }
}
