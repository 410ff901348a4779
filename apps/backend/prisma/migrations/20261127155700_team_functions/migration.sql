-- Seats are counted as the sum of what registrations take, for persons and teams alike.
CREATE VIEW "registration_people" AS
  SELECT id AS registration_id, competition_id, user_id, NULL::uuid AS team_id
  FROM registrations
  WHERE user_id IS NOT NULL
  UNION ALL
  SELECT r.id, r.competition_id, m.user_id, r.team_id
  FROM registrations r
  JOIN team_members m ON m.team_id = r.team_id AND m.left_at IS NULL;

CREATE OR REPLACE FUNCTION registrant(user_id uuid, team_id uuid) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN team_id IS NULL THEN jsonb_build_object('userId', user_id) ELSE jsonb_build_object('teamId', team_id) END;
CREATE OR REPLACE FUNCTION places_in_order(p_takes integer[], p_may_wait boolean[], p_free integer) RETURNS integer[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  v_taken  integer := 0;
  v_places integer[] := '{}';
BEGIN
  FOR i IN 1 .. coalesce(cardinality(p_takes), 0) LOOP
    v_places := v_places || v_taken + p_takes[i];
    IF v_taken + p_takes[i] <= p_free OR p_may_wait[i] IS TRUE THEN
      v_taken := v_taken + p_takes[i];
    END IF;
  END LOOP;
  RETURN v_places;
END $$;
CREATE OR REPLACE FUNCTION members_fitness(p_team_id uuid, c competitions, p_verified_only boolean)
RETURNS TABLE (id uuid, user_id uuid, name text, joined_at timestamptz, reason text)
LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT m.id, m.user_id, u.name, m.joined_at,
         CASE
           WHEN u.disabled_at IS NOT NULL THEN 'DISABLED'
           WHEN EXISTS (
             SELECT FROM competition_staff s WHERE s.competition_id = m.competition_id AND s.user_id = m.user_id
           ) THEN 'STAFF'
           WHEN p_verified_only AND u.must_verify AND u.email_verified_at IS NULL THEN 'EMAIL_NOT_VERIFIED'
           WHEN c.requires_member_answers AND NOT EXISTS (
             SELECT FROM team_member_answers a WHERE a.member_id = m.id AND a.questions_version = c.questions_version
           ) THEN 'ANSWERS_MISSING'
         END
  FROM team_members m
  JOIN users u ON u.id = m.user_id
  WHERE m.team_id = p_team_id AND m.left_at IS NULL
  ORDER BY m.joined_at, m.id;
END;
CREATE OR REPLACE FUNCTION promotes_until(c competitions) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN greatest(
  c.reg_deadline,
  coalesce(
    c.promote_until,
    CASE
      WHEN c.admission_mode = 'APPROVAL' OR c.confirm_within_seconds IS NOT NULL OR c.team_max IS NOT NULL THEN c.start_date
    END
  )
);
CREATE OR REPLACE FUNCTION teams_lock(c competitions) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(c.teams_lock_at, promotes_until(c));
CREATE OR REPLACE FUNCTION set_next_expiry_v1(p_competition_id uuid) RETURNS void
LANGUAGE sql
BEGIN ATOMIC
  UPDATE competitions c
  SET next_expiry_at = least(
    expiry_due_at(
      least(
        (SELECT min(held_until) FROM registrations WHERE competition_id = p_competition_id AND status = 'HELD'),
        (SELECT min(expires_at) FROM invitations WHERE competition_id = p_competition_id AND ended_at IS NULL),
        CASE WHEN c.team_max IS NOT NULL AND c.teams_locked_at IS NULL THEN teams_lock(c) END
      ),
      promotes_until(c)
    ),
    CASE WHEN c.team_max IS NOT NULL AND c.last_pass_at IS NULL THEN promotes_until(c) END
  )
  WHERE id = p_competition_id;
END;
CREATE OR REPLACE FUNCTION competition_status(c competitions, at timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
  WHEN c.cancelled_at IS NOT NULL THEN 'cancelled'
  WHEN c.reg_deadline <= at THEN 'closed'
  WHEN c.reg_opens_at > at THEN 'upcoming'
  WHEN c.admission_mode = 'APPROVAL' OR c.next_expiry_at <= at THEN 'open'
  WHEN c.seats_left <= c.waiting + c.waiting_extra_seats THEN 'full'
  ELSE 'open'
END;
CREATE OR REPLACE FUNCTION seat_from_waitlist_v1(p_competition_id uuid, p_registration_ids uuid[]) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_now        timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_held_until timestamptz;
  v_n          integer;
BEGIN
  SELECT hold_until(c, v_now) INTO v_held_until FROM competitions c WHERE id = p_competition_id;

  -- An array and not a join: with a waitlist of unknown length the planner might read the whole table.
  WITH promoted AS (
    UPDATE registrations
    SET status = CASE WHEN v_held_until IS NULL THEN 'PENDING' ELSE 'HELD' END::"RegistrationStatus",
        promoted_at = v_now, held_until = v_held_until
    WHERE id = ANY (p_registration_ids) AND status = 'WAITLISTED'
    RETURNING id, user_id, team_id, seats, admission
  ), told AS (
    INSERT INTO outbox (queue, job, payload)
    SELECT 'registration', CASE WHEN v_held_until IS NULL THEN 'confirmation' ELSE 'held' END,
           jsonb_build_object('registrationId', id)
    FROM promoted
    ORDER BY admission
  ), audited AS (
    INSERT INTO audit_entries (at, action, subject_id, details)
    SELECT v_now, 'registration.promoted', p_competition_id,
           jsonb_build_object('registrationId', id, 'admission', admission) || registrant(user_id, team_id)
             || CASE WHEN v_held_until IS NULL THEN '{}' ELSE jsonb_build_object('heldUntil', iso_instant(v_held_until)) END
    FROM promoted
    ORDER BY admission
  )
  UPDATE competitions c
  SET seats_left = c.seats_left - p.seats,
      waiting = c.waiting - p.n,
      waiting_extra_seats = c.waiting_extra_seats - (p.seats - p.n),
      next_expiry_at = least(c.next_expiry_at, expiry_due_at(v_held_until, promotes_until(c)))
  FROM (SELECT count(*)::integer AS n, sum(seats)::integer AS seats FROM promoted) p
  WHERE c.id = p_competition_id AND p.n > 0
  RETURNING p.n INTO v_n;

  RETURN coalesce(v_n, 0);
END $$;
CREATE OR REPLACE FUNCTION promote_v1(p_competition_id uuid) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_step        constant integer := 500;
  v_now         timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_competition competitions;
  v_due         timestamptz;
  v_ids         uuid[];
  v_n           integer := 0;
  v_is_due      boolean := false;
BEGIN
  SELECT * INTO v_competition FROM competitions WHERE id = p_competition_id;
  v_due := v_competition.next_due_at;
  IF v_competition.cancelled_at IS NULL AND v_competition.deleted_at IS NULL
     AND (promotes_until(v_competition) > v_now OR v_due IS NOT NULL)
     AND v_competition.seats_left > 0 AND v_competition.waiting > 0 THEN
    SELECT array_agg(id ORDER BY admission) FILTER (WHERE place <= v_step),
           -- False when nobody is found: a wrong counter must not keep the worker busy for ever.
           bool_or(place > v_step) IS TRUE
    INTO v_ids, v_is_due
    FROM (
      SELECT id, admission, row_number() OVER in_line AS place, sum(seats) OVER in_line AS seats_up_to
      FROM (
        SELECT id, admission, seats FROM registrations
        WHERE competition_id = p_competition_id AND status = 'WAITLISTED'
        ORDER BY admission
        LIMIT least(v_competition.seats_left, v_step + 1)
      ) first_in_line
      WINDOW in_line AS (ORDER BY admission)
    ) placed
    WHERE seats_up_to <= v_competition.seats_left;
  END IF;

  IF v_ids IS NOT NULL THEN
    v_n := seat_from_waitlist_v1(p_competition_id, v_ids);
  END IF;
  IF v_is_due <> (v_due IS NOT NULL) THEN
    UPDATE competitions SET next_due_at = CASE WHEN v_is_due THEN v_now END WHERE id = p_competition_id;
  END IF;
  RETURN v_n;
END $$;
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
    RETURNING r.id, r.competition_id, r.user_id, r.team_id, r.seats, old.status AS was
  ), counted AS (
    SELECT competition_id,
           -- An application has neither a seat nor a place on the waitlist.
           coalesce(sum(seats) FILTER (WHERE holds_seat(was)), 0)::integer AS seats,
           count(*) FILTER (WHERE was = 'WAITLISTED')::integer AS places,
           coalesce(sum(seats - 1) FILTER (WHERE was = 'WAITLISTED'), 0)::integer AS extra
    FROM ended
    GROUP BY competition_id
  ), freed AS (
    UPDATE competitions c
    SET seats_left = c.seats_left + n.seats, waiting = c.waiting - n.places,
        waiting_extra_seats = c.waiting_extra_seats - n.extra
    FROM counted n
    WHERE c.id = n.competition_id
  ), told AS (
    -- A canceled competition sends one message of its own, and an erased account gets none.
    INSERT INTO outbox (queue, job, payload, due_at)
    SELECT 'registration', replace(lower(p_reason::text), '_', '-'), jsonb_build_object('registrationId', id),
           CASE p_reason WHEN 'REJECTED' THEN v_now + interval '10 seconds' ELSE now() END
    FROM ended
    WHERE p_reason IN ('LEFT', 'REMOVED', 'REJECTED', 'EXPIRED', 'TEAM_TOO_SMALL', 'NO_SHOW')
  ), audited AS (
    INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
    SELECT v_now, CASE WHEN p_reason = 'LEFT' AND user_id IS NOT NULL THEN user_id ELSE p_actor_id END,
           'registration.' || CASE p_reason
             WHEN 'COMPETITION_CANCELLED' THEN 'cancelled'
             ELSE replace(lower(p_reason::text), '_', '-')
           END,
           competition_id,
           jsonb_build_object('registrationId', id, 'seated', holds_seat(was), 'was', was) || registrant(user_id, team_id)
    FROM ended
  )
  SELECT array_agg(DISTINCT competition_id), array_agg(id) INTO v_competitions, v_ended FROM ended;

  PERFORM promote_v1(id) FROM unnest(v_competitions) AS id;

  RETURN QUERY SELECT unnest(v_ended);
END $$;
CREATE OR REPLACE FUNCTION leave_team_v1(p_member_id uuid, p_how text, p_actor_id uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_now          timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_member       team_members;
  v_team         teams;
  v_competition  competitions;
  v_registration registrations;
  v_left         integer;
BEGIN
  SELECT t.* INTO v_team FROM teams t
  WHERE t.id = (SELECT team_id FROM team_members WHERE id = p_member_id)
  FOR NO KEY UPDATE;
  UPDATE team_members SET left_at = v_now, left_how = p_how WHERE id = p_member_id AND left_at IS NULL
  RETURNING * INTO v_member;
  IF v_member.id IS NULL THEN RETURN; END IF;

  SELECT count(*) INTO v_left FROM team_members WHERE team_id = v_team.id AND left_at IS NULL;
  IF v_left = 0 THEN
    UPDATE teams SET ended_at = v_now WHERE id = v_team.id;
  ELSIF v_team.captain_id = v_member.user_id THEN
    UPDATE teams SET captain_id = (
      SELECT user_id FROM team_members WHERE team_id = v_team.id AND left_at IS NULL ORDER BY joined_at, id LIMIT 1
    )
    WHERE id = v_team.id
    RETURNING * INTO v_team;
  END IF;

  SELECT * INTO v_competition FROM competitions WHERE id = v_team.competition_id;
  SELECT * INTO v_registration FROM registrations WHERE team_id = v_team.id AND status <> 'CANCELLED' FOR NO KEY UPDATE;

  INSERT INTO outbox (queue, job, payload)
  SELECT 'registration', 'team-left', jsonb_build_object('memberId', v_member.id)
  WHERE p_how <> 'ERASED' OR v_left > 0;
  INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
  VALUES (v_now, CASE p_how WHEN 'LEFT' THEN v_member.user_id ELSE p_actor_id END, 'team.' || lower(p_how),
          v_team.competition_id,
          jsonb_build_object('teamId', v_team.id, 'userId', v_member.user_id, 'captainId', v_team.captain_id, 'members', v_left)
            || CASE WHEN v_registration.id IS NULL THEN '{}' ELSE jsonb_build_object('registrationId', v_registration.id) END);
  IF v_registration.id IS NULL THEN RETURN; END IF;

  IF v_left = 0 THEN
    PERFORM end_registrations_v1(ARRAY[v_registration.id], 'LEFT', NULL, v_member.user_id);
    RETURN;
  END IF;
  IF v_competition.seat_unit = 'PERSON' THEN
    UPDATE registrations SET seats = seats - 1 WHERE id = v_registration.id;
    UPDATE competitions
    SET seats_left = seats_left + CASE WHEN holds_seat(v_registration.status) THEN 1 ELSE 0 END,
        waiting_extra_seats = waiting_extra_seats - CASE WHEN v_registration.status = 'WAITLISTED' THEN 1 ELSE 0 END
    WHERE id = v_competition.id;
    PERFORM promote_v1(v_competition.id);
  END IF;
  IF v_left = v_competition.team_min - 1 AND v_competition.teams_locked_at IS NULL THEN
    INSERT INTO outbox (queue, job, payload)
    VALUES ('registration', 'team-below-minimum', jsonb_build_object('registrationId', v_registration.id));
  END IF;
END $$;
CREATE OR REPLACE FUNCTION settle_teams_v1(p_competition_id uuid) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_step        constant integer := 500;
  v_now         timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_competition competitions;
  v_until       timestamptz;
  v_ids         uuid[];
BEGIN
  SELECT * INTO v_competition FROM competitions WHERE id = p_competition_id;
  v_until := promotes_until(v_competition);

  IF v_competition.teams_locked_at IS NULL AND expiry_due_at(teams_lock(v_competition), v_until) <= v_now THEN
    SELECT array_agg(id) INTO v_ids FROM (
      SELECT r.id FROM registrations r
      WHERE r.competition_id = p_competition_id AND r.status <> 'CANCELLED'
        AND (SELECT count(*) FROM team_members m WHERE m.team_id = r.team_id AND m.left_at IS NULL) < v_competition.team_min
      ORDER BY r.admission
      LIMIT v_step
    ) too_small;
    IF v_ids IS NULL THEN
      UPDATE competitions SET teams_locked_at = v_now WHERE id = p_competition_id;
    ELSE
      IF teams_lock(v_competition) <= v_until AND v_competition.waiting > 0 THEN
        -- Their seats belong to the waitlist as of the lock, however late this runs.
        UPDATE competitions SET next_due_at = coalesce(next_due_at, v_now) WHERE id = p_competition_id;
      END IF;
      PERFORM end_registrations_v1(v_ids, 'TEAM_TOO_SMALL', NULL, NULL);
    END IF;
  ELSIF v_competition.next_due_at IS NOT NULL THEN
    PERFORM promote_v1(p_competition_id);
  ELSIF v_competition.last_pass_at IS NULL AND v_until <= v_now THEN
    SELECT array_agg(id ORDER BY admission) FILTER (WHERE place <= v_competition.seats_left) INTO v_ids FROM (
      SELECT unnest(array_agg(id ORDER BY admission)) AS id,
             unnest(array_agg(admission ORDER BY admission)) AS admission,
             unnest(places_in_order(array_agg(seats ORDER BY admission), NULL, v_competition.seats_left)) AS place
      FROM registrations
      WHERE competition_id = p_competition_id AND status = 'WAITLISTED' AND v_competition.seats_left > 0
    ) in_order;
    UPDATE competitions SET last_pass_at = v_now WHERE id = p_competition_id;
    PERFORM seat_from_waitlist_v1(p_competition_id, v_ids);
  END IF;

  PERFORM set_next_expiry_v1(p_competition_id);
  RETURN (SELECT next_due_at IS NOT NULL OR next_expiry_at <= v_now FROM competitions WHERE id = p_competition_id) IS TRUE;
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

  IF v_in_time IS NULL AND v_competition.team_max IS NOT NULL THEN
    RETURN settle_teams_v1(p_competition_id);
  END IF;
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
CREATE OR REPLACE FUNCTION join_team_v1(
  p_team_id           uuid,
  p_user_id           uuid,
  p_waited_ms         double precision,
  p_questions_version integer,
  p_answers           jsonb
) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  v_now          timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_came         timestamptz := statement_timestamp() - p_waited_ms * interval '1 millisecond';
  v_team         teams;
  v_competition  competitions;
  v_registration registrations;
  v_living       uuid;
  v_member_id    uuid;
BEGIN
  SELECT * INTO v_team FROM teams WHERE id = p_team_id;
  SELECT * INTO v_competition FROM competitions WHERE id = v_team.competition_id;
  SELECT * INTO v_registration FROM registrations WHERE team_id = p_team_id AND status <> 'CANCELLED' FOR NO KEY UPDATE;
  SELECT team_id INTO v_living FROM team_members
  WHERE user_id = p_user_id AND competition_id = v_team.competition_id AND left_at IS NULL;

  -- The order of these lines is the order of the answers.
  IF v_team.ended_at IS NOT NULL OR v_competition.deleted_at IS NOT NULL THEN RETURN 'TEAM_NOT_FOUND'; END IF;
  IF v_living = p_team_id THEN RETURN 'ALREADY_MEMBER'; END IF;
  IF v_living IS NOT NULL THEN RETURN 'ALREADY_IN_TEAM'; END IF;
  IF EXISTS (SELECT FROM competition_staff WHERE competition_id = v_competition.id AND user_id = p_user_id) THEN
    RETURN 'STAFF_CANNOT_REGISTER';
  END IF;
  IF v_competition.cancelled_at IS NOT NULL THEN RETURN 'COMPETITION_CANCELLED'; END IF;
  IF v_competition.teams_locked_at IS NOT NULL OR v_came >= teams_lock(v_competition) THEN RETURN 'TEAMS_LOCKED'; END IF;
  IF coalesce(p_questions_version, CASE WHEN v_competition.requires_member_answers THEN -1 ELSE v_competition.questions_version END)
     <> v_competition.questions_version THEN
    RETURN 'QUESTIONS_CHANGED';
  END IF;
  IF p_questions_version IS NOT NULL AND p_answers IS NULL THEN RETURN 'ANSWERS_INVALID'; END IF;
  IF (SELECT count(*) FROM team_members WHERE team_id = p_team_id AND left_at IS NULL) >= v_competition.team_max THEN
    RETURN 'TEAM_FULL';
  END IF;
  -- Seats belong to the waitlist before they belong to newcomers.
  IF v_competition.seat_unit = 'PERSON' AND holds_seat(v_registration.status)
     AND (v_competition.seats_left < 1 OR v_competition.waiting > 0) THEN
    RETURN 'COMPETITION_FULL';
  END IF;

  INSERT INTO team_members (team_id, competition_id, user_id, joined_at)
  VALUES (p_team_id, v_competition.id, p_user_id, v_now)
  -- The person has joined another team at the same moment.
  ON CONFLICT (competition_id, user_id) WHERE left_at IS NULL DO NOTHING
  RETURNING id INTO v_member_id;
  IF v_member_id IS NULL THEN RETURN 'ALREADY_IN_TEAM'; END IF;
  INSERT INTO team_member_answers (member_id, questions_version, answers, consents, updated_at)
  SELECT v_member_id, p_questions_version, p_answers->'answers', p_answers->'consents', v_now
  WHERE p_questions_version IS NOT NULL;

  IF v_competition.seat_unit = 'PERSON' AND v_registration.id IS NOT NULL THEN
    UPDATE registrations SET seats = seats + 1 WHERE id = v_registration.id;
    UPDATE competitions
    SET seats_left = seats_left - CASE WHEN holds_seat(v_registration.status) THEN 1 ELSE 0 END,
        waiting_extra_seats = waiting_extra_seats + CASE WHEN v_registration.status = 'WAITLISTED' THEN 1 ELSE 0 END
    WHERE id = v_competition.id;
  END IF;
  INSERT INTO outbox (queue, job, payload) VALUES ('registration', 'team-joined', jsonb_build_object('memberId', v_member_id));
  INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
  VALUES (v_now, p_user_id, 'team.joined', v_competition.id,
          jsonb_build_object('teamId', p_team_id, 'userId', p_user_id)
            || CASE WHEN v_registration.id IS NULL THEN '{}' ELSE jsonb_build_object('registrationId', v_registration.id) END);
  RETURN 'JOINED';
END $$;
CREATE OR REPLACE FUNCTION leave_v1(
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
  v_members  uuid[];
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
    SELECT e.n, k.body, r.id AS active_id, r.team_id, membership.id AS member_id,
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
             WHEN EXISTS (
               SELECT FROM team_members former JOIN registrations was ON was.team_id = former.team_id
               WHERE former.user_id = e.user_id AND former.competition_id = e.competition_id
                 AND was.id = coalesce(e.registration_id, was.id)
             ) THEN 'CANCELLED'
             -- Only its staff may know that it exists.
             WHEN c.visibility = 'DRAFT' THEN 'COMPETITION_NOT_FOUND'
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
      SELECT * FROM team_members
      WHERE c.team_max IS NOT NULL AND user_id = e.user_id AND competition_id = e.competition_id AND left_at IS NULL
      LIMIT 1
    ) membership ON true
    LEFT JOIN LATERAL (
      (SELECT * FROM registrations
       WHERE c.team_max IS NULL AND user_id = e.user_id AND competition_id = e.competition_id AND status <> 'CANCELLED'
         AND id = coalesce(e.registration_id, id)
       LIMIT 1)
      UNION ALL
      (SELECT * FROM registrations
       WHERE c.team_max IS NOT NULL AND team_id = membership.team_id AND status <> 'CANCELLED'
         AND id = coalesce(e.registration_id, id)
       LIMIT 1)
    ) r ON true
  )
  SELECT array_agg(verdict ORDER BY n),
         array_agg(coalesce(body, v_body) ORDER BY n),
         array_agg(active_id) FILTER (WHERE verdict = 'CANCELLED' AND active_id IS NOT NULL AND team_id IS NULL),
         array_agg(member_id ORDER BY team_id, n) FILTER (WHERE verdict = 'CANCELLED' AND active_id IS NOT NULL AND team_id IS NOT NULL)
  INTO v_verdicts, v_bodies, v_leaving, v_members
  FROM looked;

  -- 3. Write.
  PERFORM end_registrations_v1(v_leaving, 'LEFT', NULL, NULL);
  PERFORM leave_team_v1(m, 'LEFT', NULL) FROM unnest(v_members) AS m;

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
  v_extra       integer;
BEGIN
  PERFORM settle_all_v1(p_competition_id);
  SELECT * INTO v_competition FROM competitions WHERE id = p_competition_id;
  v_now := date_trunc('milliseconds', clock_timestamp());
  v_free := greatest(v_competition.seats_left - v_competition.waiting - v_competition.waiting_extra_seats, 0);
  v_is_open := v_competition.waitlist AND promotes_until(v_competition) > v_now;
  v_held_until := hold_until(v_competition, v_now);
  v_seated := CASE WHEN v_held_until IS NULL THEN 'PENDING' ELSE 'HELD' END;

  WITH found AS (
    SELECT e.n::integer, e.id, e.decision, e.reason, r.user_id, r.team_id, r.seats,
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
  ), places AS (
    SELECT unnest(array_agg(n ORDER BY n)) AS n,
           unnest(places_in_order(array_agg(seats ORDER BY n), array_agg(v_is_open ORDER BY n), v_free)) AS place
    FROM found
    WHERE refusal IS NULL AND decision = 'ACCEPT'
  ), placed AS (
    SELECT f.*, p.place, max(p.place) OVER (ORDER BY f.n) AS accepted
    FROM found f
    LEFT JOIN places p ON p.n = f.n
  ), judged AS MATERIALIZED (
    SELECT *,
           CASE
             WHEN refusal IS NOT NULL THEN refusal
             WHEN decision = 'REJECT' THEN 'CANCELLED'
             WHEN decision = 'ACCEPT' AND place <= v_free THEN v_seated::text
             WHEN decision = 'WAITLIST' AND coalesce(accepted, 0) + seats <= v_free THEN 'SEATS_AVAILABLE'
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
           jsonb_build_object('registrationId', id, 'admission', admission, 'status', verdict) || registrant(user_id, team_id)
             || CASE verdict WHEN 'HELD' THEN jsonb_build_object('heldUntil', iso_instant(v_held_until)) ELSE '{}' END
    FROM admitted
    ORDER BY n
  )
  SELECT array_agg(verdict ORDER BY n),
         array_agg(id ORDER BY n) FILTER (WHERE verdict = 'CANCELLED'),
         coalesce(sum(seats) FILTER (WHERE verdict IN ('PENDING', 'HELD')), 0),
         count(*) FILTER (WHERE verdict = 'WAITLISTED'),
         coalesce(sum(seats - 1) FILTER (WHERE verdict = 'WAITLISTED'), 0)
  INTO v_verdicts, v_rejected, v_seats, v_places, v_extra
  FROM judged;

  IF v_seats + v_places > 0 THEN
    UPDATE competitions c
    SET seats_left = seats_left - v_seats,
        waiting = waiting + v_places,
        waiting_extra_seats = waiting_extra_seats + v_extra,
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
    OR team_id = (
      SELECT team_id FROM team_members WHERE user_id = p_user_id AND competition_id = p_competition_id AND left_at IS NULL
    )
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
  IF v_latest.team_id IS NOT NULL AND p_user_id <> (SELECT captain_id FROM teams WHERE id = v_latest.team_id) THEN
    RETURN 'NOT_CAPTAIN';
  END IF;
  IF v_came >= v_latest.held_until THEN RETURN 'HOLD_EXPIRED'; END IF;

  UPDATE registrations SET status = 'PENDING' WHERE id = v_latest.id;
  INSERT INTO outbox (queue, job, payload)
  VALUES ('registration', 'confirmation', jsonb_build_object('registrationId', v_latest.id));
  INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
  VALUES (v_now, p_user_id, 'registration.confirmed', p_competition_id,
          jsonb_build_object('registrationId', v_latest.id) || registrant(v_latest.user_id, v_latest.team_id));
  RETURN 'PENDING';
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
  v_seats       integer := 1;
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
  IF v_ended.team_id IS NOT NULL THEN
    PERFORM FROM teams WHERE id = v_ended.team_id FOR NO KEY UPDATE;
    SELECT CASE v_competition.seat_unit WHEN 'TEAM' THEN least(count(*), 1) ELSE count(*) END INTO v_seats
    FROM team_members WHERE team_id = v_ended.team_id AND left_at IS NULL;
    IF v_seats = 0 THEN RETURN 'TEAM_NOT_FOUND'; END IF;
    IF EXISTS (
      SELECT FROM team_members m JOIN competition_staff s ON s.competition_id = m.competition_id AND s.user_id = m.user_id
      WHERE m.team_id = v_ended.team_id AND m.left_at IS NULL
    ) THEN
      RETURN 'STAFF_CANNOT_REGISTER';
    END IF;
  END IF;
  IF EXISTS (
    SELECT FROM registrations
    WHERE (user_id = v_ended.user_id AND competition_id = p_competition_id OR team_id = v_ended.team_id) AND status <> 'CANCELLED'
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
    WHEN v_competition.seats_left >= v_seats AND v_is_first
      THEN CASE WHEN v_held_until IS NULL THEN 'PENDING' ELSE 'HELD' END
    ELSE 'WAITLISTED'
  END;
  IF v_status = 'WAITLISTED' AND promotes_until(v_competition) <= v_now AND v_competition.next_due_at IS NULL THEN
    RETURN 'COMPETITION_FULL';
  END IF;

  IF v_status <> 'HELD' THEN v_held_until := NULL; END IF;

  UPDATE registrations
  SET status = v_status, seats = v_seats, promoted_at = NULL, ended_at = NULL, end_reason = NULL, removal_reason = NULL,
      reinstated_at = v_now, held_until = v_held_until,
      decided_at = CASE WHEN v_status <> 'APPLIED' THEN decided_at END
  WHERE id = p_registration_id;

  UPDATE competitions c
  SET seats_left = seats_left - CASE WHEN holds_seat(v_status) THEN v_seats ELSE 0 END,
      waiting = waiting + CASE WHEN v_status = 'WAITLISTED' THEN 1 ELSE 0 END,
      waiting_extra_seats = waiting_extra_seats + CASE WHEN v_status = 'WAITLISTED' THEN v_seats - 1 ELSE 0 END,
      next_expiry_at = least(next_expiry_at, expiry_due_at(v_held_until, promotes_until(c)))
  WHERE id = p_competition_id;

  INSERT INTO outbox (queue, job, payload)
  VALUES ('registration',
          CASE v_status WHEN 'APPLIED' THEN 'applied' WHEN 'PENDING' THEN 'confirmation' WHEN 'HELD' THEN 'held' ELSE 'waiting' END,
          jsonb_build_object('registrationId', p_registration_id));

  INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
  VALUES (v_now, p_actor_id, 'registration.reinstated', p_competition_id,
          jsonb_build_object('registrationId', p_registration_id, 'seated', holds_seat(v_status), 'status', v_status)
            || registrant(v_ended.user_id, v_ended.team_id));

  PERFORM promote_v1(p_competition_id);
  RETURN 'REINSTATED';
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
  v_teams uuid[];
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
           c.id = ANY (v_held) IS TRUE AND (e.team_id IS NULL OR e.team_id = ANY (v_teams) IS TRUE) AS held,
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
             WHEN rejected.id IS NOT NULL THEN 'ALREADY_DECIDED'
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
           coalesce(t.place, count(*) FILTER (WHERE f.refusal IS NULL) OVER (PARTITION BY f.competition_id ORDER BY f.n)) AS place
    FROM found f
    LEFT JOIN places_of_teams t ON t.n = f.n
  ), judged AS (
    SELECT *,
           CASE
             WHEN refusal IS NOT NULL THEN refusal
             WHEN applies THEN CASE WHEN held THEN 'APPLIED' ELSE 'SKIPPED' END
             -- Seats belong to the waitlist before they belong to newcomers.
             WHEN place <= free THEN CASE WHEN held THEN 'PENDING' ELSE 'SKIPPED' END
             WHEN joins AND waitlist THEN CASE WHEN held THEN 'WAITLISTED' ELSE 'SKIPPED' END
             -- Full only because of people before them who are skipped, and may not take those seats after all.
             WHEN free > 0 AND NOT held THEN 'SKIPPED'
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
