import { type DynamicModule, Module } from '@nestjs/common';
import { CleanUpJobs } from './admin/clean-up.jobs.js';
import { AccountsModule } from './auth/accounts.module.js';
import { NewSignInJobs } from './auth/new-sign-in.jobs.js';
import { PasswordResetJobs } from './auth/password-reset.jobs.js';
import { HttpModule } from './common/http/http.module.js';
import { MetricsModule } from './common/metrics/metrics.module.js';
import { CalendarService } from './competitions/calendar.service.js';
import { PopularityJobs } from './competitions/popularity.jobs.js';
import { ConfigModule } from './config/config.module.js';
import type { Env } from './config/env.js';
import { CronModule } from './cron/cron.module.js';
import { HealthModule } from './health/health.module.js';
import { Readiness } from './health/readiness.js';
import { SeatSignal } from './live/seat-signal.js';
import { CALENDAR } from './mail/calendar.token.js';
import { LostSendersJobs } from './mail/lost-senders.jobs.js';
import { MailJobs } from './mail/mail.jobs.js';
import { MailModule } from './mail/mail.module.js';
import { OrganizingJobs } from './organizing/organizing.jobs.js';
import { PrismaModule } from './prisma/prisma.module.js';
import type { JobHandlers } from './queue/handler.js';
import { JobRunner } from './queue/job-runner.js';
import { OutboxModule } from './queue/outbox.module.js';
import { QueueModule } from './queue/queue.module.js';
import { InvariantMetrics } from './registrations/invariant-metrics.js';
import { LineJobs } from './registrations/line.jobs.js';
import { RegistrationJobs } from './registrations/registrations.jobs.js';
import { ReminderJobs } from './registrations/reminders.jobs.js';

/** The features' jobs: each job has exactly one handler among these, or the worker does not start. */
const HANDLERS = [
  RegistrationJobs,
  ReminderJobs,
  LineJobs,
  OrganizingJobs,
  MailJobs,
  LostSendersJobs,
  PasswordResetJobs,
  NewSignInJobs,
  PopularityJobs,
  CleanUpJobs,
] as const satisfies readonly (new (
  ...parts: never[]
) => JobHandlers)[];

@Module({
  imports: [OutboxModule, MailModule, AccountsModule],
  providers: [{ provide: CALENDAR, useClass: CalendarService }, SeatSignal, ...HANDLERS],
  exports: [...HANDLERS],
})
class HandlersModule {}

/** What the worker is made of. */
@Module({ providers: [InvariantMetrics] })
export class WorkerModule {
  constructor(readiness: Readiness, runner: JobRunner, _invariants: InvariantMetrics) {
    readiness.add(() => runner.trouble());
  }

  static forRoot(env: Env): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        ConfigModule.forRoot(env),
        MetricsModule,
        PrismaModule,
        OutboxModule,
        HttpModule,
        HealthModule,
        CronModule,
        QueueModule.forWorker({ imports: [HandlersModule], handlers: [...HANDLERS] }),
      ],
    };
  }
}
