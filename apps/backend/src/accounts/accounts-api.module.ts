import { Module } from '@nestjs/common';
import { AccountsModule } from './accounts.module.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { AuthController } from './sign-in/auth.controller.js';
import { VerificationController } from './verification/verification.controller.js';

/** Accounts with their routes. */
@Module({
  imports: [AccountsModule],
  controllers: [AuthController, SessionsController, VerificationController],
  exports: [AccountsModule],
})
export class AccountsApiModule {}
