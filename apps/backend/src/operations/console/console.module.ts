import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { BACKEND, type QueueBackend } from '../../platform/queue/backend.js';
import { CONSOLE_BACKEND_PROVIDER } from '../../platform/queue/create-backend.js';
import { DeadLetters } from '../../platform/queue/dead-letters.js';
import { AuditLog } from './audit-log.js';
import { DEAD_LETTER_EFFECTS } from './dead-letter-effects.js';
import { FailedJobs } from './failed-jobs.service.js';
import { JobsController } from './jobs.controller.js';
import { Overview } from './overview.service.js';
import { UnknownMessages } from './unknown-messages.service.js';

@Module({
  controllers: [JobsController],
  providers: [
    CONSOLE_BACKEND_PROVIDER,
    DeadLetters.provider(DEAD_LETTER_EFFECTS),
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
