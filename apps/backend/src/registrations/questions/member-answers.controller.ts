import { Id } from '@mini-compete/shared/common';
import type { MemberAnswers as Answers } from '@mini-compete/shared/registrations';
import { Controller, Get, Param } from '@nestjs/common';
import { CurrentUser, Roles } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { MemberAnswers } from './member-answers.service.js';

@Controller('teams/:id/answers')
@Roles('PARTICIPANT')
export class MemberAnswersController {
  constructor(private readonly answers: MemberAnswers) {}

  @Get()
  read(@Param('id', { schema: Id }) id: string, @CurrentUser() { userId }: Principal): Promise<Answers> {
    return this.answers.read(id, userId);
  }
}
