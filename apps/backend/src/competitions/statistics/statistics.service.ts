import type { CompetitionStats } from '@mini-compete/shared/competitions';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { HAS_ENDED, IS_SEATED, IS_WAITLISTED } from '../../registry/registration-statuses.js';
import { seatedIn } from '../catalog/competitions.rules.js';
import { getOwnCompetition } from '../staff/own-competition.js';

/** Shorter timelines have a step per hour, longer ones a step per day. */
const HOURLY_UP_TO = '3 days';
/** Longer timelines lose their beginning. */
const MAX_STEPS = 366;

/** One SELECT per partial index: no index begins with the competition and covers all statuses. */
const REGISTRATIONS = [IS_SEATED, IS_WAITLISTED, HAS_ENDED]
  .map(
    (status) => `
    SELECT registered_at, promoted_at, ended_at, end_reason FROM registrations
    WHERE competition_id = $1 AND status ${status}`,
  )
  .join(' UNION ALL ');

const TEXT = `
WITH registration AS MATERIALIZED (${REGISTRATIONS}), total AS (
  SELECT count(*) FILTER (WHERE end_reason = 'LEFT')::int AS "left",
         count(*) FILTER (WHERE end_reason = 'REMOVED')::int AS removed,
         count(promoted_at)::int AS promoted,
         min(registered_at) AS first,
         max(greatest(registered_at, ended_at)) AS last,
         CASE WHEN max(greatest(registered_at, ended_at)) - min(registered_at) <= interval '${HOURLY_UP_TO}'
              THEN 'hour' ELSE 'day' END AS step
  FROM registration
), steps AS (
  SELECT at
  FROM total, generate_series(
    greatest(date_trunc(step, first, 'UTC'), date_trunc(step, last, 'UTC') - ${MAX_STEPS - 1} * ('1 ' || step)::interval),
    last, ('1 ' || step)::interval, 'UTC'
  ) AS at
), registered AS (
  SELECT date_trunc(step, registered_at, 'UTC') AS at, count(*)::int AS n FROM registration, total GROUP BY 1
), ended AS (
  SELECT date_trunc(step, ended_at, 'UTC') AS at, count(*)::int AS n FROM registration, total WHERE ended_at IS NOT NULL GROUP BY 1
)
SELECT "left", removed, promoted, step, coalesce((
  SELECT json_agg(json_build_object(
           'at', iso_instant(s.at), 'registered', coalesce(r.n, 0), 'ended', coalesce(e.n, 0)) ORDER BY s.at)
  FROM steps s LEFT JOIN registered r USING (at) LEFT JOIN ended e USING (at)
), '[]') AS timeline
FROM total`;

type Counts = Pick<CompetitionStats, 'left' | 'removed' | 'promoted' | 'step' | 'timeline'>;

@Injectable()
export class StatisticsService {
  constructor(
    private readonly prisma: PrismaService,
    @Inject(POOL) private readonly pool: pg.Pool,
  ) {}

  async get(competitionId: string, organizer: Principal): Promise<CompetitionStats> {
    const competition = await getOwnCompetition(this.prisma, competitionId, organizer);
    const { rows } = await this.pool.query<Counts>({ name: 'stats', text: TEXT, values: [competitionId] });
    const { capacity, waiting } = competition;
    const seated = seatedIn(competition);
    return { capacity, seated, waiting, ...(rows[0] as Counts), fill: seated / capacity };
  }
}
