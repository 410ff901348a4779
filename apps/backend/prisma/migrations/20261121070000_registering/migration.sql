-- Who is in. The competition's row is the lock of all its seats: whoever changes seats or the line holds it until
-- commit. Each statement of a function looks with a new snapshot (READ COMMITTED), so that what is read after the
-- lock is what its last holder committed.
--
--   register_v1             a batch of people, of one or many competitions, each gets a verdict
--   leave_v1                the same for leaving
--   end_registrations_v1    ends registrations, whoever ends them, and gives the seats on
--   promote_v1              seats the first in line
--
-- A changed signature is a new function (_v2): old and new servers run side by side while one upgrades.

-- Instants in answers: the same text as JavaScript's toISOString().
CREATE FUNCTION iso_instant(at timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

-- Somebody committed the same key while this batch was at work. The batch is undone and judged again: it then sees
-- that key, and nobody else in it loses a seat.
CREATE FUNCTION undo_for_taken_key() RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an idempotency key was taken in the meantime' USING ERRCODE = 'MC001';
END $$;


-- Seats the first in line, as many as there are seats. The caller holds the competition's row.
CREATE FUNCTION promote_v1(p_competition_id uuid) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_now  timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_free integer;
BEGIN
  SELECT least(seats_left, waiting) INTO v_free
  FROM competitions
  WHERE id = p_competition_id AND cancelled_at IS NULL AND deleted_at IS NULL AND reg_deadline > v_now;

  IF coalesce(v_free, 0) <= 0 THEN
    RETURN 0;
  END IF;

  WITH first_in_line AS (
    SELECT id
    FROM registrations
    WHERE competition_id = p_competition_id AND status = 'WAITLISTED'
    ORDER BY admission
    LIMIT v_free
  ), promoted AS (
    UPDATE registrations r
    SET status = 'PENDING', promoted_at = v_now
    FROM first_in_line f
    WHERE r.id = f.id
    RETURNING r.id, r.user_id, r.admission
  ), told AS (
    INSERT INTO outbox (queue, job, payload)
    SELECT 'registration', 'confirmation', jsonb_build_object('registrationId', id)
    FROM promoted
    ORDER BY admission
  ), audited AS (
    INSERT INTO audit_entries (at, action, subject_id, details)
    SELECT v_now, 'registration.promoted', p_competition_id,
           jsonb_build_object('registrationId', id, 'userId', user_id, 'admission', admission)
    FROM promoted
    ORDER BY admission
  )
  UPDATE competitions c
  SET seats_left = c.seats_left - p.n, waiting = c.waiting - p.n
  FROM (SELECT count(*)::integer AS n FROM promoted) p
  WHERE c.id = p_competition_id;

  RETURN v_free;
END $$;


-- Ends registrations and gives their seats to the first in line. The caller holds the rows of their competitions.
-- A registration that has ended already stays as it is.
CREATE FUNCTION end_registrations_v1(
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
    RETURNING r.id, r.competition_id, r.user_id, old.status <> 'WAITLISTED' AS was_seated
  ), counted AS (
    SELECT competition_id,
           count(*) FILTER (WHERE was_seated)::integer AS seats,
           count(*) FILTER (WHERE NOT was_seated)::integer AS places
    FROM ended
    GROUP BY competition_id
  ), freed AS (
    UPDATE competitions c
    SET seats_left = c.seats_left + n.seats, waiting = c.waiting - n.places
    FROM counted n
    WHERE c.id = n.competition_id
  ), told AS (
    -- Of a cancelled competition everyone is told once, by its own message.
    INSERT INTO outbox (queue, job, payload)
    SELECT 'registration', lower(p_reason::text), jsonb_build_object('registrationId', id)
    FROM ended
    WHERE p_reason <> 'COMPETITION_CANCELLED'
  ), audited AS (
    INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
    SELECT v_now, CASE p_reason WHEN 'LEFT' THEN user_id ELSE p_actor_id END, 'registration.' || CASE p_reason WHEN 'COMPETITION_CANCELLED' THEN 'cancelled' ELSE lower(p_reason::text) END,
           competition_id, jsonb_build_object('registrationId', id, 'userId', user_id, 'seated', was_seated)
    FROM ended
  )
  SELECT array_agg(DISTINCT competition_id), array_agg(id) INTO v_competitions, v_ended FROM ended;

  PERFORM promote_v1(id) FROM unnest(v_competitions) AS id;

  RETURN QUERY SELECT unnest(v_ended);
END $$;


-- A batch of people asks for seats. The arrays are parallel, in the order of arrival; a person is at most once per
-- competition in them, and so is a (person, key).
--
--   p_waited_ms       how long each has waited in the process before this statement was sent, at most
--   p_waited_sure_ms  and at least: they differ when the process itself stood still. Who may have come before the
--                     deadline is in time, and who may have come after the opening is not too early.
--   p_patient         true: wait for a row that somebody else holds; false: say SKIPPED for its people
--   p_budget_ms       how long to wait for anything that somebody else holds
--
-- Verdict: PENDING, WAITLISTED, REPLAY, SKIPPED, or the code of the refusal.
CREATE FUNCTION register_v1(
  p_competition_ids uuid[],
  p_user_ids        uuid[],
  p_session_ids     uuid[],
  p_keys            text[],
  p_fingerprints    bytea[],
  p_joins           boolean[],
  p_waited_ms       double precision[],
  p_waited_sure_ms  double precision[],
  p_patient         boolean,
  p_budget_ms       integer
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
BEGIN
  PERFORM set_config('lock_timeout', p_budget_ms || 'ms', true);

  -- 1. Lock, in the order of ids, so that two batches never wait for each other in a circle. Only rows in which
  --    somebody can get in: "full" is read, not fought for.
  IF p_patient THEN
    SELECT array_agg(id) INTO v_held FROM (
      SELECT c.id FROM competitions c
      WHERE c.id = ANY (p_competition_ids) AND c.cancelled_at IS NULL AND (c.seats_left > 0 OR c.waitlist AND true = ANY (p_joins))
      ORDER BY c.id
      FOR NO KEY UPDATE
    ) locked;
  ELSE
    SELECT array_agg(id) INTO v_held FROM (
      SELECT c.id FROM competitions c
      WHERE c.id = ANY (p_competition_ids) AND c.cancelled_at IS NULL AND (c.seats_left > 0 OR c.waitlist AND true = ANY (p_joins))
      ORDER BY c.id
      FOR NO KEY UPDATE SKIP LOCKED
    ) locked;
  END IF;
  v_now := date_trunc('milliseconds', clock_timestamp());

  -- 2. Look, decide, write, answer.
  RETURN QUERY
  WITH entrant AS (
    SELECT e.n::integer, e.competition_id, e.user_id, e.session_id, e.key, e.fingerprint, e.joins,
           v_sent - e.waited * interval '1 millisecond' AS came_at_the_earliest,
           v_sent - e.waited_sure * interval '1 millisecond' AS came_at_the_latest
    FROM unnest(p_competition_ids, p_user_ids, p_session_ids, p_keys, p_fingerprints, p_joins, p_waited_ms, p_waited_sure_ms)
         WITH ORDINALITY AS e (competition_id, user_id, session_id, key, fingerprint, joins, waited, waited_sure, n)
  ), looked AS (
    SELECT e.n, e.competition_id, e.user_id, e.key, e.fingerprint, e.joins,
           k.body AS remembered_body, r.id AS own_id, r.status AS own_status,
           c.seats_left, c.waiting, c.waitlist, c.id = ANY (v_held) IS TRUE AS held,
           -- The order of these lines is the order of the answers.
           CASE
             WHEN s.id IS NULL THEN 'SESSION_ENDED'
             WHEN u.disabled_at IS NOT NULL THEN 'ACCOUNT_DISABLED'
             WHEN u.role <> 'PARTICIPANT' THEN 'FORBIDDEN'
             WHEN k.expires_at > v_now AND k.fingerprint = e.fingerprint THEN 'REPLAY'
             WHEN k.expires_at > v_now THEN 'IDEMPOTENCY_KEY_REUSED'
             WHEN c.id IS NULL THEN 'COMPETITION_NOT_FOUND'
             WHEN r.id IS NOT NULL THEN 'ALREADY_REGISTERED'
             WHEN c.cancelled_at IS NOT NULL THEN 'REGISTRATION_CLOSED'
             WHEN e.came_at_the_latest < c.reg_opens_at THEN 'REGISTRATION_NOT_OPEN'
             WHEN e.came_at_the_earliest >= c.reg_deadline THEN 'REGISTRATION_CLOSED'
           END AS refusal
    FROM entrant e
    -- LIMIT 1 keeps each of these a look-up by key, one per entrant. As plain joins they are planned anew for whatever
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
  ), placed AS (
    SELECT *, count(*) FILTER (WHERE refusal IS NULL) OVER (PARTITION BY competition_id ORDER BY n) AS place
    FROM looked
  ), judged AS (
    SELECT *,
           CASE
             WHEN refusal IS NOT NULL THEN refusal
             -- Seats belong to those in line before they belong to who comes now.
             WHEN place <= seats_left - waiting THEN CASE WHEN held THEN 'PENDING' ELSE 'SKIPPED' END
             WHEN joins AND waitlist THEN CASE WHEN held THEN 'WAITLISTED' ELSE 'SKIPPED' END
             -- Full only because of people before them who are skipped, and may not take those seats after all.
             WHEN seats_left > waiting AND NOT held THEN 'SKIPPED'
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
    -- Numbered in the order of arrival: who is first in line is decided by this number and by no clock.
    SELECT *,
           CASE WHEN verdict IN ('PENDING', 'WAITLISTED') THEN uuidv7() END AS new_id,
           CASE WHEN verdict IN ('PENDING', 'WAITLISTED') THEN nextval('registrations_admission_seq') END AS admission
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
  ), seated AS (
    -- Counted down, not set: were the lock ever missing, the check on the column would still stand.
    UPDATE competitions c
    SET seats_left = c.seats_left - a.seats, waiting = c.waiting + a.places
    FROM (SELECT DISTINCT competition_id, seats, places FROM answered WHERE new_id IS NOT NULL) a
    WHERE c.id = a.competition_id
  ), told AS (
    INSERT INTO outbox (queue, job, payload)
    SELECT 'registration', CASE verdict WHEN 'PENDING' THEN 'confirmation' ELSE 'waiting' END,
           jsonb_build_object('registrationId', new_id)
    FROM answered
    WHERE new_id IS NOT NULL
  ), audited AS (
    INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
    SELECT v_now, user_id, CASE verdict WHEN 'PENDING' THEN 'registration.seated' ELSE 'registration.waiting' END,
           competition_id, jsonb_build_object('registrationId', new_id, 'admission', admission)
    FROM answered
    WHERE new_id IS NOT NULL
  ), remembered AS (
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
      WHEN (SELECT count(*) FROM remembered) < (SELECT count(key) FROM answered WHERE new_id IS NOT NULL)
      THEN undo_for_taken_key()
    END AS nothing
  )
  SELECT a.n,
         a.verdict,
         CASE a.verdict WHEN 'REPLAY' THEN a.remembered_body ELSE a.new_body END,
         a.own_id,
         a.own_status,
         (a.seats_left - a.seats)::integer,
         (a.waiting + a.places)::integer
  FROM answered a, complete;
END $$;


-- A batch of people leaves. Where p_registration_ids names one (the link in a message), exactly that registration ends
-- and no session is asked for; otherwise the present one of the person does. p_patient and p_budget_ms as
-- above.
--
-- Verdict: CANCELLED (also again), REPLAY, SKIPPED, or the code of the refusal.
CREATE FUNCTION leave_v1(
  p_competition_ids  uuid[],
  p_user_ids         uuid[],
  p_session_ids      uuid[],
  p_keys             text[],
  p_fingerprints     bytea[],
  p_registration_ids uuid[],
  p_patient          boolean,
  p_budget_ms        integer
) RETURNS TABLE (n integer, verdict text, body text, seats_left integer, waiting integer)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
  v_body     constant text := '{"status":"CANCELLED"}';
  v_now      timestamptz;
  v_held     uuid[];
  v_verdicts text[];
  v_bodies   text[];
  v_leaving  uuid[];
  v_due      integer;
  v_kept     integer;
BEGIN
  PERFORM set_config('lock_timeout', p_budget_ms || 'ms', true);

  -- 1. Lock.
  IF p_patient THEN
    SELECT array_agg(id) INTO v_held FROM (
      SELECT c.id FROM competitions c WHERE c.id = ANY (p_competition_ids) ORDER BY c.id FOR NO KEY UPDATE
    ) locked;
  ELSE
    SELECT array_agg(id) INTO v_held FROM (
      SELECT c.id FROM competitions c WHERE c.id = ANY (p_competition_ids) ORDER BY c.id FOR NO KEY UPDATE SKIP LOCKED
    ) locked;
  END IF;
  v_now := date_trunc('milliseconds', clock_timestamp());

  -- 2. Look and decide.
  WITH looked AS (
    SELECT e.n, k.body, r.id AS active_id,
           -- The order of these lines is the order of the answers.
           CASE
             WHEN e.registration_id IS NULL AND s.id IS NULL THEN 'SESSION_ENDED'
             WHEN e.registration_id IS NULL AND u.disabled_at IS NOT NULL THEN 'ACCOUNT_DISABLED'
             WHEN k.expires_at > v_now AND k.fingerprint = e.fingerprint THEN 'REPLAY'
             WHEN k.expires_at > v_now THEN 'IDEMPOTENCY_KEY_REUSED'
             WHEN c.id IS NULL THEN 'COMPETITION_NOT_FOUND'
             WHEN r.id IS NOT NULL AND c.id = ANY (v_held) IS NOT TRUE THEN 'SKIPPED'
             WHEN r.id IS NOT NULL THEN 'CANCELLED'
             WHEN EXISTS (
               SELECT FROM registrations was
               WHERE was.user_id = e.user_id AND was.competition_id = e.competition_id
                 AND was.id = coalesce(e.registration_id, was.id)
             ) THEN 'CANCELLED'
             ELSE 'NOT_REGISTERED'
           END AS verdict
    FROM unnest(p_competition_ids, p_user_ids, p_session_ids, p_keys, p_fingerprints, p_registration_ids)
         WITH ORDINALITY AS e (competition_id, user_id, session_id, key, fingerprint, registration_id, n)
    LEFT JOIN LATERAL (SELECT * FROM users WHERE id = e.user_id LIMIT 1) u ON true
    LEFT JOIN LATERAL (
      SELECT * FROM sessions
      WHERE id = e.session_id AND user_id = e.user_id AND ended_at IS NULL AND expires_at > v_now
      LIMIT 1
    ) s ON true
    LEFT JOIN LATERAL (
      SELECT * FROM idempotency_records WHERE user_id = e.user_id AND operation = 'LEAVE' AND key = e.key LIMIT 1
    ) k ON true
    LEFT JOIN LATERAL (SELECT * FROM competitions WHERE id = e.competition_id AND deleted_at IS NULL LIMIT 1) c ON true
    LEFT JOIN LATERAL (
      SELECT * FROM registrations
      WHERE user_id = e.user_id AND competition_id = e.competition_id AND status <> 'CANCELLED'
        AND id = coalesce(e.registration_id, id)
      LIMIT 1
    ) r ON true
  )
  SELECT array_agg(verdict ORDER BY n),
         array_agg(coalesce(body, v_body) ORDER BY n),
         array_agg(active_id) FILTER (WHERE verdict = 'CANCELLED' AND active_id IS NOT NULL)
  INTO v_verdicts, v_bodies, v_leaving
  FROM looked;

  -- 3. Write.
  PERFORM end_registrations_v1(v_leaving, 'LEFT', NULL, NULL);

  INSERT INTO idempotency_records AS k (user_id, operation, key, fingerprint, status, body, expires_at)
  SELECT e.user_id, 'LEAVE', e.key, e.fingerprint, 200, v_body, v_now + interval '24 hours'
  FROM unnest(p_user_ids, p_keys, p_fingerprints, v_verdicts) AS e (user_id, key, fingerprint, verdict)
  WHERE e.verdict = 'CANCELLED' AND e.key IS NOT NULL
  ORDER BY e.user_id, e.key
  ON CONFLICT (user_id, operation, key) DO UPDATE
    SET fingerprint = excluded.fingerprint, status = excluded.status, body = excluded.body, expires_at = excluded.expires_at
    WHERE k.expires_at <= v_now;
  GET DIAGNOSTICS v_kept = ROW_COUNT;
  SELECT count(*) INTO v_due FROM unnest(p_keys, v_verdicts) AS e (key, verdict) WHERE verdict = 'CANCELLED' AND key IS NOT NULL;
  IF v_kept < v_due THEN
    PERFORM undo_for_taken_key();
  END IF;

  -- 4. Answer.
  RETURN QUERY
  SELECT e.n::integer, e.verdict, e.body, c.seats_left, c.waiting
  FROM unnest(v_verdicts, v_bodies, p_competition_ids) WITH ORDINALITY AS e (verdict, body, competition_id, n)
  LEFT JOIN competitions c ON c.id = e.competition_id;
END $$;
