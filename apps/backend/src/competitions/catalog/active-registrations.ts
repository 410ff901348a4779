import type { MyActiveRegistration, RegistrationStatus } from '@mini-compete/shared/seats';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { DataLoader } from '../../platform/concurrency/data-loader.js';
import { READ_BUDGET_MS, withTimeLimit } from '../../platform/concurrency/time-limit.js';
import { POOL } from '../../platform/database/pool.js';
import { IS_ACTIVE, IS_WAITLISTED } from '../../registry/registration-statuses.js';
import { WaitlistPositions } from './waitlist-positions.js';

/** An active registration without its position. */
export interface ActiveRegistration extends Omit<MyActiveRegistration, 'position'> {
  /** The order on the waitlist; null when the registration is not on it. */
  readonly admission: number | null;
}

/** LIMIT 1 in a lateral join: one index lookup per person, whatever the planner assumes about the number of rows. */
const TEXT = `
SELECT n::int, r.id AS "registrationId", r.status, iso_instant(r.registered_at) AS "registeredAt",
       CASE WHEN r.status = 'HELD' THEN iso_instant(r.held_until) END AS "heldUntil",
       CASE WHEN r.status ${IS_WAITLISTED} THEN r.admission END::float8 AS admission
FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS m (user_id, competition_id, n)
CROSS JOIN LATERAL (
  SELECT * FROM registrations
  WHERE user_id = m.user_id AND competition_id = m.competition_id AND status ${IS_ACTIVE}
  LIMIT 1
) r`;

const STATUSES = 'SELECT id, status FROM registrations WHERE id = ANY ($1::uuid[])';

const BATCH_SIZE = 500;

/** The active registrations of people, each for one competition. Concurrent reads share a statement. */
@Injectable()
export class ActiveRegistrations {
  private readonly reads = new DataLoader<ActiveRegistration>((keys) => this.query(keys), BATCH_SIZE);

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly positions: WaitlistPositions,
  ) {}

  find(userId: string, competitionId: string): Promise<ActiveRegistration | null> {
    return this.reads.get(`${userId} ${competitionId}`);
  }

  findWithPosition(userId: string, competitionId: string): Promise<MyActiveRegistration | null> {
    return withTimeLimit(this.readWithPosition(userId, competitionId), READ_BUDGET_MS);
  }

  async statuses(registrationIds: readonly string[]): Promise<ReadonlyMap<string, RegistrationStatus>> {
    const query = { name: 'registration_statuses', text: STATUSES, values: [registrationIds] };
    const read = this.pool.query<{ id: string; status: RegistrationStatus }>(query);
    const { rows } = await withTimeLimit(read, READ_BUDGET_MS);
    return new Map(rows.map(({ id, status }) => [id, status]));
  }

  private async readWithPosition(userId: string, competitionId: string): Promise<MyActiveRegistration | null> {
    for (;;) {
      const found = await this.find(userId, competitionId);
      if (found === null) return null;
      const { admission, ...registration } = found;
      if (admission === null) return { ...registration, position: null };
      const position = await this.positions.get(competitionId, admission);
      if (position !== null) return { ...registration, position };
      // Between the two statements the registration was promoted or ended, so it has another status now.
    }
  }

  private async query(keys: string[]): Promise<ReadonlyMap<string, ActiveRegistration>> {
    const pairs = keys.map((key) => key.split(' ') as [string, string]);
    const { rows } = await this.pool.query<ActiveRegistration & { n: number }>({
      name: 'active_registrations',
      text: TEXT,
      values: [pairs.map(([userId]) => userId), pairs.map(([, competitionId]) => competitionId)],
    });
    return new Map(rows.map(({ n, ...registration }) => [keys[n - 1] as string, registration]));
  }
}
