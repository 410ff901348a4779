import {
  ChangeEmail,
  ConfirmVerification,
  ConfirmVerificationLink,
  type Verification,
} from '@mini-compete/shared/verification';
import { Body, Controller, Delete, Get, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CurrentUser, RateLimit } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { EmailChangeService } from './email-change.service.js';
import { VerificationService } from './verification.service.js';

@Controller('auth')
export class VerificationController {
  constructor(
    private readonly verification: VerificationService,
    private readonly changes: EmailChangeService,
  ) {}

  @Get('verification')
  status(@CurrentUser() principal: Principal): Promise<Verification> {
    return this.verification.status(principal);
  }

  @Post('verification')
  @HttpCode(202)
  send(@CurrentUser() principal: Principal): Promise<Verification> {
    return this.verification.send(principal);
  }

  @RateLimit({ per: 'account', limit: 60, seconds: 600 })
  @Post('verification/confirm')
  @HttpCode(200)
  confirm(
    @CurrentUser() principal: Principal,
    @Body({ schema: ConfirmVerification }) { code }: ConfirmVerification,
  ): Promise<Verification> {
    return this.verification.confirmCode(principal, code);
  }

  @RateLimit({ per: 'account', limit: 60, seconds: 600 })
  @Post('verification/confirm-link')
  @HttpCode(200)
  confirmLink(
    @CurrentUser() principal: Principal,
    @Body({ schema: ConfirmVerificationLink }) { token }: ConfirmVerificationLink,
  ): Promise<Verification> {
    return this.verification.confirmLink(principal, token);
  }

  @Post('email')
  @HttpCode(202)
  async changeEmail(
    @CurrentUser() principal: Principal,
    @Body({ schema: ChangeEmail }) change: ChangeEmail,
    @Req() request: FastifyRequest,
  ): Promise<Verification> {
    await this.changes.request(principal, change, request.ip);
    return this.verification.status(principal);
  }

  /** Also when no change is pending. */
  @Delete('email')
  @HttpCode(204)
  async cancelChange(@CurrentUser() principal: Principal): Promise<void> {
    await this.changes.cancel(principal);
  }
}
