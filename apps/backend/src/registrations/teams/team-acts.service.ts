import { Injectable } from '@nestjs/common';
import { LiveSeats } from '../../competitions/seats/live-seats.service.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { IdempotencyService, type IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { Outbox } from '../../platform/queue/outbox.js';
import type { IdempotentOperation } from '../../registry/idempotent-operations.js';
import type { Caller } from '../admission/registrations.service.js';
import { livingMember } from './team-checks.js';
import { type LockedTeam, lockTeam, withLockedTeam } from './team-lock.js';
import { TeamsRepository } from './teams.repository.js';

interface ActResult {
  readonly status: number;
  readonly body: object | null;
}

/** Runs what members do with a team: once for each key, again if the team was registered meanwhile, and then published. */
@Injectable()
export class TeamActs {
  constructor(
    private readonly prisma: PrismaService,
    private readonly teams: TeamsRepository,
    private readonly idempotency: IdempotencyService,
    private readonly outbox: Outbox,
    private readonly live: LiveSeats,
  ) {}

  /** The response is the team as it is then. */
  async run(
    operation: IdempotentOperation,
    params: { readonly id?: string },
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

  /** Of a member, with the lock of the team. */
  change(
    operation: IdempotentOperation,
    id: string,
    body: object,
    caller: Caller,
    execute: (tx: Tx, team: LockedTeam) => Promise<void>,
  ): Promise<IdempotentResponse> {
    return this.run(operation, { id }, body, caller, async (tx) => {
      if ((await livingMember(tx, id, caller.principal.userId)) === null) throw new DomainError('TEAM_NOT_FOUND');
      await execute(tx, await lockTeam(tx, id, caller.arrival));
      return { status: 200, team: id };
    });
  }

  /** With a response of its own: after it the caller may have no team. */
  async end(
    operation: IdempotentOperation,
    id: string,
    body: object,
    caller: Caller,
    execute: (tx: Tx) => Promise<ActResult>,
  ): Promise<IdempotentResponse> {
    const request = requestOf({ id }, body, caller);
    const response = await withLockedTeam(() => this.idempotency.run(operation, request, execute));
    await this.publish(id);
    return response;
  }

  /** After the commit: seats may have changed, and messages are to be sent. */
  private async publish(id: string): Promise<void> {
    const team = await this.prisma.team.findUnique({ where: { id }, select: { competitionId: true } });
    this.outbox.wake();
    if (team) this.live.changed(team.competitionId);
  }
}

const requestOf = (params: { readonly id?: string }, body: object, { principal, key }: Caller) => ({
  ...principal,
  key,
  fingerprint: fingerprint(params, body),
});
