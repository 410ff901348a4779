import type { StaffRole } from '@mini-compete/shared/permissions';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { DataLoader } from '../../platform/concurrency/data-loader.js';
import { POOL } from '../../platform/database/pool.js';
import { ROLE } from './staff-access.js';

/** LIMIT 1 in lateral joins: index lookups per person, whatever the planner assumes about the number of rows. */
const TEXT = `
SELECT n::int, ${ROLE}
FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS m (user_id, competition_id, n)
CROSS JOIN LATERAL (SELECT role FROM users WHERE id = m.user_id LIMIT 1) u
LEFT JOIN LATERAL (
  SELECT role FROM competition_staff WHERE competition_id = m.competition_id AND user_id = m.user_id LIMIT 1
) s ON true
WHERE u.role = 'ADMIN' OR s.role IS NOT NULL`;

const BATCH_SIZE = 500;

/** Roles of people, each on one competition. Concurrent reads share a statement. */
@Injectable()
export class StaffRoles {
  private readonly reads = new DataLoader<StaffRole>((keys) => this.query(keys), BATCH_SIZE);

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** Null for people who are not on the staff. */
  find(userId: string, competitionId: string): Promise<StaffRole | null> {
    return this.reads.get(`${userId} ${competitionId}`);
  }

  private async query(keys: string[]): Promise<ReadonlyMap<string, StaffRole>> {
    const pairs = keys.map((key) => key.split(' ') as [string, string]);
    const { rows } = await this.pool.query<{ n: number; role: StaffRole }>({
      name: 'staff_roles',
      text: TEXT,
      values: [pairs.map(([userId]) => userId), pairs.map(([, competitionId]) => competitionId)],
    });
    return new Map(rows.map(({ n, role }) => [keys[n - 1] as string, role]));
  }
}
