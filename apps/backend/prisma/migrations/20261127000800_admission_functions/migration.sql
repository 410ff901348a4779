-- Applications, holds, invitations and due work: see prisma/functions and docs/concurrency.md.

CREATE OR REPLACE FUNCTION holds_seat(status "RegistrationStatus") RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN status IN ('PENDING', 'CONFIRMED', 'HELD');

CREATE OR REPLACE FUNCTION promotes_until(c competitions) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN greatest(
  c.reg_deadline,
  coalesce(
    c.promote_until,
    CASE WHEN c.admission_mode = 'APPROVAL' OR c.confirm_within_seconds IS NOT NULL THEN c.start_date END
  )
);

CREATE OR REPLACE FUNCTION hold_until(c competitions, at timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
  WHEN c.confirm_within_seconds IS NOT NULL AND (c.start_date > at) IS NOT FALSE
  THEN least(at + c.confirm_within_seconds * interval '1 second', c.start_date)
END;

CREATE OR REPLACE FUNCTION expiry_due_at(expires_at timestamptz, promotes_until timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
  WHEN expires_at <= promotes_until THEN least(expires_at + interval '3 seconds', promotes_until)
  ELSE expires_at + interval '3 seconds'
END;

CREATE OR REPLACE FUNCTION competition_status(c competitions, at timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
  WHEN c.cancelled_at IS NOT NULL THEN 'cancelled'
  WHEN c.reg_deadline <= at THEN 'closed'
  WHEN c.reg_opens_at > at THEN 'upcoming'
  WHEN c.admission_mode = 'APPROVAL' OR c.next_expiry_at <= at THEN 'open'
  WHEN c.seats_left <= c.waiting THEN 'full'
  ELSE 'open'
END;

CREATE OR REPLACE FUNCTION set_next_expiry_v1(p_competition_id uuid) RETURNS void
LANGUAGE sql
BEGIN ATOMIC
  UPDATE competitions c
  SET next_expiry_at = expiry_due_at(
    least(
      (SELECT min(held_until) FROM registrations WHERE competition_id = p_competition_id AND status = 'HELD'),
      (SELECT min(expires_at) FROM invitations WHERE competition_id = p_competition_id AND ended_at IS NULL)
    ),
    promotes_until(c)
  )
  WHERE id = p_competition_id;
END;

CREATE OR REPLACE FUNCTION end_registrations_v1(
  p_registration_ids uuid[],
  p_reason           "EndReason",
  p_removal_reason   text,
  p_actor_id         uuid
) RETURNS SETOF uuid
LANGUAGE plpgsql AS $$
DECLARE
  v_now          timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_competitions uuid[];
  v_ended        uuid[];
BEGIN
  WITH ended AS (
    UPDATE registrations r
    SET status = 'CANCELLED', ended_at = v_now, end_reason = p_reason, removal_reason = p_removal_reason
    WHERE r.id = ANY (p_registration_ids) AND r.status <> 'CANCELLED'
    RETURNING r.id, r.competition_id, r.user_id, old.status AS was
  ), counted AS (
    SELECT competition_id,
           -- An application has neither a seat nor a place on the waitlist.
           count(*) FILTER (WHERE holds_seat(was))::integer AS seats,
           count(*) FILTER (WHERE was = 'WAITLISTED')::integer AS places
    FROM ended
    GROUP BY competition_id
  ), freed AS (
    UPDATE competitions c
    SET seats_left = c.seats_left + n.seats, waiting = c.waiting - n.places
    FROM counted n
    WHERE c.id = n.competition_id
  ), told AS (
    -- A canceled competition sends one message of its own, and an erased account gets none.
    INSERT INTO outbox (queue, job, payload, due_at)
    SELECT 'registration', lower(p_reason::text), jsonb_build_object('registrationId', id),
           CASE p_reason WHEN 'REJECTED' THEN v_now + interval '10 seconds' ELSE now() END
    FROM ended
    WHERE p_reason IN ('LEFT', 'REMOVED', 'REJECTED', 'EXPIRED')
  ), audited AS (
    INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
    SELECT v_now, CASE p_reason WHEN 'LEFT' THEN user_id ELSE p_actor_id END, 'registration.' || CASE p_reason WHEN 'COMPETITION_CANCELLED' THEN 'cancelled' ELSE lower(p_reason::text) END,
           competition_id, jsonb_build_object('registrationId', id, 'userId', user_id, 'seated', holds_seat(was), 'was', was)
    FROM ended
  )
  SELECT array_agg(DISTINCT competition_id), array_agg(id) INTO v_competitions, v_ended FROM ended;

  PERFORM promote_v1(id) FROM unnest(v_competitions) AS id;

  RETURN QUERY SELECT unnest(v_ended);
END $$;

CREATE OR REPLACE FUNCTION end_invitations_v1(
  p_competition_id uuid,
  p_invitation_ids uuid[],
  p_outcome        text,
  p_actor_id       uuid
) RETURNS SETOF uuid
LANGUAGE plpgsql AS $$
DECLARE
  v_now   timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_ended uuid[];
BEGIN
  WITH ended AS (
    UPDATE invitations SET ended_at = v_now, outcome = p_outcome
    WHERE id = ANY (p_invitation_ids) AND competition_id = p_competition_id AND ended_at IS NULL
    RETURNING id
  ), freed AS (
    UPDATE competitions
    SET reserved = reserved - n, seats_left = seats_left + n
    FROM (SELECT count(*)::integer AS n FROM ended) counted
    WHERE id = p_competition_id AND n > 0
  ), told AS (
    INSERT INTO outbox (queue, job, payload)
    SELECT 'competition', 'invitation-withdrawn', jsonb_build_object('invitationId', id)
    FROM ended
    WHERE p_outcome = 'WITHDRAWN'
  ), audited AS (
    INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
    SELECT v_now, p_actor_id, 'invitation.' || lower(p_outcome), p_competition_id, jsonb_build_object('invitationId', id)
    FROM ended
    WHERE p_outcome <> 'COMPETITION_CANCELLED'
  )
  SELECT array_agg(id) INTO v_ended FROM ended;
  RETURN QUERY SELECT unnest(v_ended);
END $$;

CREATE OR REPLACE FUNCTION promote_v1(p_competition_id uuid) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_step        constant integer := 500;
  v_now         timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_competition competitions;
  v_due         timestamptz;
  v_owed        integer;
  v_held_until  timestamptz;
  v_ids         uuid[];
  v_n           integer;
BEGIN
  SELECT * INTO v_competition FROM competitions WHERE id = p_competition_id;
  v_due := v_competition.next_due_at;
  IF v_competition.cancelled_at IS NULL AND v_competition.deleted_at IS NULL
     AND (promotes_until(v_competition) > v_now OR v_due IS NOT NULL) THEN
    v_owed := least(v_competition.seats_left, v_competition.waiting);
  END IF;

  IF coalesce(v_owed, 0) <= 0 THEN
    IF v_due IS NOT NULL THEN
      UPDATE competitions SET next_due_at = NULL WHERE id = p_competition_id;
    END IF;
    RETURN 0;
  END IF;

  v_held_until := hold_until(v_competition, v_now);
  SELECT array_agg(id) INTO v_ids FROM (
    SELECT id
    FROM registrations
    WHERE competition_id = p_competition_id AND status = 'WAITLISTED'
    ORDER BY admission
    LIMIT least(v_owed, v_step)
  ) first_in_line;

  -- An array and not a join: with a waitlist of unknown length the planner might read the whole table.
  WITH promoted AS (
    UPDATE registrations
    SET status = CASE WHEN v_held_until IS NULL THEN 'PENDING' ELSE 'HELD' END::"RegistrationStatus",
        promoted_at = v_now, held_until = v_held_until
    WHERE id = ANY (v_ids)
    RETURNING id, user_id, admission
  ), told AS (
    INSERT INTO outbox (queue, job, payload)
    SELECT 'registration', CASE WHEN v_held_until IS NULL THEN 'confirmation' ELSE 'held' END,
           jsonb_build_object('registrationId', id)
    FROM promoted
    ORDER BY admission
  ), audited AS (
    INSERT INTO audit_entries (at, action, subject_id, details)
    SELECT v_now, 'registration.promoted', p_competition_id,
           jsonb_build_object('registrationId', id, 'userId', user_id, 'admission', admission)
             || CASE WHEN v_held_until IS NULL THEN '{}' ELSE jsonb_build_object('heldUntil', iso_instant(v_held_until)) END
    FROM promoted
    ORDER BY admission
  )
  UPDATE competitions c
  SET seats_left = c.seats_left - p.n,
      waiting = c.waiting - p.n,
      -- Null when nobody was found: a wrong counter must not keep the worker busy for ever.
      next_due_at = CASE WHEN p.n > 0 AND p.n < v_owed THEN coalesce(v_due, v_now) END,
      next_expiry_at = least(c.next_expiry_at, expiry_due_at(v_held_until, promotes_until(c)))
  FROM (SELECT count(*)::integer AS n FROM promoted) p
  WHERE c.id = p_competition_id
  RETURNING p.n INTO v_n;

  RETURN v_n;
END $$;

CREATE OR REPLACE FUNCTION settle_v1(p_competition_id uuid) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_step        constant integer := 500;
  v_now         timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_competition competitions;
  v_until       timestamptz;
  v_expired_by  timestamptz;
  v_in_time     boolean;
  v_holds       uuid[];
  v_invitations uuid[];
BEGIN
  SELECT * INTO v_competition FROM competitions WHERE id = p_competition_id;
  IF v_competition.cancelled_at IS NOT NULL OR v_competition.deleted_at IS NOT NULL THEN
    -- Reopening sets both again.
    UPDATE competitions SET next_due_at = NULL, next_expiry_at = NULL WHERE id = p_competition_id;
    RETURN false;
  END IF;
  IF (v_competition.next_expiry_at <= v_now) IS NOT TRUE THEN
    IF v_competition.next_due_at IS NOT NULL THEN
      PERFORM promote_v1(p_competition_id);
    END IF;
    RETURN (SELECT next_due_at IS NOT NULL FROM competitions WHERE id = p_competition_id);
  END IF;

  v_until := promotes_until(v_competition);
  v_expired_by := greatest(v_now - interval '3 seconds', CASE WHEN v_until <= v_now THEN v_until END);
  WITH expired AS (
    (SELECT id, true AS is_hold, held_until AS expires_at, admission FROM registrations
     WHERE competition_id = p_competition_id AND status = 'HELD' AND held_until <= v_expired_by
     ORDER BY held_until, admission LIMIT v_step)
    UNION ALL
    (SELECT id, false, expires_at, NULL FROM invitations
     WHERE competition_id = p_competition_id AND ended_at IS NULL AND expires_at <= v_expired_by
     ORDER BY expires_at, id LIMIT v_step)
  ), next AS (
    SELECT *, expires_at <= v_until AS in_time, min(expires_at) OVER () <= v_until AS first_in_time
    FROM expired
    ORDER BY expires_at, admission
    LIMIT v_step
  )
  -- Seats of the one go to the waitlist, and those of the other do not: never both in one step.
  SELECT array_agg(id ORDER BY expires_at, admission) FILTER (WHERE is_hold),
         array_agg(id) FILTER (WHERE NOT is_hold),
         bool_or(in_time)
  INTO v_holds, v_invitations, v_in_time
  FROM next
  WHERE in_time = first_in_time;

  IF NOT v_in_time AND v_competition.next_due_at IS NOT NULL THEN
    PERFORM promote_v1(p_competition_id);
    RETURN true;
  END IF;
  IF v_in_time AND v_competition.waiting > 0 THEN
    UPDATE competitions SET next_due_at = coalesce(next_due_at, v_now) WHERE id = p_competition_id;
  END IF;
  PERFORM end_invitations_v1(p_competition_id, v_invitations, 'EXPIRED', NULL);
  PERFORM end_registrations_v1(v_holds, 'EXPIRED', NULL, NULL);
  IF v_holds IS NULL THEN
    PERFORM promote_v1(p_competition_id);
  END IF;
  PERFORM set_next_expiry_v1(p_competition_id);
  RETURN (SELECT next_due_at IS NOT NULL OR next_expiry_at <= v_now FROM competitions WHERE id = p_competition_id) IS TRUE;
END $$;

CREATE OR REPLACE FUNCTION settle_all_v1(p_competition_id uuid) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  WHILE settle_v1(p_competition_id) LOOP NULL; END LOOP;
END $$;

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
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
  v_sent timestamptz := statement_timestamp();
  v_now  timestamptz;
  v_held uuid[];
  v_due  uuid[];
BEGIN
  IF num_nonnulls(p_seats, p_team_ids) > 0 THEN
    RAISE EXCEPTION 'this version registers persons only';
  END IF;
  PERFORM set_config('lock_timeout', p_budget_ms || 'ms', true);

  -- 1. Lock, in the order of ids, so that two batches never wait for each other in a circle. Only rows in which
  --    somebody can get in: "full" is read, not fought for.
  IF p_patient THEN
    SELECT array_agg(id), array_agg(id) FILTER (WHERE is_due) INTO v_held, v_due FROM (
      SELECT c.id, c.next_due_at IS NOT NULL OR c.next_expiry_at <= clock_timestamp() AS is_due FROM competitions c
      WHERE c.id = ANY (p_competition_ids) AND c.cancelled_at IS NULL AND c.visibility <> 'DRAFT'
        AND (c.seats_left > c.waiting OR c.waitlist AND true = ANY (p_joins) OR c.admission_mode = 'APPROVAL'
          OR c.next_expiry_at <= clock_timestamp())
      ORDER BY c.id
      FOR NO KEY UPDATE
    ) locked;
  ELSIF NOT p_patient THEN
    SELECT array_agg(id), array_agg(id) FILTER (WHERE is_due) INTO v_held, v_due FROM (
      SELECT c.id, c.next_due_at IS NOT NULL OR c.next_expiry_at <= clock_timestamp() AS is_due FROM competitions c
      WHERE c.id = ANY (p_competition_ids) AND c.cancelled_at IS NULL AND c.visibility <> 'DRAFT'
        AND (c.seats_left > c.waiting OR c.waitlist AND true = ANY (p_joins) OR c.admission_mode = 'APPROVAL'
          OR c.next_expiry_at <= clock_timestamp())
      ORDER BY c.id
      FOR NO KEY UPDATE SKIP LOCKED
    ) locked;
  END IF;
  IF v_due IS NOT NULL THEN
    -- One step for one competition: the others in the batch wait for it.
    PERFORM settle_v1(v_due[1]);
  END IF;
  v_now := date_trunc('milliseconds', clock_timestamp());

  -- 2. Look, decide, write, answer.
  RETURN QUERY
  WITH request AS (
    SELECT e.n::integer, e.competition_id, e.user_id, e.session_id, e.key, e.fingerprint, e.joins, e.verified_only,
           e.questions_version, e.answers,
           v_sent - e.waited * interval '1 millisecond' AS came_at_the_earliest,
           v_sent - e.waited_sure * interval '1 millisecond' AS came_at_the_latest
    FROM unnest(p_competition_ids, p_user_ids, p_session_ids, p_keys, p_fingerprints, p_joins, p_waited_ms, p_waited_sure_ms,
                p_verified_only, p_questions_versions, p_answers)
         WITH ORDINALITY AS e (competition_id, user_id, session_id, key, fingerprint, joins, waited, waited_sure,
                               verified_only, questions_version, answers, n)
  ), found AS (
    SELECT e.n, e.competition_id, e.user_id, e.key, e.fingerprint, e.joins, e.questions_version, e.answers,
           k.body AS stored_body, r.id AS own_id, r.status AS own_status,
           c.seats_left, c.waiting, c.waitlist, c.admission_mode = 'APPROVAL' AS applies,
           c.next_expiry_at <= v_now IS TRUE AS may_get_free, c.id = ANY (v_held) IS TRUE AS held,
           -- The order of these lines is the order of the answers.
           CASE
             WHEN s.id IS NULL THEN 'SESSION_ENDED'
             WHEN u.disabled_at IS NOT NULL THEN 'ACCOUNT_DISABLED'
             WHEN u.role <> 'PARTICIPANT' THEN 'FORBIDDEN'
             WHEN k.expires_at > v_now AND k.fingerprint = e.fingerprint THEN 'REPLAY'
             WHEN k.expires_at > v_now THEN 'IDEMPOTENCY_KEY_REUSED'
             WHEN e.verified_only AND u.must_verify AND u.email_verified_at IS NULL THEN 'EMAIL_NOT_VERIFIED'
             WHEN c.id IS NULL THEN 'COMPETITION_NOT_FOUND'
             -- A hold that is due has ended, but for who ends it.
             WHEN r.status = 'HELD' AND expiry_due_at(r.held_until, promotes_until(c)) <= v_now AND c.cancelled_at IS NULL
               THEN 'SKIPPED'
             WHEN r.id IS NOT NULL THEN 'ALREADY_REGISTERED'
             WHEN staff.id IS NOT NULL THEN 'STAFF_CANNOT_REGISTER'
             -- Only its staff may know that it exists.
             WHEN c.visibility = 'DRAFT' THEN 'COMPETITION_NOT_FOUND'
             WHEN c.cancelled_at IS NOT NULL THEN 'REGISTRATION_CLOSED'
             WHEN e.came_at_the_latest < c.reg_opens_at THEN 'REGISTRATION_NOT_OPEN'
             WHEN e.came_at_the_earliest >= c.reg_deadline THEN 'REGISTRATION_CLOSED'
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
      SELECT * FROM registrations
      WHERE user_id = e.user_id AND competition_id = e.competition_id AND status <> 'CANCELLED'
      LIMIT 1
    ) r ON true
    LEFT JOIN LATERAL (
      SELECT * FROM competition_staff WHERE competition_id = e.competition_id AND user_id = e.user_id LIMIT 1
    ) staff ON true
  ), placed AS (
    SELECT *, count(*) FILTER (WHERE refusal IS NULL) OVER (PARTITION BY competition_id ORDER BY n) AS place
    FROM found
  ), judged AS (
    SELECT *,
           CASE
             WHEN refusal IS NOT NULL THEN refusal
             WHEN applies THEN CASE WHEN held THEN 'APPLIED' ELSE 'SKIPPED' END
             -- Seats belong to the waitlist before they belong to newcomers.
             WHEN place <= seats_left - waiting THEN CASE WHEN held THEN 'PENDING' ELSE 'SKIPPED' END
             WHEN joins AND waitlist THEN CASE WHEN held THEN 'WAITLISTED' ELSE 'SKIPPED' END
             -- Full only because of people before them who are skipped, and may not take those seats after all.
             WHEN seats_left > waiting AND NOT held THEN 'SKIPPED'
             WHEN may_get_free THEN 'SKIPPED'
             ELSE 'COMPETITION_FULL'
           END AS verdict
    FROM placed
  ), counted AS (
    SELECT *,
           count(*) FILTER (WHERE verdict = 'PENDING') OVER everyone AS seats,
           count(*) FILTER (WHERE verdict = 'WAITLISTED') OVER everyone AS places,
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
           '{"registrationId":"' || new_id || '","userId":"' || user_id || '","competitionId":"' || competition_id
             || '","status":"' || verdict || '","registeredAt":"' || iso_instant(v_now) || '"'
             || CASE verdict WHEN 'WAITLISTED' THEN ',"position":' || position ELSE '' END || '}' AS new_body
    FROM decided
  ), registered AS (
    INSERT INTO registrations (id, competition_id, user_id, status, admission, registered_at)
    SELECT new_id, competition_id, user_id, verdict::"RegistrationStatus", admission, v_now
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
    SET seats_left = c.seats_left - a.seats, waiting = c.waiting + a.places
    FROM (SELECT DISTINCT competition_id, seats, places FROM answered WHERE new_id IS NOT NULL AND NOT applies) a
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
         CASE a.verdict WHEN 'REPLAY' THEN a.stored_body ELSE a.new_body END,
         a.own_id,
         a.own_status,
         (a.seats_left - a.seats)::integer,
         (a.waiting + a.places)::integer
  FROM answered a, complete;
END $$;

CREATE OR REPLACE FUNCTION reinstate_v1(p_competition_id uuid, p_registration_id uuid, p_actor_id uuid) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  v_now         timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_competition competitions;
  v_ended       registrations;
  v_is_first    boolean;
  v_held_until  timestamptz;
  v_status      "RegistrationStatus";
BEGIN
  PERFORM settle_all_v1(p_competition_id);
  SELECT * INTO v_competition FROM competitions WHERE id = p_competition_id;
  SELECT * INTO v_ended FROM registrations
  WHERE id = p_registration_id AND competition_id = p_competition_id
  FOR NO KEY UPDATE;

  -- The order of these lines is the order of the answers.
  IF v_ended.id IS NULL OR v_ended.end_reason = 'ERASED' THEN RETURN 'REGISTRATION_NOT_FOUND'; END IF;
  IF v_competition.cancelled_at IS NOT NULL THEN RETURN 'COMPETITION_CANCELLED'; END IF;
  IF v_ended.status <> 'CANCELLED' THEN RETURN 'REINSTATED'; END IF;
  IF EXISTS (
    SELECT FROM registrations
    WHERE user_id = v_ended.user_id AND competition_id = p_competition_id AND status <> 'CANCELLED'
  ) THEN
    RETURN 'ALREADY_REGISTERED';
  END IF;
  IF EXISTS (SELECT FROM competition_staff WHERE competition_id = p_competition_id AND user_id = v_ended.user_id) THEN
    RETURN 'STAFF_CANNOT_REGISTER';
  END IF;

  v_is_first := NOT EXISTS (
    SELECT FROM registrations
    WHERE competition_id = p_competition_id AND status = 'WAITLISTED' AND admission < v_ended.admission
  );
  v_held_until := hold_until(v_competition, v_now);
  v_status := CASE
    WHEN v_ended.end_reason = 'REJECTED' OR v_competition.admission_mode = 'APPROVAL' AND v_ended.decided_at IS NULL
      THEN 'APPLIED'
    WHEN v_competition.seats_left > 0 AND v_is_first
      THEN CASE WHEN v_held_until IS NULL THEN 'PENDING' ELSE 'HELD' END
    ELSE 'WAITLISTED'
  END;
  IF v_status = 'WAITLISTED' AND promotes_until(v_competition) <= v_now AND v_competition.next_due_at IS NULL THEN
    RETURN 'COMPETITION_FULL';
  END IF;

  IF v_status <> 'HELD' THEN v_held_until := NULL; END IF;

  UPDATE registrations
  SET status = v_status, promoted_at = NULL, ended_at = NULL, end_reason = NULL, removal_reason = NULL,
      reinstated_at = v_now, held_until = v_held_until,
      decided_at = CASE WHEN v_status <> 'APPLIED' THEN decided_at END
  WHERE id = p_registration_id;

  UPDATE competitions c
  SET seats_left = seats_left - CASE WHEN holds_seat(v_status) THEN 1 ELSE 0 END,
      waiting = waiting + CASE WHEN v_status = 'WAITLISTED' THEN 1 ELSE 0 END,
      next_expiry_at = least(next_expiry_at, expiry_due_at(v_held_until, promotes_until(c)))
  WHERE id = p_competition_id;

  INSERT INTO outbox (queue, job, payload)
  VALUES ('registration',
          CASE v_status WHEN 'APPLIED' THEN 'applied' WHEN 'PENDING' THEN 'confirmation' WHEN 'HELD' THEN 'held' ELSE 'waiting' END,
          jsonb_build_object('registrationId', p_registration_id));

  INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
  VALUES (v_now, p_actor_id, 'registration.reinstated', p_competition_id,
          jsonb_build_object('registrationId', p_registration_id, 'userId', v_ended.user_id,
                             'seated', holds_seat(v_status), 'status', v_status));

  PERFORM promote_v1(p_competition_id);
  RETURN 'REINSTATED';
END $$;

CREATE OR REPLACE FUNCTION decide_v1(
  p_competition_id   uuid,
  p_registration_ids uuid[],
  p_decisions        text[],
  p_reasons          text[],
  p_actor_id         uuid
) RETURNS TABLE (n integer, verdict text)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
  v_now         timestamptz;
  v_competition competitions;
  v_free        integer;
  v_is_open     boolean;
  v_held_until  timestamptz;
  v_seated      "RegistrationStatus";
  v_verdicts    text[];
  v_rejected    uuid[];
  v_seats       integer;
  v_places      integer;
BEGIN
  PERFORM settle_all_v1(p_competition_id);
  SELECT * INTO v_competition FROM competitions WHERE id = p_competition_id;
  v_now := date_trunc('milliseconds', clock_timestamp());
  v_free := greatest(v_competition.seats_left - v_competition.waiting, 0);
  v_is_open := v_competition.waitlist AND promotes_until(v_competition) > v_now;
  v_held_until := hold_until(v_competition, v_now);
  v_seated := CASE WHEN v_held_until IS NULL THEN 'PENDING' ELSE 'HELD' END;

  WITH found AS (
    SELECT e.n::integer, e.id, e.decision, e.reason, r.user_id,
           -- The order of these lines is the order of the answers.
           CASE
             WHEN r.id IS NULL THEN 'NOT_REGISTERED'
             WHEN r.status <> 'CANCELLED' AND r.status <> 'APPLIED' OR r.end_reason = 'REJECTED' THEN 'ALREADY_DECIDED'
             WHEN v_competition.cancelled_at IS NOT NULL THEN 'COMPETITION_CANCELLED'
             WHEN r.status = 'CANCELLED' THEN 'NOT_REGISTERED'
           END AS refusal
    FROM unnest(p_registration_ids, p_decisions, p_reasons) WITH ORDINALITY AS e (id, decision, reason, n)
    LEFT JOIN LATERAL (
      SELECT * FROM registrations WHERE id = e.id AND competition_id = p_competition_id LIMIT 1
    ) r ON true
  ), placed AS (
    SELECT *, count(*) FILTER (WHERE refusal IS NULL AND decision = 'ACCEPT') OVER (ORDER BY n) AS accepted
    FROM found
  ), judged AS MATERIALIZED (
    SELECT *,
           CASE
             WHEN refusal IS NOT NULL THEN refusal
             WHEN decision = 'REJECT' THEN 'CANCELLED'
             WHEN decision = 'ACCEPT' AND accepted <= v_free THEN v_seated::text
             WHEN decision = 'WAITLIST' AND accepted < v_free THEN 'SEATS_AVAILABLE'
             WHEN v_is_open THEN 'WAITLISTED'
             ELSE 'COMPETITION_FULL'
           END AS verdict
    FROM placed
  ), admitted AS MATERIALIZED (
    -- Numbered in the given order.
    SELECT *, nextval('registrations_admission_seq') AS admission
    FROM (SELECT * FROM judged WHERE verdict IN ('PENDING', 'HELD', 'WAITLISTED') ORDER BY n) in_order
  ), changed AS (
    UPDATE registrations r
    SET status = a.verdict::"RegistrationStatus", admission = a.admission, decided_at = v_now,
        held_until = CASE WHEN a.verdict = 'HELD' THEN v_held_until END
    FROM admitted a
    WHERE r.id = a.id
  ), enqueued AS (
    INSERT INTO outbox (queue, job, payload)
    SELECT 'registration',
           CASE verdict WHEN 'PENDING' THEN 'confirmation' WHEN 'HELD' THEN 'held' ELSE 'waiting' END,
           jsonb_build_object('registrationId', id)
    FROM admitted
    ORDER BY n
  ), audited AS (
    INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
    SELECT v_now, p_actor_id, 'registration.accepted', p_competition_id,
           jsonb_build_object('registrationId', id, 'userId', user_id, 'admission', admission, 'status', verdict)
             || CASE verdict WHEN 'HELD' THEN jsonb_build_object('heldUntil', iso_instant(v_held_until)) ELSE '{}' END
    FROM admitted
    ORDER BY n
  )
  SELECT array_agg(verdict ORDER BY n),
         array_agg(id ORDER BY n) FILTER (WHERE verdict = 'CANCELLED'),
         count(*) FILTER (WHERE verdict IN ('PENDING', 'HELD')),
         count(*) FILTER (WHERE verdict = 'WAITLISTED')
  INTO v_verdicts, v_rejected, v_seats, v_places
  FROM judged;

  IF v_seats + v_places > 0 THEN
    UPDATE competitions c
    SET seats_left = seats_left - v_seats,
        waiting = waiting + v_places,
        next_expiry_at = CASE
          WHEN v_seats > 0 THEN least(next_expiry_at, expiry_due_at(v_held_until, promotes_until(c)))
          ELSE next_expiry_at
        END
    WHERE id = p_competition_id;
  END IF;

  IF v_rejected IS NOT NULL THEN
    PERFORM end_registrations_v1(v_rejected, 'REJECTED', NULL, p_actor_id);
    UPDATE registrations r
    SET decided_at = v_now, removal_reason = e.reason
    FROM unnest(p_registration_ids, p_reasons) AS e (id, reason)
    WHERE r.id = e.id AND r.id = ANY (v_rejected);
  END IF;

  RETURN QUERY SELECT e.n::integer, e.verdict FROM unnest(v_verdicts) WITH ORDINALITY AS e (verdict, n);
END $$;

CREATE OR REPLACE FUNCTION confirm_v1(p_competition_id uuid, p_user_id uuid, p_waited_ms double precision) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  v_now    timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_came   timestamptz := statement_timestamp() - p_waited_ms * interval '1 millisecond';
  v_latest registrations;
BEGIN
  SELECT * INTO v_latest FROM registrations
  WHERE user_id = p_user_id AND competition_id = p_competition_id
  ORDER BY (status <> 'CANCELLED') DESC, id DESC
  LIMIT 1
  FOR NO KEY UPDATE;

  -- The order of these lines is the order of the answers.
  IF v_latest.id IS NULL THEN RETURN 'NOT_REGISTERED'; END IF;
  IF v_latest.end_reason = 'EXPIRED' THEN RETURN 'HOLD_EXPIRED'; END IF;
  IF v_latest.status = 'CANCELLED' THEN RETURN 'NOT_REGISTERED'; END IF;
  IF (SELECT cancelled_at IS NOT NULL FROM competitions WHERE id = p_competition_id) THEN
    RETURN 'COMPETITION_CANCELLED';
  END IF;
  IF v_latest.status IN ('PENDING', 'CONFIRMED') THEN RETURN v_latest.status; END IF;
  IF v_latest.status <> 'HELD' THEN RETURN 'NOTHING_TO_CONFIRM'; END IF;
  IF v_came >= v_latest.held_until THEN RETURN 'HOLD_EXPIRED'; END IF;

  UPDATE registrations SET status = 'PENDING' WHERE id = v_latest.id;
  INSERT INTO outbox (queue, job, payload)
  VALUES ('registration', 'confirmation', jsonb_build_object('registrationId', v_latest.id));
  INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
  VALUES (v_now, p_user_id, 'registration.confirmed', p_competition_id,
          jsonb_build_object('registrationId', v_latest.id, 'userId', p_user_id));
  RETURN 'PENDING';
END $$;

CREATE OR REPLACE FUNCTION invite_v1(
  p_competition_id uuid,
  p_emails         text[],
  p_names          text[],
  p_expires_at     timestamptz,
  p_message        text,
  p_import_id      uuid,
  p_mails          boolean,
  p_actor_id       uuid
) RETURNS TABLE (n integer, verdict text, invitation_id uuid, free integer, lacking integer)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
  v_now         timestamptz;
  v_competition competitions;
  v_verdicts    text[];
  v_ids         uuid[];
  v_free        integer;
  v_count       integer;
BEGIN
  PERFORM settle_all_v1(p_competition_id);
  v_now := date_trunc('milliseconds', clock_timestamp());
  SELECT * INTO v_competition FROM competitions WHERE id = p_competition_id;
  v_free := CASE
    WHEN v_competition.waiting > 0 AND promotes_until(v_competition) > v_now THEN 0
    ELSE v_competition.seats_left
  END;

  WITH judged AS (
    SELECT e.n,
           CASE
             WHEN i.id IS NOT NULL THEN 'ALREADY_INVITED'
             WHEN staff.id IS NOT NULL THEN 'STAFF_CANNOT_REGISTER'
             WHEN holds_seat(r.status) THEN 'ALREADY_REGISTERED'
             ELSE 'INVITED'
           END AS verdict
    FROM unnest(p_emails) WITH ORDINALITY AS e (email, n)
    LEFT JOIN LATERAL (
      SELECT id FROM invitations WHERE competition_id = p_competition_id AND email = e.email AND ended_at IS NULL LIMIT 1
    ) i ON true
    LEFT JOIN LATERAL (SELECT id FROM users WHERE email = e.email LIMIT 1) u ON true
    LEFT JOIN LATERAL (
      SELECT id FROM competition_staff WHERE competition_id = p_competition_id AND user_id = u.id LIMIT 1
    ) staff ON true
    LEFT JOIN LATERAL (
      SELECT status FROM registrations
      WHERE user_id = u.id AND competition_id = p_competition_id AND status <> 'CANCELLED'
      LIMIT 1
    ) r ON true
  )
  SELECT array_agg(verdict ORDER BY n),
         array_agg(CASE verdict WHEN 'INVITED' THEN uuidv7() END ORDER BY n),
         count(*) FILTER (WHERE verdict = 'INVITED')
  INTO v_verdicts, v_ids, v_count
  FROM judged;

  IF v_count BETWEEN 1 AND v_free THEN
    INSERT INTO invitations (id, competition_id, email, name, message, invited_by_id, import_id, created_at, expires_at)
    SELECT e.id, p_competition_id, e.email, e.name, p_message, p_actor_id, p_import_id, v_now, p_expires_at
    FROM unnest(v_ids, p_emails, p_names) AS e (id, email, name)
    WHERE e.id IS NOT NULL;

    UPDATE competitions c
    SET reserved = reserved + v_count,
        seats_left = seats_left - v_count,
        next_expiry_at = least(next_expiry_at, expiry_due_at(p_expires_at, promotes_until(c)))
    WHERE id = p_competition_id;

    INSERT INTO outbox (queue, job, payload)
    SELECT 'competition', 'invited', jsonb_build_object('invitationId', id)
    FROM unnest(v_ids) AS id
    WHERE p_mails AND id IS NOT NULL;

    INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
    SELECT v_now, p_actor_id, 'invitation.sent', p_competition_id, jsonb_build_object('invitationId', id)
    FROM unnest(v_ids) AS id
    WHERE id IS NOT NULL;
  END IF;

  RETURN QUERY
  SELECT e.n::integer, e.verdict, e.id, v_free, greatest(v_count - v_free, 0)
  FROM unnest(v_verdicts, v_ids) WITH ORDINALITY AS e (verdict, id, n);
END $$;

CREATE OR REPLACE FUNCTION redeem_v1(
  p_competition_id     uuid,
  p_invitation_ids     uuid[],
  p_user_ids           uuid[],
  p_waited_ms          double precision,
  p_questions_versions integer[],
  p_answers            jsonb[],
  p_actor_id           uuid
) RETURNS TABLE (n integer, verdict text, registration_id uuid)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
  v_now  timestamptz;
  v_came timestamptz := statement_timestamp() - p_waited_ms * interval '1 millisecond';
BEGIN
  PERFORM settle_all_v1(p_competition_id);
  v_now := date_trunc('milliseconds', clock_timestamp());
  RETURN QUERY
  WITH found AS (
    SELECT e.n::integer, e.user_id, e.questions_version, e.answers, i.id AS invitation_id, r.id AS own_id, r.status AS own_status,
           -- The order of these lines is the order of the answers.
           CASE
             WHEN i.id IS NULL THEN 'INVITATION_NOT_FOUND'
             WHEN i.outcome = 'REDEEMED' THEN 'INVITATION_USED'
             WHEN i.outcome = 'EXPIRED' THEN 'INVITATION_EXPIRED'
             WHEN c.cancelled_at IS NOT NULL OR i.outcome = 'COMPETITION_CANCELLED' THEN 'COMPETITION_CANCELLED'
             WHEN i.outcome = 'WITHDRAWN' THEN 'INVITATION_WITHDRAWN'
             WHEN v_came >= i.expires_at THEN 'INVITATION_EXPIRED'
             WHEN u.disabled_at IS NOT NULL THEN 'ACCOUNT_DISABLED'
             WHEN holds_seat(r.status) THEN 'ALREADY_REGISTERED'
             WHEN staff.id IS NOT NULL THEN 'STAFF_CANNOT_REGISTER'
             WHEN p_questions_versions IS NULL THEN NULL
             WHEN coalesce(e.questions_version, CASE WHEN c.requires_answers THEN -1 ELSE c.questions_version END)
                  <> c.questions_version THEN 'QUESTIONS_CHANGED'
             WHEN e.questions_version IS NOT NULL AND e.answers IS NULL THEN 'ANSWERS_INVALID'
           END AS refusal
    FROM unnest(p_invitation_ids, p_user_ids, p_questions_versions, p_answers)
         WITH ORDINALITY AS e (invitation_id, user_id, questions_version, answers, n)
    JOIN competitions c ON c.id = p_competition_id
    LEFT JOIN LATERAL (
      SELECT * FROM invitations WHERE id = e.invitation_id AND competition_id = p_competition_id LIMIT 1
    ) i ON true
    LEFT JOIN LATERAL (SELECT * FROM users WHERE id = e.user_id LIMIT 1) u ON true
    LEFT JOIN LATERAL (
      SELECT * FROM registrations
      WHERE user_id = e.user_id AND competition_id = p_competition_id AND status <> 'CANCELLED'
      LIMIT 1
    ) r ON true
    LEFT JOIN LATERAL (
      SELECT * FROM competition_staff WHERE competition_id = p_competition_id AND user_id = e.user_id LIMIT 1
    ) staff ON true
  ), admitted AS MATERIALIZED (
    SELECT n, user_id, questions_version, answers, invitation_id, own_id, own_status, coalesce(own_id, uuidv7()) AS id,
           nextval('registrations_admission_seq') AS admission
    FROM (SELECT * FROM found WHERE refusal IS NULL ORDER BY n) in_order
  ), changed AS (
    UPDATE registrations r
    SET status = 'PENDING', admission = a.admission, decided_at = v_now
    FROM admitted a
    WHERE r.id = a.own_id
  ), registered AS (
    INSERT INTO registrations (id, competition_id, user_id, status, admission, registered_at, decided_at)
    SELECT id, p_competition_id, user_id, 'PENDING', admission, v_now, v_now
    FROM admitted
    WHERE own_id IS NULL
  ), answers_kept AS (
    INSERT INTO registration_answers AS kept (registration_id, questions_version, answers, consents, updated_at)
    SELECT id, questions_version, answers->'answers', answers->'consents', v_now
    FROM admitted
    WHERE questions_version IS NOT NULL
    ON CONFLICT (registration_id) DO UPDATE
      SET questions_version = excluded.questions_version, answers = excluded.answers, consents = excluded.consents,
          updated_at = excluded.updated_at
  ), redeemed AS (
    UPDATE invitations i SET ended_at = v_now, outcome = 'REDEEMED', registration_id = a.id
    FROM admitted a
    WHERE i.id = a.invitation_id
  ), counted AS (
    -- The reserved seat becomes a held one: seats_left stays.
    UPDATE competitions c
    SET reserved = c.reserved - a.n, waiting = c.waiting - a.waited
    FROM (
      SELECT count(*)::integer AS n, (count(*) FILTER (WHERE own_status = 'WAITLISTED'))::integer AS waited FROM admitted
    ) a
    WHERE c.id = p_competition_id AND a.n > 0
  ), enqueued AS (
    INSERT INTO outbox (queue, job, payload)
    SELECT 'registration', 'confirmation', jsonb_build_object('registrationId', id)
    FROM admitted
    ORDER BY n
  ), audited AS (
    INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
    SELECT v_now, p_actor_id, 'registration.redeemed', p_competition_id,
           jsonb_build_object('registrationId', id, 'userId', user_id, 'admission', admission, 'invitationId', invitation_id)
    FROM admitted
    ORDER BY n
  )
  SELECT f.n, coalesce(f.refusal, 'PENDING'), coalesce(a.id, f.own_id)
  FROM found f
  LEFT JOIN admitted a ON a.n = f.n
  ORDER BY f.n;
END $$;
