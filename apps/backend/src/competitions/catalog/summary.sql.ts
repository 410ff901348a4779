/**
 * `CompetitionSummary`, of competition `c` and its organizer `o`. Made into JSON where the row is: the text goes out as
 * it is, without being taken apart and put together again on the way.
 */
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

const json = (columns: string) => `(SELECT row_to_json(shown) FROM (SELECT ${columns}) shown)`;

export const SUMMARY = json(SUMMARY_COLUMNS);

/** `Competition` but for the reader's own registration. */
export const DETAIL = json(`${SUMMARY_COLUMNS},
  c.description, c.version,
  iso_instant(c.updated_at) AS "updatedAt",
  iso_instant(c.cancelled_at) AS "cancelledAt",
  iso_instant(clock_timestamp()) AS "serverTime"`);

/** Each part has an index that begins with the competition; the whole has none. */
const RECENT = [`IN ('PENDING', 'CONFIRMED')`, `= 'WAITLISTED'`, `= 'CANCELLED'`]
  .map(
    (status) => `
    SELECT r.registered_at FROM registrations r
    WHERE r.competition_id = c.id AND r.status ${status} AND r.registered_at >= current_date - 13`,
  )
  .join(' UNION ALL ');

/** `MyCompetition`: with counts, and the registrations of each of the last 14 days. */
export const MINE = json(`${SUMMARY_COLUMNS},
  c.version,
  c.capacity - c.seats_left AS seated,
  (SELECT count(*)::int FROM registrations r WHERE r.competition_id = c.id AND r.status = 'CANCELLED') AS ended,
  (SELECT array_agg(coalesce(n, 0)::int ORDER BY day)
   FROM generate_series(current_date - 13, current_date, interval '1 day') AS day
   LEFT JOIN (
     SELECT date_trunc('day', registered_at) AS day, count(*) AS n FROM (${RECENT}) recent GROUP BY 1
   ) registered USING (day)) AS recent`);
