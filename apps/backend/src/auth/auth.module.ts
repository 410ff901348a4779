import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccountsModule } from './accounts.module.js';
import { AuthController } from './auth.controller.js';
import { AuthGuard } from './auth.guard.js';
import { RateLimitGuard } from './rate-limit.guard.js';
import { RolesGuard } from './roles.guard.js';
import { SessionsController } from './sessions.controller.js';

/** Who is asking, over HTTP: the accounts' routes and the guards before all routes. */
@Module({
  imports: [AccountsModule],
  controllers: [AuthController, SessionsController],
  providers: [
    // In this order: who is asking, whether too often, whether they may.
    { provide: APP_GUARD, useClass: AuthGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_GUARD, useClass: RolesGuard },
  ],
  exports: [AccountsModule],
})
export class AuthModule {}
