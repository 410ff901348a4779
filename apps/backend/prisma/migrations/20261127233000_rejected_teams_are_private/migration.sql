-- Only the members of a team learn that it was rejected.
-- Registers a batch of people, for one or many competitions, in one round trip: locks, decides, writes and returns one
-- row per request. The arrays are parallel and in the order of arrival. A batch holds a person at most once per
-- competition, and each pair of person and idempotency key at most once.
--
--   p_joins               whether the request accepts a place on the waitlist
--   p_waited_ms           the longest time that the request can have waited in the process before this statement was sent
--   p_waited_sure_ms      the shortest time; the two differ when the event loop was blocked. A request that may have
--                         arrived before the deadline is in time; one that may have arrived after the opening is not
--                         early.
--   p_team_ids            the team that its captain registers: all its seats or none. NULL for a person; the array is NULL
--                         when no request in the batch is for a team.
--   p_seats               not used: a team takes as many seats as it has members under the lock
--   p_questions_versions, p_answers
--                         the version of the questions that the answers were checked against, and the answers as
--                         {"answers": {id: value}, "consents": {id: text}}; NULL: they are not valid. Without a version
--                         the request answers nothing. The arrays are NULL when that is true for the whole batch.
--   p_verified_only       refuses an account whose address must be verified and is not (REQUIRE_VERIFIED_EMAIL)
--   p_patient             true: wait for rows that another transaction has locked (the blocking slot); false: skip them
--                         and return SKIPPED for their requests (the shared slot); null: lock no row, so that nobody who
--                         comes later takes a seat before those who wait for the lock: refuses who can be refused
--                         without it, and returns SKIPPED for the others
--   p_budget_ms           lock_timeout: the longest wait for one lock
--
-- Result (column `verdict`): PENDING (has a seat), WAITLISTED, APPLIED, REPLAY (`body` is the stored response of the same
-- key), SKIPPED (retry in the blocking slot), ANSWERS_INVALID, or the error code of the refusal. BUSY: another transaction has
-- locked the account, and nobody else in the batch waits for it. For TEAM_MEMBER_INELIGIBLE,
-- `body` names the member: {"userId", "name", "reason"}. COMPETITION_FULL is decided without a lock, also while a promotion
-- is unfinished: promoting changes seats_left and the seats of the waitlist by the same number, and a newcomer may take only
-- the difference. It is not decided while something is due that may free a seat.
--
-- Does what is due in one of the locked competitions (settle_v1) before it decides.
--
-- Writes: registrations, registration_answers, competitions, outbox (jobs `confirmation`, `waiting` and `applied`),
-- audit_entries, idempotency_records; see settle_v1 for the rest.
-- Locks, in this order:
--   1. the rows of the competitions, FOR NO KEY UPDATE, in the order of their ids, and only those with a seat that
--      nobody on the waitlist gets, with an open waitlist, with work that is due, or with applications. The row is the
--      lock of all seats of its competition: it is held until commit, and the next statement has a newer snapshot
--      (READ COMMITTED), so it sees what the previous holder committed.
--   2. the teams of these competitions, FOR NO KEY UPDATE, in the order of their ids: nobody joins or leaves meanwhile
--   3. the accounts, FOR KEY SHARE as by the foreign key of a registration, without waiting
--   4. the idempotency records, in the order of (user, key)
-- Called by the admission queue, and by register_v1.
CREATE OR REPLACE FUNCTION register_v2(
  p_competition_ids    uuid[],
  p_user_ids           uuid[],
  p_session_ids        uuid[],
  p_keys               text[],
  p_fingerprints       bytea[],
  p_joins              boolean[],
  p_waited_ms          double precision[],
  p_waited_sure_ms     double precision[],
  p_seats              integer[],
  p_team_ids           uuid[],
  p_questions_versions integer[],
  p_answers            jsonb[],
  p_verified_only      boolean[],
  p_patient            boolean,
  p_budget_ms          integer
) RETURNS TABLE (
  n                   integer,
  verdict             text,
  body                text,
  registration_id     uuid,
  registration_status "RegistrationStatus",
  seats_left          integer,
  waiting             integer
)
LANGUAGE plpgsql
-- Planned once: planning takes longer than the work.
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
  v_sent timestamptz := statement_timestamp();
  v_now  timestamptz;
  v_held uuid[];
  v_due  uuid[];
  v_teams uuid[];
  v_free_users   uuid[];
  v_locked_users uuid[];
