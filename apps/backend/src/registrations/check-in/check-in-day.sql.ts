import { IS_SEATED, IS_WAITLISTED } from '../../registry/registration-statuses.js';
import { doorStatus, TEAM_NAME } from '../tickets/people.sql.js';

const LIST_LENGTH = 50;

/**
 * A scan `c` that somebody came in with whose seat was released because nobody knew of it: as a no-show, the registration `r`
 * or the place in its team, or with a team that was too small.
 */
const IS_AFTER_RELEASE = `(c.result = 'WELCOME' AND (
  r.status = 'CANCELLED' AND r.end_reason IN ('NO_SHOW', 'TEAM_TOO_SMALL') OR (r.team_id, c.user_id) IN (
    SELECT m.team_id, m.user_id FROM teams t JOIN team_members m ON m.team_id = t.id
    WHERE t.competition_id = $1 AND m.left_how = 'NO_SHOW' AND NOT EXISTS (
      SELECT FROM team_members again WHERE again.team_id = m.team_id AND again.user_id = m.user_id AND again.left_at IS NULL
    )
  )))`;
const IS_PROBLEM = `c.result IN ('ALREADY_IN', 'ENDED', 'NOT_DECIDED', 'INVALID_TICKET')`;
const IS_SHOWN = `c.result NOT IN ('TO_DECIDE', 'DISCARDED')`;

const DOOR = (door: string) => `jsonb_build_object(
  'id', ${door}.id, 'name', ${door}.name, 'syncedAt', iso_instant(${door}.synced_at), 'remaining', ${door}.remaining,
  'in', (SELECT count(*) FROM check_ins e
         WHERE e.competition_id = ${door}.competition_id AND e.door_id = ${door}.id AND e.result = 'WELCOME'))`;

/** `CheckInNumbers` of the competition `$1`. */
export const NUMBERS = `
  SELECT jsonb_build_object(
    'in', (SELECT count(*) FROM check_ins WHERE competition_id = $1 AND result = 'WELCOME'),
    'expected', (SELECT count(*) FROM (
                   SELECT p.registration_id, p.user_id FROM registration_people p
                   JOIN registrations r ON r.id = p.registration_id
                   WHERE p.competition_id = $1 AND r.status ${IS_SEATED}
                   UNION
                   SELECT registration_id, user_id FROM check_ins WHERE competition_id = $1 AND result = 'WELCOME'
                 ) seated_or_in),
    'perMinute', (
      SELECT jsonb_agg(coalesce(e.n, 0) ORDER BY m.minute)
      FROM generate_series(date_trunc('minute', now()) - interval '59 minutes', date_trunc('minute', now()),
                           interval '1 minute') AS m (minute)
      LEFT JOIN (
        SELECT date_trunc('minute', at) AS minute, count(*) AS n FROM check_ins
        WHERE competition_id = $1 AND result = 'WELCOME' AND at >= date_trunc('minute', now()) - interval '59 minutes'
        GROUP BY 1
      ) e ON e.minute = m.minute
    ),
    'doors', (SELECT coalesce(jsonb_agg(${DOOR('d')} ORDER BY d.opened_at, d.id), '[]') FROM check_in_doors d
              WHERE d.competition_id = $1),
    'problems', (SELECT count(*) FROM check_ins c WHERE c.competition_id = $1 AND ${IS_PROBLEM})
              + (SELECT count(DISTINCT (scanner_id, door_id)) FROM check_ins c
                 WHERE c.competition_id = $1 AND c.result = 'TO_DECIDE')
              + (SELECT count(*) FROM check_ins c JOIN registrations r ON r.id = c.registration_id
                 WHERE c.competition_id = $1 AND ${IS_AFTER_RELEASE}),
    'serverTime', iso_instant(clock_timestamp())
  ) AS numbers`;

/** `RecordedScan`s, the latest first. */
const scans = (condition: string) => `
  SELECT coalesce(jsonb_agg(scan ORDER BY received_at DESC, at DESC, id), '[]') FROM (
    SELECT c.received_at, c.at, c.id, jsonb_build_object(
      'id', c.id, 'result', c.result, 'at', iso_instant(c.at), 'receivedAt', iso_instant(c.received_at),
      'door', coalesce(d.name, ''),
      'scanner', jsonb_build_object('id', c.scanner_id, 'name', nullif(s.name, '')),
      'person', CASE WHEN c.result <> 'INVALID_TICKET' AND u.erased_at IS NULL THEN jsonb_build_object(
        'registrationId', c.registration_id, 'userId', c.user_id, 'name', u.name, 'team', ${TEAM_NAME},
        'status', CASE ${doorStatus('c.user_id')}
          WHEN 'S' THEN 'SEATED' WHEN 'H' THEN 'HELD' WHEN 'W' THEN 'WAITLISTED' WHEN 'A' THEN 'APPLIED' ELSE 'ENDED' END
      ) END,
      'note', CASE WHEN ${IS_AFTER_RELEASE} THEN 'ENTRY_AFTER_RELEASE' END,
      'entry', CASE WHEN c.result = 'ALREADY_IN' THEN (
        SELECT jsonb_build_object('at', iso_instant(e.at), 'door', coalesce(f.name, ''))
        FROM check_ins e LEFT JOIN check_in_doors f ON f.competition_id = e.competition_id AND f.id = e.door_id
        WHERE e.registration_id = c.registration_id AND e.user_id = c.user_id AND e.result = 'WELCOME'
      ) END
    ) AS scan
    FROM check_ins c
    JOIN registrations r ON r.id = c.registration_id
    JOIN users u ON u.id = c.user_id
    LEFT JOIN users s ON s.id = c.scanner_id
    LEFT JOIN check_in_doors d ON d.competition_id = c.competition_id AND d.id = c.door_id
    WHERE c.competition_id = $1 AND ${condition}
    ORDER BY c.received_at DESC, c.at DESC, c.id
    LIMIT ${LIST_LENGTH}
  ) latest`;

