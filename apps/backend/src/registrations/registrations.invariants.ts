import type { Invariant } from '../registry/invariant.js';
import { HOLDS_SEAT, IS_ACTIVE, IS_WAITLISTED, oneOf } from '../registry/registration-statuses.js';
import { MESSAGE_JOBS } from './messages/message.rules.js';
import { EXCEPT_PENDING, SAYS_STATUS, STATUS_JOBS } from './messages/status-messages.sql.js';

const CHECKED = 'SELECT * FROM competitions WHERE $1::uuid[] IS NULL OR id = ANY ($1)';

/** Counted from the registrations: the counters in `competitions` are what is checked. */
const COUNTED = `
  SELECT c.*, coalesce(n.held, 0) AS held, coalesce(n.waitlisted, 0) AS waitlisted,
         coalesce(n.waitlisted_extra, 0) AS waitlisted_extra, coalesce(i.invited, 0) AS invited
  FROM (${CHECKED}) c
  LEFT JOIN (
    SELECT competition_id,
           coalesce(sum(seats) FILTER (WHERE status ${HOLDS_SEAT}), 0) AS held,
           count(*) FILTER (WHERE status ${IS_WAITLISTED}) AS waitlisted,
           coalesce(sum(seats - 1) FILTER (WHERE status ${IS_WAITLISTED}), 0) AS waitlisted_extra
    FROM registrations
    WHERE status ${IS_ACTIVE} AND ($1::uuid[] IS NULL OR competition_id = ANY ($1))
    GROUP BY competition_id
  ) n ON n.competition_id = c.id
  LEFT JOIN (
    SELECT competition_id, count(*) AS invited FROM invitations
    WHERE ended_at IS NULL AND ($1::uuid[] IS NULL OR competition_id = ANY ($1))
    GROUP BY competition_id
  ) i ON i.competition_id = c.id`;

/** A promotion or an expiry is due and not finished: seats are free that belong to somebody. */
const NOTHING_IS_DUE = '(c.next_due_at IS NULL AND (c.next_expiry_at IS NULL OR c.next_expiry_at > clock_timestamp()))';

/** Also those who have left a team since then. */
const EVER_IN = `
  SELECT id AS registration_id, user_id FROM registrations WHERE user_id IS NOT NULL
  UNION ALL
  SELECT t.id, m.user_id FROM registrations t JOIN team_members m ON m.team_id = t.team_id`;

