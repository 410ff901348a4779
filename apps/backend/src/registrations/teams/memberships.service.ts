import type { AnswerAsMember, CreateTeam, JoinTeam } from '@mini-compete/shared/teams';
import { Inject, Injectable } from '@nestjs/common';
import { QuestionsRepository } from '../../competitions/questions/questions.repository.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { ensureNoOlderServers } from '../../platform/database/older-servers.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import type { Caller } from '../admission/registrations.service.js';
import { type AnswerCheck, AnswerChecker, problemsAsOptions } from '../questions/answer-checker.js';
import { storeMemberAnswers } from '../questions/member-answers.js';
import { TeamActs } from './team-acts.service.js';
import {
  ensureCaptain,
  ensureCode,
  ensureForTeams,
  ensurePlace,
  everMember,
  insertTeam,
  livingMember,
} from './team-checks.js';
import { type LockedTeam, lockTeam } from './team-lock.js';
import { TeamsRepository } from './teams.repository.js';

type JoinResult =
  | 'JOINED'
  | 'ALREADY_MEMBER'
  | 'ANSWERS_INVALID'
  | 'TEAM_NOT_FOUND'
  | 'FOR_PERSONS'
  | 'ALREADY_IN_TEAM'
  | 'STAFF_CANNOT_REGISTER'
  | 'COMPETITION_CANCELLED'
  | 'ALREADY_DECIDED'
  | 'TEAMS_LOCKED'
  | 'EMAIL_NOT_VERIFIED'
  | 'QUESTIONS_CHANGED'
  | 'TEAM_FULL'
  | 'COMPETITION_FULL';

/** How people come into a team, what they answer as its members, and how they leave it. */
@Injectable()
export class MembershipsService {
  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'requireVerifiedEmail'>,
    private readonly acts: TeamActs,
    private readonly teams: TeamsRepository,
    private readonly answers: AnswerChecker,
    private readonly questions: QuestionsRepository,
  ) {}

  /** The person who creates a team is its captain and its first member. */
  async create(competitionId: string, body: CreateTeam, caller: Caller): Promise<IdempotentResponse> {
    // Before the transaction: it would wait for a second connection while it holds one.
    const check = await this.answers.check(competitionId, body, 'MEMBER');
    return this.acts.run('TEAM_CREATE', { id: competitionId }, body, caller, async (tx) => {
      await ensureForTeams(tx, competitionId, caller.principal);
      await ensureNoOlderServers(tx);
      const id = await insertTeam(tx, competitionId, body.name, caller.principal);
      await this.addMember(tx, { id, competitionId }, check, caller);
      return { status: 201, team: id };
    });
  }

  async join(body: JoinTeam, caller: Caller): Promise<IdempotentResponse> {
    const found = await this.teams.preview(body.code, caller.principal.userId);
    const check = found && (await this.answers.check(found.competition.id, body, 'MEMBER'));
    return this.acts.run('TEAM_JOIN', {}, body, caller, async (tx) => {
      // Not before: a late copy of a request that has joined gets its response, whatever the code is now.
      if (found === null) throw new DomainError('TEAM_NOT_FOUND');
      const { id } = found;
      // Before the lock: "full" is read, not fought for.
      await ensurePlace(tx, id, caller.principal);
      const team = await lockTeam(tx, id, caller.arrival);
      await ensureCode(tx, id, body.code);
      await this.addMember(tx, team, check, caller);
      return { status: 200, team: id };
    });
  }

  /** The answers of a member. Those of the team belong to its registration. */
  async answer(id: string, body: AnswerAsMember, caller: Caller): Promise<IdempotentResponse> {
    const { userId } = caller.principal;
    const team = await this.teams.read(id);
    const check =
      team && (await this.answers.checkVersion(team.competitionId, body.questionsVersion, body.answers, 'MEMBER'));
    return this.acts.change('TEAM_ANSWER', id, body, caller, async (tx, { competitionId, isLocked }) => {
      if (check === null) throw new DomainError('TEAM_NOT_FOUND');
      if (isLocked) throw new DomainError('TEAMS_LOCKED');
      const memberId = await livingMember(tx, id, userId);
      if (memberId === null) throw new DomainError('TEAM_NOT_FOUND');
      const current = await this.questions.currentIn(tx, competitionId);
      await storeMemberAnswers(tx, { memberId, competitionId, userId, check, current });
    });
  }

  /** By the member, or by the captain until the teams are fixed. Ending it again changes nothing. */
  end(id: string, userId: string, caller: Caller): Promise<IdempotentResponse> {
    const { principal } = caller;
    return this.acts.end('TEAM_LEAVE', id, { userId }, caller, async (tx) => {
      const body = { status: 'LEFT' };
      const wasMember = await everMember(tx, id, principal.userId);
      if (!wasMember) throw new DomainError('TEAM_NOT_FOUND');
      const isOwn = principal.userId === userId;
      if (isOwn && (await livingMember(tx, id, userId)) === null) return { status: 200, body };
      const team = await lockTeam(tx, id, caller.arrival);
      if (!isOwn) {
        ensureCaptain(team, principal);
        if (team.isLocked) throw new DomainError('TEAMS_LOCKED');
      }
      const memberId = await livingMember(tx, id, userId);
      if (memberId === null && !isOwn && !(await everMember(tx, id, userId))) throw new DomainError('NOT_A_MEMBER');
      if (memberId !== null)
        await tx.$executeRaw`
          SELECT leave_team_v1(${memberId}::uuid, ${isOwn ? 'LEFT' : 'REMOVED'}, ${principal.userId}::uuid)`;
      return { status: 200, body };
    });
  }

  private async addMember(
    tx: Tx,
    { id, competitionId }: Pick<LockedTeam, 'id' | 'competitionId'>,
    check: AnswerCheck | null,
    { principal, arrival }: Caller,
  ): Promise<void> {
    const { version = null, json = null } = check?.checked ?? {};
    // After the lock: the time that the request has waited for it counts as waited.
    const waitedMs = performance.now() - arrival.earliest;
    const [{ result }] = await tx.$queryRaw<[{ result: JoinResult }]>`
      SELECT join_team_v2(${id}::uuid, ${principal.userId}::uuid, ${waitedMs}::float8, ${version}::integer,
                          ${json}::jsonb, ${this.env.requireVerifiedEmail}::boolean) AS result`;
    if (result === 'JOINED' || result === 'ALREADY_MEMBER') return;
    if (result === 'ANSWERS_INVALID')
      throw new DomainError('VALIDATION_FAILED', problemsAsOptions(check?.problems ?? []));
    if (result === 'QUESTIONS_CHANGED') throw new DomainError(result, await this.answers.questionsNow(competitionId));
    throw new DomainError(result);
  }
}
