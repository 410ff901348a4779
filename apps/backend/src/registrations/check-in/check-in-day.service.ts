import { randomUUID } from 'node:crypto';
import type {
  CheckInDay,
  CheckInNumbers,
  DecidedScans,
  DecideScans,
  UndoCheckIn,
  UndoneCheckIn,
} from '@mini-compete/shared/check-ins';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { lockAsStaff } from '../../competitions/staff/staff-access.js';
import { writeAudit } from '../../platform/audit/audit.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { POOL } from '../../platform/database/pool.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { IdempotencyService, type IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { DAY, NUMBERS } from './check-in-day.sql.js';

/** The organizers' page of the day. */
@Injectable()
export class CheckInDayService {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly idempotency: IdempotencyService,
  ) {}

  async numbers(competitionId: string): Promise<CheckInNumbers> {
    const { rows } = await this.pool.query<{ numbers: CheckInNumbers }>({
      name: 'check_in_numbers',
      text: NUMBERS,
      values: [competitionId],
    });
    return (rows[0] as { numbers: CheckInNumbers }).numbers;
  }

  async read(competitionId: string): Promise<CheckInDay> {
    const { rows } = await this.pool.query<Omit<CheckInDay, 'numbers'>>({
      name: 'check_in_day',
      text: DAY,
      values: [competitionId],
    });
    return { numbers: await this.numbers(competitionId), ...(rows[0] as Omit<CheckInDay, 'numbers'>) };
  }

  /** A scan of its own, so that one of an offline door from before it, which arrives later, does not count either. */
  async undo(
    competitionId: string,
    { registrationId, userId }: UndoCheckIn,
    actor: Principal,
    key: string | null,
  ): Promise<IdempotentResponse> {
    const request = { ...actor, key, fingerprint: fingerprint({ id: competitionId }, { registrationId, userId }) };
    return this.idempotency.run('UNDO_CHECK_IN', request, async (tx) => {
      await lockAsStaff(tx, competitionId, actor, 'manageCheckIn');
      const entry = await tx.checkIn.findFirst({ where: { competitionId, registrationId, userId, result: 'WELCOME' } });
      if (entry === null) throw new DomainError('CHECK_IN_NOT_FOUND');
      await tx.$executeRaw`
        SELECT check_in_v1(
          ${competitionId}::uuid, NULL, ${actor.userId}::uuid, true, clock_timestamp(), ARRAY[${randomUUID()}::uuid],
          ARRAY['UNDO'], ARRAY[${registrationId}::uuid], ARRAY[${userId}::uuid], ARRAY[0::float8],
          ARRAY[NULL::timestamptz], ARRAY[true], ARRAY[true]
        )`;
      const details = { registrationId, userId };
      await writeAudit(tx, { actorId: actor.userId, action: 'check-in.undone', subjectId: competitionId, details });
      return { status: 200, body: { registrationId, userId } satisfies UndoneCheckIn };
    });
  }

  /** Scans that a person has uploaded after their role had ended. */
  async decide(
    competitionId: string,
    { scannerId, doorId, accept }: DecideScans,
    actor: Principal,
    key: string | null,
  ): Promise<IdempotentResponse> {
    const request = { ...actor, key, fingerprint: fingerprint({ id: competitionId }, { scannerId, doorId, accept }) };
    return this.idempotency.run('DECIDE_SCANS', request, async (tx) => {
      await lockAsStaff(tx, competitionId, actor, 'manageCheckIn');
      const atDoor = doorId === undefined ? Prisma.empty : Prisma.sql`AND door_id IS NOT DISTINCT FROM ${doorId}::uuid`;
      const isUndecided = Prisma.sql`
        competition_id = ${competitionId}::uuid AND scanner_id = ${scannerId}::uuid AND accepted IS NULL ${atDoor}`;
      // The registrations before the scans, in the order of their ids, as check_in_v1 locks them.
      const locked = await tx.$queryRaw<{ id: string }[]>`
        SELECT id FROM registrations WHERE id IN (
          SELECT registration_id FROM check_ins WHERE ${isUndecided}
        ) ORDER BY id FOR NO KEY UPDATE`;
      const count = await tx.$executeRaw`
        UPDATE check_ins SET accepted = ${accept}
        WHERE ${isUndecided} AND registration_id = ANY (${locked.map(({ id }) => id)}::uuid[])`;
      await tx.$executeRaw`SELECT order_check_ins_v1(${locked.map(({ id }) => id)}::uuid[])`;
      if (count > 0) {
        const action = accept ? 'check-in.accepted' : 'check-in.discarded';
        const details = { userId: scannerId, count };
        await writeAudit(tx, { actorId: actor.userId, action, subjectId: competitionId, details });
      }
      return { status: 200, body: { count } satisfies DecidedScans };
    });
  }
}
