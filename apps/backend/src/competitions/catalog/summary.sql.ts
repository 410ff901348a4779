import { HAS_ENDED, IS_WAITLISTED } from '../../registry/registration-statuses.js';

/** Columns of `CompetitionSummary` for competition `c` and its organizer `o`. The database produces the JSON. */
const SUMMARY_COLUMNS = `
  c.id, c.title, c.tags, c.capacity, c.seats_left AS "seatsLeft", c.waiting,
  competition_status(c, now()) AS status,
  iso_instant(c.reg_opens_at) AS "regOpensAt",
  iso_instant(c.reg_deadline) AS "regDeadline",
  iso_instant(c.start_date) AS "startDate",
  iso_instant(c.end_date) AS "endDate",
  c.location, c.waitlist,
  (SELECT row_to_json(organizer) FROM (SELECT o.id, o.name) organizer) AS organizer,
  iso_instant(c.created_at) AS "createdAt"`;

const json = (columns: string) => `(SELECT row_to_json(fields) FROM (SELECT ${columns}) fields)`;

export const SUMMARY = json(SUMMARY_COLUMNS);

/** `Competition` without the reader's registration. */
export const DETAIL = json(`${SUMMARY_COLUMNS},
  c.description, c.version,
  iso_instant(c.updated_at) AS "updatedAt",
  iso_instant(c.cancelled_at) AS "cancelledAt",
  iso_instant(clock_timestamp()) AS "serverTime"`);

/** Position of registration `r` on the waitlist, from 1. */
export const WAITLIST_POSITION = `
  CASE WHEN r.status ${IS_WAITLISTED} THEN (
    SELECT count(*)::int FROM registrations b
    WHERE b.competition_id = r.competition_id AND b.status ${IS_WAITLISTED} AND b.admission <= r.admission
  ) END`;

/** Days are those of UTC, as in the statistics, whatever time zone the database server is set to. */
const utcDay = (instant: string) => `(${instant} AT TIME ZONE 'UTC')::date`;
const TODAY = utcDay('now()');

/**
 * Registrations of each of the last 14 days. The condition is a range of the index `registrations_by_day`: this query is
 * repeated while the organizer's list is open, and must not read the older registrations each time.
 */
const RECENT = `
  SELECT array_agg(coalesce(n, 0)::int ORDER BY days_ago DESC)
  FROM generate_series(0, 13) AS days_ago
  LEFT JOIN (
    SELECT ${TODAY} - ${utcDay('r.registered_at')} AS days_ago, count(*) AS n
    FROM registrations r
    WHERE r.competition_id = c.id AND r.registered_at >= (${TODAY} - 13)::timestamp AT TIME ZONE 'UTC'
    GROUP BY 1
  ) registered USING (days_ago)`;

/** `MyCompetition`. */
export const ORGANIZER_SUMMARY = json(`${SUMMARY_COLUMNS},
  c.version,
  c.capacity - c.seats_left AS seated,
  (SELECT count(*)::int FROM registrations r WHERE r.competition_id = c.id AND r.status ${HAS_ENDED}) AS ended,
  (${RECENT}) AS recent`);
