import { Module } from '@nestjs/common';
import { OperatorService } from './operator/operator.service.js';
import { PasswordHasher } from './password/password-hasher.js';
import { PasswordResetService } from './password/password-reset.service.js';
import { SessionCookies } from './sessions/session-cookies.js';
import { SessionRenewals } from './sessions/session-renewals.js';
import { SessionsService } from './sessions/sessions.service.js';
import { TokenService } from './sessions/token.service.js';
import { AccountsService } from './sign-in/accounts.service.js';
import { LoginRateLimit } from './sign-in/login-rate-limit.js';
import { NewDeviceNotifier } from './sign-in/new-device.js';

const services = [
  AccountsService,
  LoginRateLimit,
  OperatorService,
  PasswordHasher,
  PasswordResetService,
  SessionCookies,
  SessionRenewals,
  SessionsService,
  TokenService,
  NewDeviceNotifier,
];

/** Accounts without the routes: the worker and the admin commands use them too. */
@Module({ providers: services, exports: services })
export class AccountsModule {}
