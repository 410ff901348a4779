import { Module } from '@nestjs/common';
import { AccountsService } from './accounts.service.js';
import { LoginThrottle } from './login-throttle.js';
import { OperatorService } from './operator.service.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordResetService } from './password-reset.service.js';
import { SessionCookies } from './session-cookies.js';
import { SessionRenewals } from './session-renewals.js';
import { SessionsService } from './sessions.service.js';
import { TokenService } from './token.service.js';
import { UnknownDevice } from './unknown-device.js';

const services = [
  AccountsService,
  LoginThrottle,
  OperatorService,
  PasswordHasher,
  PasswordResetService,
  SessionCookies,
  SessionRenewals,
  SessionsService,
  TokenService,
  UnknownDevice,
];

/** Accounts without HTTP: the worker's mails and the operator's commands need them too. */
@Module({ providers: services, exports: services })
export class AccountsModule {}