export const REGISTRATION_INVARIANTS: readonly Invariant[] = [
  {
    id: 'I1',
    rule: 'the registration of every stored 201 response exists, and in a team its user was a member',
    sql: `
      SELECT k.user_id, k.key FROM idempotency_records k
      WHERE k.operation = 'REGISTER' AND NOT EXISTS (
        SELECT FROM registrations r
        WHERE r.id = (k.body::jsonb->>'registrationId')::uuid AND CASE
          WHEN r.team_id IS NULL THEN r.user_id = k.user_id
          -- The captain; who that is now may have changed.
          ELSE EXISTS (SELECT FROM team_members m WHERE m.team_id = r.team_id AND m.user_id = k.user_id)
        END)`,
  },
  {
    id: 'I2',
    rule: 'held and reserved seats do not exceed the capacity',
    watchedAs: 'never-oversold',
    sql: `SELECT id AS competition_id, capacity, held, invited FROM (${COUNTED}) c WHERE held + invited > capacity`,
  },
  {
    id: 'I3',
    rule: 'the counters of seats and of the waitlist agree with the registrations and the open invitations',
    watchedAs: 'never-oversold',
    sql: `
      SELECT id AS competition_id, capacity, seats_left, held, reserved, invited, waiting, waitlisted, waiting_extra_seats,
             waitlisted_extra
      FROM (${COUNTED}) c
      WHERE seats_left <> capacity - held - invited OR seats_left < 0 OR waiting <> waitlisted OR reserved <> invited
        OR waiting_extra_seats <> waitlisted_extra`,
  },
  {
    id: 'I3',
    rule: 'no hold, invitation or lock of teams passes unnoticed, and no last pass',
    watchedAs: 'no-seat-idle',
    sql: `
      SELECT c.id AS competition_id, c.next_expiry_at FROM (${CHECKED}) c
      CROSS JOIN LATERAL (
        SELECT least(
          (SELECT min(held_until) FROM registrations WHERE competition_id = c.id AND status = 'HELD'),
          (SELECT min(expires_at) FROM invitations WHERE competition_id = c.id AND ended_at IS NULL),
          CASE WHEN c.team_max IS NOT NULL AND c.teams_locked_at IS NULL THEN teams_lock(c::competitions) END,
          CASE WHEN c.team_max IS NOT NULL AND c.last_pass_at IS NULL THEN promotes_until(c::competitions) END) AS expires_at
      ) first
      WHERE c.cancelled_at IS NULL AND c.deleted_at IS NULL AND first.expires_at IS NOT NULL
        AND (c.next_expiry_at IS NULL OR c.next_expiry_at > first.expires_at + interval '3 seconds')`,
  },
  {
    id: 'I4',
    rule: 'a person has at most one active registration per competition, alone or in a team',
    watchedAs: 'nobody-twice',
    sql: `
      SELECT user_id, competition_id, count(*) AS times FROM (
        SELECT user_id, competition_id FROM registrations
        WHERE status ${IS_ACTIVE} AND user_id IS NOT NULL AND ($1::uuid[] IS NULL OR competition_id = ANY ($1))
        UNION ALL
        SELECT user_id, competition_id FROM team_members
        WHERE left_at IS NULL AND ($1::uuid[] IS NULL OR competition_id = ANY ($1))
      ) active
      GROUP BY user_id, competition_id HAVING count(*) > 1`,
  },
  {
    id: 'I14',
    rule: 'no seat is free that the first on the waitlist could take while people are promoted, unless something is due',
    watchedAs: 'no-seat-idle',
    sql: `
      SELECT c.id AS competition_id, c.seats_left FROM (${CHECKED}) c
      WHERE c.seats_left > 0 AND c.cancelled_at IS NULL AND c.deleted_at IS NULL
        AND promotes_until(c::competitions) > clock_timestamp() AND ${NOTHING_IS_DUE}
        AND c.seats_left >= (
          SELECT r.seats FROM registrations r
          WHERE r.competition_id = c.id AND r.status ${IS_WAITLISTED} ORDER BY r.admission LIMIT 1
        )`,
  },
  {
    id: 'I14',
    rule: 'a promotion is due only while it can promote somebody, and is not left unfinished for ten minutes',
    watchedAs: 'no-seat-idle',
    sql: `
      SELECT c.id AS competition_id, c.seats_left, c.waiting, c.next_due_at FROM (${CHECKED}) c
      WHERE c.cancelled_at IS NULL AND c.next_due_at IS NOT NULL
        AND (c.seats_left = 0 OR c.waiting = 0 OR c.next_due_at < clock_timestamp() - interval '10 minutes')`,
  },
  {
    id: 'I14',
    rule: 'nobody got a seat who came after somebody on the waitlist, except for those who get a free seat soon',
    watchedAs: 'no-seat-idle',
    sql: `
      SELECT c.id AS competition_id, first.registration_id, first.admission FROM (${CHECKED}) c
      CROSS JOIN LATERAL (
        SELECT * FROM (
          SELECT registration_id, admission, reinstated_at, sum(seats) OVER (ORDER BY admission) AS seats_up_to FROM (
            -- Each takes a seat, so the first of those that get none is among them.
            SELECT w.id AS registration_id, w.admission, w.reinstated_at, w.seats FROM registrations w
            WHERE w.competition_id = c.id AND w.status ${IS_WAITLISTED}
            ORDER BY w.admission LIMIT greatest(c.seats_left, 0) + 1
          ) longest_waiting
        ) in_order
        WHERE seats_up_to > c.seats_left
        ORDER BY admission LIMIT 1
      ) first
      -- The last pass of teams goes past those that do not fit.
      WHERE c.cancelled_at IS NULL AND c.last_pass_at IS NULL AND EXISTS (
        SELECT FROM registrations r
        WHERE r.competition_id = c.id AND r.status ${HOLDS_SEAT} AND r.admission > first.admission
          -- An invitation has reserved its seat before.
          AND NOT EXISTS (SELECT FROM invitations i WHERE i.registration_id = r.id)
          -- A reinstated person has an old number, and takes nobody's seat.
          AND (first.reinstated_at IS NULL
            OR greatest(r.registered_at, r.promoted_at, r.reinstated_at) > first.reinstated_at)
      )`,
  },
  {
    id: 'I7',
    rule: 'every active registration has its confirmation, in the mailbox or in the outbox, unless the account was erased',
    watchedAs: 'everybody-told',
    // Set operations and not joins: the planner expects that nobody is without a message, and while thousands of messages
    // wait in the outbox it would read the outbox once for each of them.
    sql: `
      WITH without AS (
        SELECT r.id, c.cancelled_at IS NOT NULL OR r.held_until <= now() AS may_be_outdated
        FROM registrations r JOIN competitions c ON c.id = r.competition_id
        WHERE r.status ${IS_ACTIVE} AND r.team_id IS NULL AND c.messages_removed_at IS NULL
          AND ($1::uuid[] IS NULL OR r.competition_id = ANY ($1)) AND NOT EXISTS (
            SELECT FROM mailbox_messages m
            WHERE m.user_id = r.user_id AND m.about_id = r.id AND ${SAYS_STATUS}
              AND (r.reinstated_at IS NULL OR m.kind = 'NOT_PROMOTED' OR m.occurrence = iso_instant(r.reinstated_at))
          ) AND NOT EXISTS (SELECT FROM users u WHERE u.id = r.user_id AND u.erased_at IS NOT NULL)
      )
      SELECT r.competition_id, r.id AS registration_id, r.status, r.registered_at
      FROM (
        SELECT id FROM without
        ${EXCEPT_PENDING('registrationId', STATUS_JOBS)}
        EXCEPT (
          SELECT id FROM without WHERE may_be_outdated
          INTERSECT SELECT (payload->>'registrationId')::uuid FROM outbox WHERE outdated AND job ${oneOf(STATUS_JOBS)}
        )
      ) untold JOIN registrations r ON r.id = untold.id`,
  },
  {
    id: 'I7',
    rule: 'a registration whose person has a confirmation is confirmed',
    sql: `
      SELECT r.id FROM registrations r
      JOIN mailbox_messages m ON m.user_id = r.user_id AND m.about_id = r.id AND m.kind IN ('CONFIRMED', 'PROMOTED')
      WHERE r.status = 'PENDING' AND m.occurrence = coalesce(iso_instant(r.reinstated_at), '')`,
  },
  {
    id: 'I8',
    rule: 'a settled job about a registration has written its message, unless it was outdated',
    sql: `
      SELECT o.id FROM outbox o
      WHERE o.settled_at IS NOT NULL AND NOT o.outdated AND o.job = ANY ('{${MESSAGE_JOBS}}')
        AND NOT EXISTS (SELECT FROM failed_jobs f WHERE f.outbox_id = o.id)
        AND NOT EXISTS (
          SELECT FROM registrations r
          JOIN (${EVER_IN}) p ON p.registration_id = r.id
          JOIN mailbox_messages m ON m.user_id = p.user_id AND m.about_id = r.id
          WHERE r.id = (o.payload->>'registrationId')::uuid AND m.kind = ANY (
            CASE o.job
              WHEN 'confirmation' THEN ARRAY['CONFIRMED', 'PROMOTED']
              ELSE ARRAY[replace(upper(o.job), '-', '_')]
            END::"MessageKind"[])
        ) AND NOT EXISTS (
          SELECT FROM registrations r JOIN competitions c ON c.id = r.competition_id
          WHERE r.id = (o.payload->>'registrationId')::uuid AND c.messages_removed_at IS NOT NULL)`,
  },
  {
    id: 'I8',
    rule: 'a settled "hold-ending" job has written its message, unless it was outdated',
    sql: `
      SELECT o.id FROM outbox o
      JOIN registrations r ON r.id = (o.payload->>'registrationId')::uuid
      JOIN competitions c ON c.id = r.competition_id
      WHERE o.job = 'hold-ending' AND o.settled_at IS NOT NULL AND NOT o.outdated AND c.messages_removed_at IS NULL
        AND NOT EXISTS (SELECT FROM failed_jobs f WHERE f.outbox_id = o.id)
        AND NOT EXISTS (
          SELECT FROM (${EVER_IN}) p JOIN mailbox_messages m ON m.user_id = p.user_id
          WHERE p.registration_id = r.id AND m.kind = 'HOLD_ENDING' AND m.about_id = r.id
            AND m.occurrence = concat_ws(' ', o.payload->>'heldUntil', o.payload->>'lead'))`,
  },
  {
    id: 'I8',
    rule: 'a settled "cancelled" job has ended the registrations of its competition',
    sql: `
      SELECT o.id FROM outbox o
      JOIN competitions c ON c.id = (o.payload->>'competitionId')::uuid
      WHERE o.job = 'cancelled' AND o.settled_at IS NOT NULL
        AND NOT o.outdated AND c.cancelled_at IS NOT NULL AND c.registrations_ended_at IS NULL
        AND NOT EXISTS (SELECT FROM failed_jobs f WHERE f.outbox_id = o.id)`,
  },
  {
    id: 'I21',
    rule: 'the entry of a ticket is the earliest of its scans that count, and the only one',
    sql: `
      WITH scan AS (
        SELECT i.*, i.kind = 'CHECK_IN' AND i.judged = 'SEATED' AND i.accepted IS TRUE AND NOT EXISTS (
                 SELECT FROM check_ins u
                 WHERE u.registration_id = i.registration_id AND u.user_id = i.user_id AND u.kind = 'UNDO' AND u.accepted
                   AND (u.at, u.id) > (i.at, i.id)
               ) AS counts
        FROM check_ins i
      )
      SELECT registration_id, user_id FROM scan
      GROUP BY registration_id, user_id
      HAVING array_agg(id ORDER BY id) FILTER (WHERE result = 'WELCOME')
        IS DISTINCT FROM (array_agg(id ORDER BY at, id) FILTER (WHERE counts))[1:1]`,
  },
  {
    id: 'UN-02',
    rule: 'a pending act that was claimed runs to its end, and one whose job is settled was done or undone',
    sql: `
      SELECT a.id, a.kind FROM pending_acts a
      JOIN outbox o ON o.id = a.outbox_id
      JOIN competitions c ON c.id = a.competition_id
      WHERE o.settled_at IS NOT NULL AND a.done_at IS NULL AND a.undone_at IS NULL
        AND NOT (a.kind = 'CANCELLATION' AND c.registrations_ended_at IS NOT NULL)
        AND NOT EXISTS (SELECT FROM failed_jobs f WHERE f.outbox_id = o.id)`,
  },
];
