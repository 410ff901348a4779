import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { BACKEND, type QueueBackend } from '../../platform/queue/backend.js';
import { createBackend } from '../../platform/queue/create-backend.js';
import { AuditLog } from './audit-log.js';
import { FailedJobs } from './failed-jobs.service.js';
import { JobsController } from './jobs.controller.js';
import { Overview } from './overview.service.js';
import { UnknownMessages } from './unknown-messages.service.js';

@Module({
  controllers: [JobsController],
  providers: [
    { provide: BACKEND, inject: [ENV], useFactory: (env: Env) => createBackend(env) },
    AuditLog,
    FailedJobs,
    Overview,
    UnknownMessages,
  ],
})
export class ConsoleModule implements OnApplicationShutdown {
  constructor(@Inject(BACKEND) private readonly backend: QueueBackend) {}

  async onApplicationShutdown(): Promise<void> {
    await this.backend.close();
  }
}
