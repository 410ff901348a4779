import type { AnswerAsMember, CreateTeam, JoinTeam, Team, TeamPreview, TeamsQuery } from '@mini-compete/shared/teams';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { QuestionsRepository } from '../../competitions/questions/questions.repository.js';
import { LiveSeats } from '../../competitions/seats/live-seats.service.js';
import { writeAudit } from '../../platform/audit/audit.js';
import { ensureNoOlderServers } from '../../platform/database/older-servers.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { isUniqueViolation } from '../../platform/errors/database-errors.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { IdempotencyService, type IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { decodeCursor } from '../../platform/pagination/cursor.js';
import { pageOfRows } from '../../platform/pagination/page.js';
import { Outbox } from '../../platform/queue/outbox.js';
import type { IdempotentOperation } from '../../registry/idempotent-operations.js';
import type { Caller } from '../admission/registrations.service.js';
import { type AnswerCheck, AnswerChecker, problemsAsOptions } from '../questions/answer-checker.js';
import { storeMemberAnswers } from '../questions/member-answers.js';
import { newCode } from './team-code.js';
import { type LockedTeam, lockTeam, withLockedTeam } from './team-lock.js';
import { nameKeyOf } from './team-name.js';
import { TeamsRepository } from './teams.repository.js';

const AfterId = z.strictObject({ id: z.uuid() });

type JoinResult =
  | 'JOINED'
  | 'ALREADY_MEMBER'
  | 'ANSWERS_INVALID'
  | 'TEAM_NOT_FOUND'
  | 'ALREADY_IN_TEAM'
  | 'STAFF_CANNOT_REGISTER'
  | 'COMPETITION_CANCELLED'
  | 'TEAMS_LOCKED'
  | 'QUESTIONS_CHANGED'
  | 'TEAM_FULL'
  | 'COMPETITION_FULL';

/** What the members of a team do with it. The organizers decide about its registration, as about a person's. */
@Injectable()
export class TeamsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly teams: TeamsRepository,
    private readonly answers: AnswerChecker,
    private readonly questions: QuestionsRepository,
    private readonly idempotency: IdempotencyService,
    private readonly outbox: Outbox,
    private readonly live: LiveSeats,
  ) {}

  async readOwn(competitionId: string, { userId }: Principal): Promise<Team> {
    const id = await this.teams.findOwn(userId, competitionId);
    const team = id === null ? null : await this.teams.read(id);
    if (team === null) throw new DomainError('TEAM_NOT_FOUND');
    return team;
  }

  async find(code: string, { userId }: Principal): Promise<TeamPreview> {
    const preview = await this.teams.preview(code, userId);
    if (preview === null) throw new DomainError('TEAM_NOT_FOUND');
    return preview;
  }

  async list(competitionId: string, { search, cursor, limit }: TeamsQuery) {
    const afterId = decodeCursor(AfterId, cursor)?.id ?? null;
    const { rows, total } = await this.teams.list(competitionId, { search: search || null, afterId, limit: limit + 1 });
    return pageOfRows(rows, limit, total);
  }

  /** The person who creates a team is its captain and its first member. */
  async create(competitionId: string, body: CreateTeam, caller: Caller): Promise<IdempotentResponse> {
    // Before the transaction: it would wait for a second connection while it holds one.
    const check = await this.answers.check(competitionId, body, 'MEMBER');
    return this.run('TEAM_CREATE', { id: competitionId }, body, caller, async (tx) => {
      await ensureForTeams(tx, competitionId, caller.principal);
      await ensureNoOlderServers(tx);
      const id = await insertTeam(tx, competitionId, body.name, caller.principal);
      await this.addMember(tx, { id, competitionId }, check, caller);
      return { status: 201, team: id };
    });
  }

  async join(body: JoinTeam, caller: Caller): Promise<IdempotentResponse> {
    const { id, competition } = await this.find(body.code, caller.principal);
    const check = await this.answers.check(competition.id, body, 'MEMBER');
    return this.run('TEAM_JOIN', { id }, body, caller, async (tx) => {
      // Before the lock: "full" is read, not fought for.
      await ensurePlace(tx, id, caller.principal);
      const team = await lockTeam(tx, id);
      await ensureCode(tx, id, body.code);
      await this.addMember(tx, team, check, caller);
      return { status: 200, team: id };
    });
  }

  async rename(id: string, name: string, caller: Caller): Promise<IdempotentResponse> {
    return this.change('TEAM_RENAME', id, { name }, caller, async (tx, team) => {
      ensureCaptain(team, caller.principal);
      // The unique index decides: another team may take the name at the same moment.
      await tx.team.update({ where: { id }, data: { name, nameKey: nameKeyOf(name) } }).catch((error: unknown) => {
        throw isUniqueViolation(error, 'one_team_of_a_name')
          ? new DomainError('TEAM_NAME_TAKEN', { cause: error })
          : error;
      });
      await audit(tx, 'team.renamed', team, caller.principal, { name });
    });
  }

  /** The old code stops working: for a code that has got about. */
  async renewCode(id: string, caller: Caller): Promise<IdempotentResponse> {
    return this.change('TEAM_CODE', id, {}, caller, async (tx, team) => {
      ensureCaptain(team, caller.principal);
      await tx.team.update({ where: { id }, data: { code: newCode() } });
      await audit(tx, 'team.code', team, caller.principal);
    });
  }

  async passCaptaincy(id: string, userId: string, caller: Caller): Promise<IdempotentResponse> {
    return this.change('TEAM_CAPTAIN', id, { userId }, caller, async (tx, team) => {
      ensureCaptain(team, caller.principal);
      const memberId = await livingMember(tx, id, userId);
      if (memberId === null) throw new DomainError('NOT_A_MEMBER');
      if (team.captainId === userId) return;
      await tx.team.update({ where: { id }, data: { captainId: userId } });
      await this.outbox.add(tx, 'team-captain', { memberId });
      await audit(tx, 'team.captain', team, caller.principal, { userId });
    });
  }

  /** The answers of a member. Those of the team belong to its registration. */
  async answer(id: string, body: AnswerAsMember, caller: Caller): Promise<IdempotentResponse> {
    const { userId } = caller.principal;
    const team = await this.teams.read(id);
    if (team === null) throw new DomainError('TEAM_NOT_FOUND');
    const { competitionId } = team;
    const check = await this.answers.checkVersion(competitionId, body.questionsVersion, body.answers, 'MEMBER');
    return this.change('TEAM_ANSWER', id, body, caller, async (tx, { isLocked }) => {
      if (isLocked) throw new DomainError('TEAMS_LOCKED');
      const memberId = await livingMember(tx, id, userId);
      if (memberId === null) throw new DomainError('TEAM_NOT_FOUND');
      const current = await this.questions.currentIn(tx, competitionId);
      await storeMemberAnswers(tx, { memberId, competitionId, userId, check, current });
    });
  }

  /** By the member, or by the captain until the teams are fixed. Ending it again changes nothing. */
  async endMembership(id: string, userId: string, caller: Caller): Promise<IdempotentResponse> {
    const { principal } = caller;
    const request = requestOf({ id }, { userId }, caller);
    const response = await withLockedTeam(() =>
      this.idempotency.run('TEAM_LEAVE', request, async (tx) => {
        const body = { status: 'LEFT' };
        const wasMember = await everMember(tx, id, principal.userId);
        if (!wasMember) throw new DomainError('TEAM_NOT_FOUND');
        const isOwn = principal.userId === userId;
        if (isOwn && (await livingMember(tx, id, userId)) === null) return { status: 200, body };
        const team = await lockTeam(tx, id);
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
      }),
    );
    await this.publish(id);
    return response;
  }

  /** Ends the registration; the team stays, and may be registered again. */
  async withdraw(id: string, caller: Caller): Promise<IdempotentResponse> {
    const { principal } = caller;
    const response = await withLockedTeam(() =>
      this.idempotency.run('TEAM_WITHDRAW', requestOf({ id }, {}, caller), async (tx) => {
        const team = await lockTeam(tx, id);
        ensureCaptain(team, principal);
        if (team.registrationId === null) throw new DomainError('NOT_REGISTERED');
        await tx.$executeRaw`
          SELECT end_registrations_v1(ARRAY[${team.registrationId}]::uuid[], 'LEFT', NULL, ${principal.userId}::uuid)`;
        return { status: 200, body: { status: 'CANCELLED' } };
      }),
    );
    await this.publish(id);
    return response;
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
      SELECT join_team_v1(${id}::uuid, ${principal.userId}::uuid, ${waitedMs}::float8, ${version}::integer,
                          ${json}::jsonb) AS result`;
    if (result === 'JOINED' || result === 'ALREADY_MEMBER') return;
    if (result === 'ANSWERS_INVALID')
      throw new DomainError('VALIDATION_FAILED', problemsAsOptions(check?.problems ?? []));
    if (result === 'QUESTIONS_CHANGED') throw new DomainError(result, await this.answers.questionsNow(competitionId));
    throw new DomainError(result);
  }

  /** An act of a member, who gets the team as it is then. */
  private change(
    operation: IdempotentOperation,
    id: string,
    body: object,
    caller: Caller,
    execute: (tx: Tx, team: LockedTeam) => Promise<void>,
  ): Promise<IdempotentResponse> {
    return this.run(operation, { id }, body, caller, async (tx) => {
      if ((await livingMember(tx, id, caller.principal.userId)) === null) throw new DomainError('TEAM_NOT_FOUND');
      await execute(tx, await lockTeam(tx, id));
      return { status: 200, team: id };
    });
  }

  private async run(
    operation: IdempotentOperation,
    params: { readonly id: string },
    body: object,
    caller: Caller,
    execute: (tx: Tx) => Promise<{ status: number; team: string }>,
  ): Promise<IdempotentResponse> {
    let changed: string | null = null;
    const response = await withLockedTeam(() =>
      this.idempotency.run(operation, requestOf(params, body, caller), async (tx) => {
        const { status, team } = await execute(tx);
        changed = team;
        return { status, body: await this.teams.read(team, tx) };
      }),
    );
    if (changed !== null) await this.publish(changed);
    return response;
  }

  /** After the commit: seats may have changed, and messages are to be sent. */
  private async publish(id: string): Promise<void> {
    const team = await this.prisma.team.findUnique({ where: { id }, select: { competitionId: true } });
    this.outbox.wake();
    if (team) this.live.changed(team.competitionId);
  }
}

const requestOf = (params: { readonly id: string }, body: object, { principal, key }: Caller) => ({
  ...principal,
  key,
  fingerprint: fingerprint(params, body),
});

function ensureCaptain({ captainId }: LockedTeam, { userId }: Principal): void {
  if (captainId !== userId) throw new DomainError('NOT_CAPTAIN');
}

async function ensureForTeams(tx: Tx, id: string, { userId }: Principal): Promise<void> {
  const competition = await tx.competition.findFirst({
    where: {
      id,
      deletedAt: null,
      // Only its staff may know that a draft exists.
      OR: [{ visibility: { not: 'DRAFT' } }, { staff: { some: { userId } } }],
    },
    select: { teamMax: true },
  });
  if (competition === null) throw new DomainError('COMPETITION_NOT_FOUND');
  if (competition.teamMax === null) throw new DomainError('FOR_PERSONS');
}

async function ensurePlace(tx: Tx, id: string, { userId }: Principal): Promise<void> {
  const [team] = await tx.$queryRaw<{ isFull: boolean }[]>`
    SELECT count(*) >= c.team_max AND NOT bool_or(m.user_id = ${userId}::uuid) AS "isFull"
    FROM teams t JOIN competitions c ON c.id = t.competition_id
    JOIN team_members m ON m.team_id = t.id AND m.left_at IS NULL
    WHERE t.id = ${id}::uuid GROUP BY c.id`;
  if (team?.isFull) throw new DomainError('TEAM_FULL');
}

/** The code may have been renewed after the team was found by it. */
async function ensureCode(tx: Tx, id: string, code: string): Promise<void> {
  if ((await tx.team.count({ where: { id, code } })) === 0) throw new DomainError('TEAM_NOT_FOUND');
}

async function insertTeam(tx: Tx, competitionId: string, name: string, captain: Principal): Promise<string> {
  const [team] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO teams (competition_id, name, name_key, code, captain_id)
    VALUES (${competitionId}::uuid, ${name}, ${nameKeyOf(name)}, ${newCode()}, ${captain.userId}::uuid)
    ON CONFLICT (competition_id, name_key) WHERE ended_at IS NULL DO NOTHING
    RETURNING id`;
  if (team === undefined) throw new DomainError('TEAM_NAME_TAKEN');
  await audit(tx, 'team.created', { ...team, competitionId }, captain, { name });
  return team.id;
}

async function livingMember(tx: Tx, teamId: string, userId: string): Promise<string | null> {
  const member = await tx.teamMember.findFirst({ where: { teamId, userId, leftAt: null }, select: { id: true } });
  return member?.id ?? null;
}

const everMember = async (tx: Tx, teamId: string, userId: string): Promise<boolean> =>
  (await tx.teamMember.count({ where: { teamId, userId } })) > 0;

const audit = (
  tx: Tx,
  action: string,
  { id, competitionId }: Pick<LockedTeam, 'id' | 'competitionId'>,
  { userId: actorId }: Principal,
  details: Record<string, unknown> = {},
) => writeAudit(tx, { actorId, action, subjectId: competitionId, details: { teamId: id, ...details } });
