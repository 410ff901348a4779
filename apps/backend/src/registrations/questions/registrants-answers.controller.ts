import { Id } from '@mini-compete/shared/common';
import type { AnswerCounts, RegistrationAnswers } from '@mini-compete/shared/registrations';
import { Controller, Get, Param } from '@nestjs/common';
import { RateLimit, Requires } from '../../platform/http/access/decorators.js';
import { RegistrantsAnswers } from './registrants-answers.service.js';

/** For the staff that may read answers. */
@Controller('competitions/:id')
export class RegistrantsAnswersController {
  constructor(private readonly answers: RegistrantsAnswers) {}

  /** Reads the answers of everybody. Per account, because the web app's requests come from one address. */
  @Get('answers')
  @Requires('readApplications')
  @RateLimit({ per: 'account', limit: 120, seconds: 60 })
  count(@Param('id', { schema: Id }) id: string): Promise<AnswerCounts> {
    return this.answers.count(id);
  }

  @Get('registrations/:registrationId/answers')
  @Requires('readApplications')
  read(
    @Param('id', { schema: Id }) id: string,
    @Param('registrationId', { schema: Id }) registrationId: string,
  ): Promise<RegistrationAnswers> {
    return this.answers.read(id, registrationId);
  }
}
