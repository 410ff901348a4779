import { type DynamicModule, Module } from '@nestjs/common';
import { AdminModule } from './admin/admin.module.js';
import { AuthModule } from './auth/auth.module.js';
import { HttpModule } from './common/http/http.module.js';
import { MetricsModule } from './common/metrics/metrics.module.js';
import { CompetitionsModule } from './competitions/competitions.module.js';
import { ConfigModule } from './config/config.module.js';
import type { Env } from './config/env.js';
import { FrontModule } from './front/front.module.js';
import { HealthModule } from './health/health.module.js';
import { LiveModule } from './live/live.module.js';
import { MailboxModule } from './mailbox/mailbox.module.js';
import { OrganizingModule } from './organizing/organizing.module.js';
import { PrismaModule } from './prisma/prisma.module.js';
import { OutboxModule } from './queue/outbox.module.js';
import { RegistrationsModule } from './registrations/registrations.module.js';

/** What the API is made of. */
@Module({})
export class ApiModule {
  static forRoot(env: Env): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        ConfigModule.forRoot(env),
        MetricsModule,
        PrismaModule,
        OutboxModule,
        HttpModule,
        FrontModule,
        AuthModule,
        HealthModule,
        CompetitionsModule,
        LiveModule,
        RegistrationsModule,
        MailboxModule,
        AdminModule,
        OrganizingModule,
      ],
    };
  }
}
