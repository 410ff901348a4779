import { PERMISSIONS } from '@mini-compete/shared/permissions';
import { HAS_ENDED } from '../../registry/registration-statuses.js';
import { COVER } from '../covers/cover.sql.js';

/** Columns of `CompetitionSummary` for competition `c` and its organizer `o`. The database produces the JSON. */
const SUMMARY_COLUMNS = `
  c.id, c.title, c.tags, c.capacity, c.seats_left AS "seatsLeft", c.waiting, c.reserved,
  competition_status(c, now()) AS status,
  iso_instant(c.reg_opens_at) AS "regOpensAt",
  iso_instant(c.reg_deadline) AS "regDeadline",
  iso_instant(c.start_date) AS "startDate",
  iso_instant(c.end_date) AS "endDate",
  c.location, c.waitlist, c.visibility, c.admission_mode AS "admissionMode",
  c.team_min AS "teamMin", c.team_max AS "teamMax", c.seat_unit AS "seatUnit",
  (SELECT row_to_json(organizer) FROM (SELECT o.id, o.name) organizer) AS organizer,
  ${COVER} AS cover,
  iso_instant(c.created_at) AS "createdAt"`;

const json = (columns: string) => `(SELECT row_to_json(fields) FROM (SELECT ${columns}) fields)`;

export const SUMMARY = json(SUMMARY_COLUMNS);

/** `Competition` without the reader's registration. */
export const DETAIL = json(`${SUMMARY_COLUMNS},
  c.description, c.version,
  iso_instant(c.updated_at) AS "updatedAt",
  iso_instant(c.cancelled_at) AS "cancelledAt",
  iso_instant(c.decisions_by) AS "decisionsBy",
  ceil(c.confirm_within_seconds / 3600.0)::int AS "confirmWithinHours",
  iso_instant(c.promote_until) AS "promoteUntil",
  iso_instant(promotes_until(c)) AS "promotesUntil",
  iso_instant(c.teams_lock_at) AS "teamsLockAt",
  CASE WHEN c.team_max IS NOT NULL THEN iso_instant(teams_lock(c)) END AS "teamsLock",
  iso_instant(clock_timestamp()) AS "serverTime"`);

/**
 * Registrations of each of the days that begin at $4. The condition is a range of the index `registrations_by_day`: this
 * query is repeated while the organizer's list is open, and must not read the older registrations each time.
 */
const RECENT = `
  SELECT array_agg(coalesce(registered.count, 0) ORDER BY day.n)
  FROM generate_series(1, cardinality($4::timestamptz[])) AS day (n)
  LEFT JOIN (
    SELECT width_bucket(r.registered_at, $4::timestamptz[]) AS n, count(*)::int AS count
    FROM registrations r
    WHERE r.competition_id = c.id AND r.registered_at >= ($4::timestamptz[])[1]
    GROUP BY 1
  ) registered USING (n)`;

const READS_REGISTRANTS = `s.role IN ('${PERMISSIONS.readRegistrants.join("', '")}')`;

/** `MyCompetition`, for the staff `s` of the competition. */
export const STAFF_SUMMARY = json(`${SUMMARY_COLUMNS},
  c.version, s.role AS "staffRole",
  c.capacity - c.seats_left - c.reserved AS seated,
  CASE WHEN ${READS_REGISTRANTS}
    THEN (SELECT count(*)::int FROM registrations r WHERE r.competition_id = c.id AND r.status ${HAS_ENDED})
  END AS ended,
  CASE WHEN ${READS_REGISTRANTS} THEN (${RECENT}) END AS recent`);
