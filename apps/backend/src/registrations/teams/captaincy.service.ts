import { Injectable } from '@nestjs/common';
import { isUniqueViolation } from '../../platform/errors/database-errors.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { Outbox } from '../../platform/queue/outbox.js';
import type { Caller } from '../admission/registrations.service.js';
import { TeamActs } from './team-acts.service.js';
import { audit, ensureCaptain, livingMember } from './team-checks.js';
import { newCode } from './team-code.js';
import { lockTeam } from './team-lock.js';
import { nameKeyOf } from './team-name.js';

/** What the captain does with a team. Registering it is in `admission`. */
@Injectable()
export class CaptaincyService {
  constructor(
    private readonly acts: TeamActs,
    private readonly outbox: Outbox,
  ) {}

  async rename(id: string, name: string, caller: Caller): Promise<IdempotentResponse> {
    return this.acts.change('TEAM_RENAME', id, { name }, caller, async (tx, team) => {
      ensureCaptain(team, caller.principal);
      // The unique index decides: another team may take the name at the same moment.
      await tx.team.update({ where: { id }, data: { name, nameKey: nameKeyOf(name) } }).catch((error: unknown) => {
        throw isUniqueViolation(error, 'one_team_of_a_name')
          ? new DomainError('TEAM_NAME_TAKEN', { cause: error })
          : error;
      });
      await audit(tx, 'team.renamed', team, caller.principal, { before: team.name, name });
    });
  }

  /** The old code stops working: for a code that has got about. */
  async renewCode(id: string, caller: Caller): Promise<IdempotentResponse> {
    return this.acts.change('TEAM_CODE', id, {}, caller, async (tx, team) => {
      ensureCaptain(team, caller.principal);
      await tx.team.update({ where: { id }, data: { code: newCode() } });
      await audit(tx, 'team.code', team, caller.principal);
    });
  }

  async passCaptaincy(id: string, userId: string, caller: Caller): Promise<IdempotentResponse> {
    return this.acts.change('TEAM_CAPTAIN', id, { userId }, caller, async (tx, team) => {
      ensureCaptain(team, caller.principal);
      const memberId = await livingMember(tx, id, userId);
      if (memberId === null) throw new DomainError('NOT_A_MEMBER');
      if (team.captainId === userId) return;
      await tx.team.update({ where: { id }, data: { captainId: userId } });
      await this.outbox.add(tx, 'team-captain', { memberId });
      await audit(tx, 'team.captain', team, caller.principal, { userId });
    });
  }

  /** Ends the registration; the team stays, and may be registered again. */
  withdraw(id: string, caller: Caller): Promise<IdempotentResponse> {
    const { principal } = caller;
    return this.acts.end('TEAM_WITHDRAW', id, {}, caller, async (tx) => {
      const team = await lockTeam(tx, id, caller.arrival);
      ensureCaptain(team, principal);
      if (team.registrationId === null) throw new DomainError('NOT_REGISTERED');
      await tx.$executeRaw`
        SELECT end_registrations_v1(ARRAY[${team.registrationId}]::uuid[], 'LEFT', NULL, ${principal.userId}::uuid)`;
      return { status: 200, body: { status: 'CANCELLED' } };
    });
  }
}
