import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccountsApiModule } from './accounts/accounts-api.module.js';
import { AuthGuard } from './accounts/sessions/auth.guard.js';
import { PendingActsModule } from './competitions/acts/pending-acts.module.js';
import { CompetitionsModule } from './competitions/catalog/competitions.module.js';
import { EditingModule } from './competitions/editing/editing.module.js';
import { HistoryModule } from './competitions/history/history.module.js';
import { MessageNotesModule } from './competitions/message-notes/message-notes.module.js';
import { OrganizersModule } from './competitions/organizers/organizers.module.js';
import { LiveSeatsModule } from './competitions/seats/live-seats.module.js';
import { PermissionGuard } from './competitions/staff/permission.guard.js';
import { StaffModule } from './competitions/staff/staff.module.js';
import { MailboxModule } from './messaging/mailbox/mailbox.module.js';
import { ConsoleModule } from './operations/console/console.module.js';
import { InvariantsModule } from './operations/invariants/invariants.module.js';
import { PrivacyModule } from './operations/privacy/privacy.module.js';
import { ConfigModule } from './platform/config/config.module.js';
import type { Env } from './platform/config/env.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { HealthModule } from './platform/health/health.module.js';
import { RateLimitGuard } from './platform/http/access/rate-limit.guard.js';
import { RolesGuard } from './platform/http/access/roles.guard.js';
import { FrontModule } from './platform/http/front/front.module.js';
import { HttpModule } from './platform/http/http.module.js';
import { MetricsModule } from './platform/metrics/metrics.module.js';
import { OutboxModule } from './platform/queue/outbox.module.js';
import { AnnouncementsModule } from './registrations/announcements/announcements.module.js';
import { UNDO_ANNOUNCEMENT } from './registrations/announcements/undo-announcement.js';
import { CheckInModule } from './registrations/check-in/check-in.module.js';
import { UNDO_NO_SHOWS } from './registrations/check-in/undo-no-shows.js';
import { RegistrationsModule } from './registrations/registrations.module.js';

/** The modules of the API process. */
@Module({})
export class ApiModule {
  static forRoot(env: Env): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        ConfigModule.forRoot(env),
        MetricsModule,
        DatabaseModule,
        OutboxModule,
        HttpModule,
        FrontModule,
        AccountsApiModule,
        HealthModule,
        CompetitionsModule,
        LiveSeatsModule,
        RegistrationsModule,
        MailboxModule,
        ConsoleModule,
        InvariantsModule,
        PrivacyModule,
        EditingModule,
        OrganizersModule,
        StaffModule,
        PendingActsModule.withEffects([UNDO_ANNOUNCEMENT, UNDO_NO_SHOWS]),
        HistoryModule,
        MessageNotesModule,
        AnnouncementsModule,
        CheckInModule,
      ],
      providers: [
        // Nest runs guards in this order: authentication, rate limit, role, permission.
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_GUARD, useClass: RateLimitGuard },
        { provide: APP_GUARD, useClass: RolesGuard },
        { provide: APP_GUARD, useClass: PermissionGuard },
      ],
    };
  }
}
