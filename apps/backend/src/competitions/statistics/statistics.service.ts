import type { CompetitionStats } from '@mini-compete/shared/competitions';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { CalendarDays } from '../../platform/time/calendar-days.js';
import { HAS_APPLIED, HAS_ENDED, IS_HELD, IS_SEATED, IS_WAITLISTED } from '../../registry/registration-statuses.js';
import { seatedIn } from '../catalog/competitions.rules.js';

const HOUR_MS = 3_600_000;
/** Shorter timelines have a step per hour, longer ones a step per day. */
const HOURLY_UP_TO_MS = 72 * HOUR_MS;
/** Longer timelines lose their beginning. */
const MAX_DAYS = 366;

/** One SELECT per partial index: no index begins with the competition and covers all statuses. */
const REGISTRATIONS = [IS_SEATED, IS_HELD, IS_WAITLISTED, HAS_APPLIED, HAS_ENDED]
  .map(
    (status) => `
    SELECT status, seats, registered_at, promoted_at, ended_at, end_reason FROM registrations
    WHERE competition_id = $1 AND status ${status}`,
  )
  .join(' UNION ALL ');

const TOTALS = `
SELECT coalesce(sum(seats) FILTER (WHERE status ${IS_SEATED}), 0)::int AS seated,
       coalesce(sum(seats) FILTER (WHERE status ${IS_HELD}), 0)::int AS held,
       count(*) FILTER (WHERE status ${HAS_APPLIED})::int AS applied,
       count(*) FILTER (WHERE end_reason = 'REJECTED')::int AS rejected,
       count(*) FILTER (WHERE end_reason = 'EXPIRED')::int AS expired,
       count(*) FILTER (WHERE end_reason = 'LEFT')::int AS "left",
       count(*) FILTER (WHERE end_reason = 'REMOVED')::int AS removed,
       count(end_reason)::int AS ended,
       count(promoted_at)::int AS promoted,
       json_build_object(
         'seated', count(*) FILTER (WHERE status ${IS_SEATED}),
         'held', count(*) FILTER (WHERE status ${IS_HELD}),
         'waiting', count(*) FILTER (WHERE status ${IS_WAITLISTED}),
         'applied', count(*) FILTER (WHERE status ${HAS_APPLIED}),
         'ended', count(end_reason)
       ) AS registrations,
       min(registered_at) AS first,
       max(greatest(registered_at, ended_at)) AS last
FROM (${REGISTRATIONS}) registration`;

/** Of the steps that begin at $2. Counting reads only indexes, from the first step on. */
const TIMELINE = `
WITH registered AS (
  SELECT width_bucket(registered_at, $2::timestamptz[]) AS n, count(*)::int AS count
  FROM registrations
  WHERE competition_id = $1 AND registered_at >= ($2::timestamptz[])[1]
  GROUP BY 1
), ended AS (
  SELECT width_bucket(ended_at, $2::timestamptz[]) AS n, count(*)::int AS count
  FROM registrations
  WHERE competition_id = $1 AND status ${HAS_ENDED} AND ended_at >= ($2::timestamptz[])[1]
  GROUP BY 1
)
SELECT iso_instant(step.at) AS at, coalesce(registered.count, 0) AS registered, coalesce(ended.count, 0) AS ended
FROM unnest($2::timestamptz[]) WITH ORDINALITY AS step (at, n)
LEFT JOIN registered USING (n) LEFT JOIN ended USING (n)
ORDER BY n`;

type Totals = Required<
  Pick<
    CompetitionStats,
    'seated' | 'held' | 'applied' | 'rejected' | 'expired' | 'left' | 'removed' | 'ended' | 'promoted' | 'registrations'
  >
> & { first: Date | null; last: Date | null };
type Timeline = CompetitionStats['timeline'];

@Injectable()
export class StatisticsService {
  constructor(
    private readonly prisma: PrismaService,
    @Inject(POOL) private readonly pool: pg.Pool,
  ) {}

  async get(competitionId: string, zone: string): Promise<CompetitionStats> {
    const competition = await this.prisma.competition.findUniqueOrThrow({ where: { id: competitionId } });
    const totals = await this.pool.query<Totals>({ name: 'stats', text: TOTALS, values: [competitionId] });
    const { first, last, ...counts } = totals.rows[0] as Totals;
    const { step, begins } = stepsBetween(first, last, zone);
    const timeline = await this.pool.query<Timeline[number]>({
      name: 'stats_timeline',
      text: TIMELINE,
      values: [competitionId, begins],
    });
    const { capacity, waiting } = competition;
    // Also seats to confirm, and those that invitations reserve.
    const fill = seatedIn(competition) / capacity;
    return { capacity, waiting, ...counts, step, timeline: timeline.rows, fill };
  }
}

/** The hours or days of the zone from the first to the last instant. */
function stepsBetween(first: Date | null, last: Date | null, zone: string): { step: 'hour' | 'day'; begins: Date[] } {
  if (first === null || last === null) return { step: 'hour', begins: [] };
  const days = new CalendarDays(zone);
  if (last.getTime() - first.getTime() > HOURLY_UP_TO_MS) {
    const [firstDay, lastDay] = [days.dayOf(first), days.dayOf(last)];
    return { step: 'day', begins: days.beginsUntil(lastDay, Math.min(MAX_DAYS, lastDay - firstDay + 1)) };
  }
  const begin = days.beginOfHour(first).getTime();
  const hours = Math.floor((last.getTime() - begin) / HOUR_MS) + 1;
  return { step: 'hour', begins: Array.from({ length: hours }, (_, hour) => new Date(begin + hour * HOUR_MS)) };
}
