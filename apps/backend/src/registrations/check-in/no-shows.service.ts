import type { NoShowPreview, ReleaseNoShows } from '@mini-compete/shared/check-ins';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { addPendingAct } from '../../competitions/acts/pending-acts.js';
import { type LockedCompetition, lockAsStaff } from '../../competitions/staff/staff-access.js';
import { writeAudit } from '../../platform/audit/audit.js';
import { ensureNoOlderServers } from '../../platform/database/older-servers.js';
import { POOL } from '../../platform/database/pool.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { IdempotencyService, type IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { ABSENT, PREVIEW, UNSYNCED_DOORS } from './check-in-day.sql.js';
import type { NoShowParams } from './no-show-params.js';

/** Giving the seats of people who have not come to the waitlist. It waits so that it can be undone. */
@Injectable()
export class NoShowsService {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly idempotency: IdempotencyService,
    private readonly outbox: Outbox,
  ) {}

  async preview(competitionId: string): Promise<NoShowPreview> {
    const { rows } = await this.pool.query<NoShowPreview>({
      name: 'no_show_preview',
      text: PREVIEW,
      values: [competitionId],
    });
    return rows[0] as NoShowPreview;
  }

  /** Freezes whom it concerns: people who get one of the seats are not absent. The job judges each of them again. */
  async release(
    competitionId: string,
    { withoutDoors }: ReleaseNoShows,
    actor: Principal,
    key: string | null,
  ): Promise<IdempotentResponse> {
    const request = { ...actor, key, fingerprint: fingerprint({ id: competitionId }, { withoutDoors }) };
    return this.idempotency.run('RELEASE_NO_SHOWS', request, async (tx) => {
      const competition = await lockAsStaff(tx, competitionId, actor, 'manageCheckIn');
      await ensureNoOlderServers(tx);
      await ensureBegun(tx, competition);
      await ensureDoorsNamed(tx, competitionId, withoutDoors);
      const absent = await tx.$queryRawUnsafe<{ id: string; people: number }[]>(ABSENT, competitionId);
      if (absent.length === 0) throw new DomainError('NOBODY_ABSENT');
      const params: NoShowParams = { registrationIds: absent.map(({ id }) => id) };
      const body = await addPendingAct(tx, this.outbox, {
        competitionId,
        kind: 'NO_SHOWS',
        actorId: actor.userId,
        count: absent.reduce((count, { people }) => count + people, 0),
        params,
        job: 'release-no-shows',
        payload: (actId) => ({ actId }),
      });
      const details = { actId: body.id, count: body.count, withoutDoors };
      await writeAudit(tx, { actorId: actor.userId, action: 'no-shows.requested', subjectId: competitionId, details });
      return { status: 202, body };
    });
  }
}

async function ensureBegun(tx: Tx, { startDate }: Pick<LockedCompetition, 'startDate'>): Promise<void> {
  const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
  if (startDate === null || startDate > now) throw new DomainError('NOT_STARTED');
}

/** A door that has not been in sync since the start may know people who are in: a manager names each, or waits for it. */
async function ensureDoorsNamed(tx: Tx, competitionId: string, named: readonly string[]): Promise<void> {
  const unsynced = await tx.$queryRawUnsafe<{ id: string }[]>(UNSYNCED_DOORS, competitionId);
  if (unsynced.some(({ id }) => !named.includes(id))) throw new DomainError('DOORS_NOT_SYNCED');
}
