import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { BACKEND, type QueueBackend } from '../queue/backend.js';
import { createBackend } from '../queue/create-backend.js';
import { AuditTrail } from './audit-trail.js';
import { FailedJobs } from './failed-jobs.service.js';
import { JobsController } from './jobs.controller.js';
import { Overview } from './overview.service.js';
import { UnknownMessages } from './unknown-messages.service.js';

@Module({
  controllers: [JobsController],
  providers: [
    { provide: BACKEND, inject: [ENV], useFactory: (env: Env) => createBackend(env) },
    AuditTrail,
    FailedJobs,
    Overview,
    UnknownMessages,
  ],
})
export class AdminModule implements OnApplicationShutdown {
  constructor(@Inject(BACKEND) private readonly backend: QueueBackend) {}

  async onApplicationShutdown(): Promise<void> {
    await this.backend.close();
  }
}
