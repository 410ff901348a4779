import { Module } from '@nestjs/common';
import { OperatorService } from './operator/operator.service.js';
import { CurrentPassword } from './password/current-password.js';
import { LoginRateLimit } from './password/login-rate-limit.js';
import { PasswordHasher } from './password/password-hasher.js';
import { PasswordResetService } from './password/password-reset.service.js';
import { SessionCookies } from './sessions/session-cookies.js';
import { SessionRenewals } from './sessions/session-renewals.js';
import { SessionsService } from './sessions/sessions.service.js';
import { TokenService } from './sessions/token.service.js';
import { AccountsService } from './sign-in/accounts.service.js';
import { NewDeviceNotifier } from './sign-in/new-device.js';
import { EmailChangeService } from './verification/email-change.service.js';
import { VerificationService } from './verification/verification.service.js';
import { VerificationRequests } from './verification/verification-requests.js';

const services = [
  AccountsService,
  CurrentPassword,
  EmailChangeService,
  LoginRateLimit,
  OperatorService,
  PasswordHasher,
  PasswordResetService,
  SessionCookies,
  SessionRenewals,
  SessionsService,
  TokenService,
  NewDeviceNotifier,
  VerificationRequests,
  VerificationService,
];

/** Accounts without the routes: the worker and the admin commands use them too. */
@Module({ providers: services, exports: services })
export class AccountsModule {}