/** `CheckInDay` without its numbers. */
export const DAY = `
  SELECT (${scans(IS_SHOWN)}) AS latest,
         (${scans(`(${IS_PROBLEM} OR ${IS_AFTER_RELEASE})`)}) AS problems,
         (SELECT coalesce(jsonb_agg(waiting ORDER BY first_at), '[]') FROM (
            SELECT min(c.at) AS first_at, jsonb_build_object(
              'scanner', jsonb_build_object('id', c.scanner_id, 'name', nullif(max(s.name), '')),
              'door', coalesce(max(d.name), ''), 'doorId', c.door_id, 'count', count(*),
              'firstAt', iso_instant(min(c.at)), 'lastAt', iso_instant(max(c.at))
            ) AS waiting
            FROM check_ins c
            LEFT JOIN users s ON s.id = c.scanner_id
            LEFT JOIN check_in_doors d ON d.competition_id = c.competition_id AND d.id = c.door_id
            WHERE c.competition_id = $1 AND c.result = 'TO_DECIDE'
            GROUP BY c.scanner_id, c.door_id
          ) w) AS "toDecide"`;

/** People `p` with a seat who have not come in. */
const ABSENT_PEOPLE = `
  registrations r
  JOIN registration_people p ON p.registration_id = r.id
  WHERE r.competition_id = $1::uuid AND r.status ${IS_SEATED} AND NOT EXISTS (
    SELECT FROM check_ins e WHERE e.registration_id = r.id AND e.user_id = p.user_id AND e.result = 'WELCOME'
  )`;

/** Registrations whose absent people would be released, by id, and how many of them are absent. */
export const ABSENT = `SELECT r.id, count(*)::int AS people FROM ${ABSENT_PEOPLE} GROUP BY r.id ORDER BY r.id`;

/** A door that knows of people who are in, perhaps: it has not been in sync since the start. */
const IS_UNSYNCED = `(d.remaining > 0 OR d.synced_at < c.start_date OR d.synced_at IS NULL)`;

export const UNSYNCED_DOORS = `
  SELECT d.id FROM check_in_doors d JOIN competitions c ON c.id = d.competition_id
  WHERE d.competition_id = $1::uuid AND ${IS_UNSYNCED}`;

const PEOPLE_OF = (registrationId: string) =>
  `(SELECT count(*) FROM registration_people one WHERE one.registration_id = ${registrationId})`;

/** People of competition `c` who get a seat once `seats` are free: in order, and whole teams. */
const PROMOTED = (seats: string) => `(
  SELECT coalesce(sum(${PEOPLE_OF('w.id')}), 0)::int
  FROM (
    SELECT id, sum(seats) OVER (ORDER BY admission) AS seats_up_to FROM registrations
    WHERE competition_id = c.id AND status ${IS_WAITLISTED}
  ) w
  WHERE w.seats_up_to <= ${seats})`;

/** `NoShowPreview`. */
export const PREVIEW = `
  WITH absent AS MATERIALIZED (
    SELECT r.id, r.seats, r.admission, (SELECT name FROM users WHERE id = p.user_id) AS name FROM ${ABSENT_PEOPLE}
  ), registration AS (
    SELECT count(*) AS people, count(*) = ${PEOPLE_OF('id')} AS is_whole, seats FROM absent GROUP BY id, seats
  ), counted AS (
    SELECT coalesce(sum(people), 0)::int AS people,
           coalesce(sum(CASE WHEN is_whole THEN seats WHEN c.seat_unit = 'PERSON' THEN people ELSE 0 END), 0) AS seats
    FROM registration, competitions c
    WHERE c.id = $1::uuid
  )
  SELECT n.people,
         (SELECT coalesce(jsonb_agg(name), '[]') FROM (SELECT name FROM absent ORDER BY admission LIMIT 5) first) AS sample,
         CASE WHEN promotes_until(c) > clock_timestamp() THEN ${PROMOTED('c.seats_left + n.seats')} ELSE 0 END AS promoted,
         iso_instant(c.start_date) AS "startDate",
         coalesce(c.start_date <= clock_timestamp(), false) AS begun,
         (SELECT coalesce(jsonb_agg(${DOOR('d')} ORDER BY d.opened_at, d.id), '[]') FROM check_in_doors d
          WHERE d.competition_id = c.id AND ${IS_UNSYNCED}) AS doors
  FROM competitions c, counted n
  WHERE c.id = $1::uuid`;