BEGIN
  PERFORM set_config('lock_timeout', p_budget_ms || 'ms', true);

  -- 1. Lock, in the order of ids, so that two batches never wait for each other in a circle. Only rows in which
  --    somebody can get in: "full" is read, not fought for.
  IF p_patient THEN
    SELECT array_agg(id), array_agg(id) FILTER (WHERE is_due) INTO v_held, v_due FROM (
      SELECT c.id, c.next_due_at IS NOT NULL OR c.next_expiry_at <= clock_timestamp() AS is_due FROM competitions c
      WHERE c.id = ANY (p_competition_ids) AND c.cancelled_at IS NULL AND c.visibility <> 'DRAFT'
        AND (c.seats_left > c.waiting + c.waiting_extra_seats OR c.waitlist AND true = ANY (p_joins) OR c.admission_mode = 'APPROVAL'
          OR c.next_expiry_at <= clock_timestamp())
      ORDER BY c.id
      FOR NO KEY UPDATE
    ) locked;
  ELSIF NOT p_patient THEN
    SELECT array_agg(id), array_agg(id) FILTER (WHERE is_due) INTO v_held, v_due FROM (
      SELECT c.id, c.next_due_at IS NOT NULL OR c.next_expiry_at <= clock_timestamp() AS is_due FROM competitions c
      WHERE c.id = ANY (p_competition_ids) AND c.cancelled_at IS NULL AND c.visibility <> 'DRAFT'
        AND (c.seats_left > c.waiting + c.waiting_extra_seats OR c.waitlist AND true = ANY (p_joins) OR c.admission_mode = 'APPROVAL'
          OR c.next_expiry_at <= clock_timestamp())
      ORDER BY c.id
      FOR NO KEY UPDATE SKIP LOCKED
    ) locked;
  END IF;
  IF v_due IS NOT NULL THEN
    -- One step for one competition: the others in the batch wait for it.
    PERFORM settle_v1(v_due[1]);
  END IF;
  IF p_team_ids IS NOT NULL AND p_patient THEN
    SELECT array_agg(id) INTO v_teams FROM (
      SELECT t.id FROM teams t WHERE t.id = ANY (p_team_ids) AND t.competition_id = ANY (v_held) ORDER BY t.id
      FOR NO KEY UPDATE
    ) locked;
  ELSIF p_team_ids IS NOT NULL AND NOT p_patient THEN
    SELECT array_agg(id) INTO v_teams FROM (
      SELECT t.id FROM teams t WHERE t.id = ANY (p_team_ids) AND t.competition_id = ANY (v_held) ORDER BY t.id
      FOR NO KEY UPDATE SKIP LOCKED
    ) locked;
  END IF;
  IF v_held IS NOT NULL THEN
    SELECT array_agg(id) INTO v_free_users FROM (
      SELECT u.id FROM users u WHERE u.id = ANY (p_user_ids) ORDER BY u.id
      FOR KEY SHARE SKIP LOCKED
    ) free;
    IF coalesce(cardinality(v_free_users), 0) < cardinality(p_user_ids) THEN
      SELECT array_agg(id) INTO v_locked_users FROM (SELECT unnest(p_user_ids) EXCEPT SELECT unnest(v_free_users)) locked (id);
    END IF;
  END IF;
  v_now := date_trunc('milliseconds', clock_timestamp());

  -- 2. Look, decide, write, answer.
  RETURN QUERY
  WITH request AS (
    SELECT e.n::integer, e.competition_id, e.user_id, e.session_id, e.key, e.fingerprint, e.joins, e.verified_only,
           e.team_id, e.questions_version, e.answers,
           v_sent - e.waited * interval '1 millisecond' AS came_at_the_earliest,
           v_sent - e.waited_sure * interval '1 millisecond' AS came_at_the_latest
    FROM unnest(p_competition_ids, p_user_ids, p_session_ids, p_keys, p_fingerprints, p_joins, p_waited_ms, p_waited_sure_ms,
                p_verified_only, p_team_ids, p_questions_versions, p_answers)
         WITH ORDINALITY AS e (competition_id, user_id, session_id, key, fingerprint, joins, waited, waited_sure,
                               verified_only, team_id, questions_version, answers, n)
  ), found AS (
    SELECT e.n, e.competition_id, e.user_id, e.team_id, e.key, e.fingerprint, e.joins, e.questions_version, e.answers,
           k.body AS stored_body, r.id AS own_id, r.status AS own_status,
           c.seats_left, c.waiting, c.seats_left - c.waiting - c.waiting_extra_seats AS free, c.waitlist,
           c.admission_mode = 'APPROVAL' AS applies, c.next_expiry_at <= v_now IS TRUE AS may_get_free,
           c.id = ANY (v_held) IS TRUE AND CASE
             WHEN e.team_id IS NULL THEN (e.user_id = ANY (v_locked_users)) IS NOT TRUE
             ELSE e.team_id = ANY (v_teams) IS TRUE
           END AS held,
           CASE WHEN e.team_id IS NULL AND e.user_id = ANY (v_locked_users) THEN 'BUSY' ELSE 'SKIPPED' END AS verdict_unless_held,
           CASE WHEN c.seat_unit = 'TEAM' THEN 1 ELSE coalesce(team.members, 1) END::integer AS takes, team.ineligible,
           -- The order of these lines is the order of the answers.
           CASE
             WHEN s.id IS NULL THEN 'SESSION_ENDED'
             WHEN u.disabled_at IS NOT NULL THEN 'ACCOUNT_DISABLED'
             WHEN u.role <> 'PARTICIPANT' THEN 'FORBIDDEN'
             WHEN k.expires_at > v_now AND k.fingerprint = e.fingerprint THEN 'REPLAY'
             WHEN k.expires_at > v_now THEN 'IDEMPOTENCY_KEY_REUSED'
             WHEN e.verified_only AND u.must_verify AND u.email_verified_at IS NULL THEN 'EMAIL_NOT_VERIFIED'
             WHEN c.id IS NULL THEN 'COMPETITION_NOT_FOUND'
             -- A hold that is due has ended, but for who ends it, and whose seat that is may be on the waitlist.
             WHEN c.cancelled_at IS NULL AND CASE r.status
               WHEN 'HELD' THEN expiry_due_at(r.held_until, promotes_until(c)) <= v_now
               WHEN 'WAITLISTED' THEN c.next_expiry_at <= v_now
             END THEN 'SKIPPED'
             WHEN r.id IS NOT NULL THEN 'ALREADY_REGISTERED'
             WHEN staff.id IS NOT NULL THEN 'STAFF_CANNOT_REGISTER'
             -- Only its staff may know that it exists.
             WHEN c.visibility = 'DRAFT' THEN 'COMPETITION_NOT_FOUND'
             WHEN c.cancelled_at IS NOT NULL THEN 'REGISTRATION_CLOSED'
             -- Of a team: to its members alone.
             WHEN rejected.id IS NOT NULL AND membership.team_id IS NOT DISTINCT FROM e.team_id THEN 'ALREADY_DECIDED'
             WHEN e.came_at_the_latest < c.reg_opens_at THEN 'REGISTRATION_NOT_OPEN'
             WHEN e.came_at_the_earliest >= c.reg_deadline THEN 'REGISTRATION_CLOSED'
             WHEN c.team_max IS NOT NULL AND e.team_id IS NULL THEN 'TEAM_REQUIRED'
             WHEN e.team_id IS NOT NULL AND (membership.team_id = e.team_id) IS NOT TRUE THEN 'TEAM_NOT_FOUND'
             WHEN team.captain_id <> e.user_id THEN 'NOT_CAPTAIN'
             WHEN team.ineligible IS NOT NULL THEN 'TEAM_MEMBER_INELIGIBLE'
             WHEN team.members < c.team_min THEN 'TEAM_TOO_SMALL'
             WHEN coalesce(e.questions_version, CASE WHEN c.requires_answers THEN -1 ELSE c.questions_version END)
                  <> c.questions_version THEN 'QUESTIONS_CHANGED'
             WHEN e.questions_version IS NOT NULL AND e.answers IS NULL THEN 'ANSWERS_INVALID'
           END AS refusal
    FROM request e
    -- LIMIT 1 keeps each of these a look-up by key, one per request. As plain joins they are planned anew for whatever
    -- the tables look like, and while they are small that means: read all of it.
    LEFT JOIN LATERAL (SELECT * FROM users WHERE id = e.user_id LIMIT 1) u ON true
    LEFT JOIN LATERAL (
      SELECT * FROM sessions
      WHERE id = e.session_id AND user_id = e.user_id AND ended_at IS NULL AND expires_at > v_now
      LIMIT 1
    ) s ON true
    LEFT JOIN LATERAL (
      SELECT * FROM idempotency_records WHERE user_id = e.user_id AND operation = 'REGISTER' AND key = e.key LIMIT 1
    ) k ON true
    LEFT JOIN LATERAL (SELECT * FROM competitions WHERE id = e.competition_id AND deleted_at IS NULL LIMIT 1) c ON true
    LEFT JOIN LATERAL (
      SELECT team_id FROM team_members
      WHERE c.team_max IS NOT NULL AND user_id = e.user_id AND competition_id = e.competition_id AND left_at IS NULL
      LIMIT 1
    ) membership ON true
    LEFT JOIN LATERAL (
      (SELECT * FROM registrations
       WHERE c.team_max IS NULL
         AND user_id = e.user_id AND competition_id = e.competition_id AND status <> 'CANCELLED'
       LIMIT 1)
      UNION ALL
      (SELECT * FROM registrations
       WHERE c.team_max IS NOT NULL AND team_id = membership.team_id AND status <> 'CANCELLED'
       LIMIT 1)
    ) r ON true
    LEFT JOIN LATERAL (
      SELECT * FROM competition_staff WHERE competition_id = e.competition_id AND user_id = e.user_id LIMIT 1
    ) staff ON true
    LEFT JOIN LATERAL (
      SELECT id FROM registrations
      WHERE c.admission_mode = 'APPROVAL' AND end_reason = 'REJECTED' AND CASE
        WHEN e.team_id IS NULL THEN user_id = e.user_id AND competition_id = e.competition_id
        ELSE team_id = e.team_id
      END
      LIMIT 1
    ) rejected ON true
    LEFT JOIN LATERAL (
      SELECT t.captain_id, count(m.id) AS members,
             (array_agg(jsonb_build_object('userId', m.user_id, 'name', m.name, 'reason', m.reason) ORDER BY m.joined_at, m.id)
               FILTER (WHERE m.reason IS NOT NULL))[1]::text AS ineligible
      FROM teams t
      LEFT JOIN LATERAL members_fitness(t.id, c, e.verified_only) m ON true
      WHERE t.id = e.team_id AND e.team_id = membership.team_id
      GROUP BY t.id
    ) team ON true
  ), places_of_teams AS (
    SELECT unnest(array_agg(n ORDER BY n)) AS n,
           unnest(places_in_order(array_agg(takes ORDER BY n), array_agg(joins AND waitlist ORDER BY n), max(free))) AS place
    FROM found
    WHERE team_id IS NOT NULL AND refusal IS NULL
    GROUP BY competition_id
  ), placed AS (
    SELECT f.*,
           coalesce(t.place, count(*) FILTER (WHERE f.refusal IS NULL) OVER so_far) AS place,
           bool_or(f.refusal IS NULL AND NOT f.held) OVER so_far AS is_after_skipped
    FROM found f
    LEFT JOIN places_of_teams t ON t.n = f.n
    WINDOW so_far AS (PARTITION BY f.competition_id ORDER BY f.n)
  ), judged AS (
    SELECT *,
           CASE
             WHEN refusal IS NOT NULL THEN refusal
             WHEN applies THEN CASE WHEN held THEN 'APPLIED' ELSE verdict_unless_held END
             -- Seats belong to the waitlist before they belong to newcomers.
             WHEN place <= free THEN CASE WHEN held THEN 'PENDING' ELSE verdict_unless_held END
             -- Full only because of people before them who are skipped, and may not take those seats after all.
             WHEN free > 0 AND is_after_skipped THEN 'SKIPPED'
             WHEN joins AND waitlist THEN CASE WHEN held THEN 'WAITLISTED' ELSE verdict_unless_held END
             WHEN may_get_free THEN 'SKIPPED'
             ELSE 'COMPETITION_FULL'
           END AS verdict
    FROM placed
  ), counted AS (
    SELECT *,
           sum(takes) FILTER (WHERE verdict = 'PENDING') OVER everyone AS seats,
           count(*) FILTER (WHERE verdict = 'WAITLISTED') OVER everyone AS places,
           sum(takes) FILTER (WHERE verdict = 'WAITLISTED') OVER everyone AS places_seats,
           waiting + count(*) FILTER (WHERE verdict = 'WAITLISTED') OVER so_far AS position
    FROM judged
    WINDOW everyone AS (PARTITION BY competition_id), so_far AS (PARTITION BY competition_id ORDER BY n)
  ), decided AS MATERIALIZED (
    -- Numbered in the order of arrival: who is first on the waitlist is decided by this number and by no clock.
    SELECT *,
           CASE WHEN verdict IN ('PENDING', 'WAITLISTED', 'APPLIED') THEN uuidv7() END AS new_id,
           CASE WHEN verdict IN ('PENDING', 'WAITLISTED', 'APPLIED') THEN nextval('registrations_admission_seq') END AS admission
    FROM (SELECT * FROM counted ORDER BY n) in_order
  ), answered AS MATERIALIZED (
    SELECT *,
           '{"registrationId":"' || new_id
             || CASE WHEN team_id IS NULL THEN '","userId":"' || user_id ELSE '","teamId":"' || team_id END
             || '","competitionId":"' || competition_id || '","status":"' || verdict || '","registeredAt":"' || iso_instant(v_now) || '"'
             || CASE verdict WHEN 'WAITLISTED' THEN ',"position":' || position ELSE '' END || '}' AS new_body
    FROM decided
  ), registered AS (
    INSERT INTO registrations (id, competition_id, user_id, team_id, seats, status, admission, registered_at)
    SELECT new_id, competition_id, CASE WHEN team_id IS NULL THEN user_id END, team_id, takes,
           verdict::"RegistrationStatus", admission, v_now
    FROM answered
    WHERE new_id IS NOT NULL
  ), answers_kept AS (
    INSERT INTO registration_answers (registration_id, questions_version, answers, consents)
    SELECT new_id, questions_version, answers->'answers', answers->'consents'
    FROM answered
    WHERE new_id IS NOT NULL AND questions_version IS NOT NULL
  ), seated AS (
    -- Counted down, not set: were the lock ever missing, the check on the column would still stand.
    UPDATE competitions c
    SET seats_left = c.seats_left - a.seats, waiting = c.waiting + a.places,
        waiting_extra_seats = c.waiting_extra_seats + a.places_seats - a.places
    FROM (
      SELECT DISTINCT competition_id, coalesce(seats, 0) AS seats, places, coalesce(places_seats, 0) AS places_seats
      FROM answered
      WHERE new_id IS NOT NULL AND NOT applies
    ) a
    WHERE c.id = a.competition_id
  ), enqueued AS (
    INSERT INTO outbox (queue, job, payload)
    SELECT 'registration', CASE verdict WHEN 'PENDING' THEN 'confirmation' WHEN 'APPLIED' THEN 'applied' ELSE 'waiting' END,
           jsonb_build_object('registrationId', new_id)
    FROM answered
    WHERE new_id IS NOT NULL
  ), audited AS (
    INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
    SELECT v_now, user_id,
           CASE verdict
             WHEN 'PENDING' THEN 'registration.seated'
             WHEN 'APPLIED' THEN 'registration.applied'
             ELSE 'registration.waiting'
           END,
           competition_id, jsonb_build_object('registrationId', new_id, 'admission', admission)
             || CASE WHEN team_id IS NULL THEN '{}' ELSE jsonb_build_object('teamId', team_id, 'seats', takes) END
    FROM answered
    WHERE new_id IS NOT NULL
  ), stored AS (
    -- In the order of keys: two batches with the same keys on two competitions wait for each other one way only.
    INSERT INTO idempotency_records AS k (user_id, operation, key, fingerprint, status, body, expires_at)
    SELECT user_id, 'REGISTER', key, fingerprint, 201, new_body, v_now + interval '24 hours'
    FROM answered
    WHERE new_id IS NOT NULL AND key IS NOT NULL
    ORDER BY user_id, key
    -- An expired record counts as absent, cleaned up or not.
    ON CONFLICT (user_id, operation, key) DO UPDATE
      SET fingerprint = excluded.fingerprint, status = excluded.status, body = excluded.body, expires_at = excluded.expires_at
      WHERE k.expires_at <= v_now
    RETURNING 1
  ), complete AS (
    SELECT CASE
      WHEN (SELECT count(*) FROM stored) < (SELECT count(key) FROM answered WHERE new_id IS NOT NULL)
      THEN undo_for_taken_key()
    END AS nothing
  )
  SELECT a.n,
         a.verdict,
         CASE a.verdict WHEN 'REPLAY' THEN a.stored_body WHEN 'TEAM_MEMBER_INELIGIBLE' THEN a.ineligible ELSE a.new_body END,
         a.own_id,
         a.own_status,
         (a.seats_left - coalesce(a.seats, 0))::integer,
         (a.waiting + a.places)::integer
  FROM answered a, complete;
END $$;
