import { INVARIANT_NAMES, type InvariantBreach, type InvariantReport } from '@mini-compete/shared/invariants';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';

type LastCheck = Omit<InvariantReport, 'invariants'>;

const MAX_SHOWN = 20;
const NEVER_CHECKED: LastCheck = { checkedAt: null, stale: true, completedAt: null, competitions: 0, registrations: 0 };

/** What the worker's checks have found. */
@Injectable()
export class InvariantReports {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  async read(): Promise<InvariantReport> {
    const { rows: checks } = await this.pool.query<LastCheck>(LAST_CHECK);
    const { rows } = await this.pool.query<{ name: string; count: number; breaches: InvariantBreach[] }>(BREACHES);
    const byName = new Map(rows.map((status) => [status.name, status]));
    return {
      ...(checks[0] ?? NEVER_CHECKED),
      invariants: INVARIANT_NAMES.map((name) => ({
        name,
        count: byName.get(name)?.count ?? 0,
        breaches: byName.get(name)?.breaches ?? [],
      })),
    };
  }
}

/** Stale: later than the next check by more than a check of a large database may be late (see PAUSE_FACTOR). */
const LAST_CHECK = `
  SELECT iso_instant(checked_at) AS "checkedAt", iso_instant(completed_at) AS "completedAt", competitions, registrations,
         checked_at + greatest(interval '5 minutes', duration_ms * interval '30 milliseconds') < now() AS stale
  FROM invariant_checks`;

const BREACHES = `
  SELECT invariant AS name, count(*)::int AS count,
         coalesce(jsonb_agg(jsonb_build_object(
           'competition', jsonb_build_object('id', competition_id, 'title', title), 'case', case_id, 'rule', rule,
           'row', row, 'foundAt', iso_instant(found_at)
         ) ORDER BY position) FILTER (WHERE position <= ${MAX_SHOWN}), '[]') AS breaches
  FROM (
    SELECT b.*, c.title, row_number() OVER (PARTITION BY b.invariant ORDER BY b.found_at, b.competition_id, b.about) AS position
    FROM invariant_breaches b JOIN competitions c ON c.id = b.competition_id
  ) numbered
  GROUP BY invariant`;
