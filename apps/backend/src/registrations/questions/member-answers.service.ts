import type { MemberAnswers as Answers } from '@mini-compete/shared/registrations';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { findMemberAnswers } from './member-answers.sql.js';

/** What a member of a team has answered, for the member. */
@Injectable()
export class MemberAnswers {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  async read(teamId: string, userId: string): Promise<Answers> {
    const answers = await findMemberAnswers(this.pool, teamId, userId);
    if (answers === null) throw new DomainError('TEAM_NOT_FOUND');
    return answers;
  }
}
