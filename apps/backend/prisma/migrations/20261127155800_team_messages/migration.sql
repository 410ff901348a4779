-- Messages to the members of a team are written under the lock of its registration, then of its memberships: leaving takes
-- both in that order. Who joins hears nothing of what happened before, and a captain who follows one that left is told.
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
  v_number       bigint;
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
  INSERT INTO outbox (queue, job, payload) VALUES ('registration', 'team-joined', jsonb_build_object('memberId', v_member_id))
  RETURNING number INTO v_number;
  -- No message reaches the member that is about what happened before.
  UPDATE team_members SET messages_up_to = v_number WHERE id = v_member_id;
  INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
  VALUES (v_now, p_user_id, 'team.joined', v_competition.id,
          jsonb_build_object('teamId', p_team_id, 'userId', p_user_id)
            || CASE WHEN v_registration.id IS NULL THEN '{}' ELSE jsonb_build_object('registrationId', v_registration.id) END);
  RETURN 'JOINED';
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
  v_new_captain  boolean := false;
BEGIN
  SELECT t.* INTO v_team FROM teams t
  WHERE t.id = (SELECT team_id FROM team_members WHERE id = p_member_id)
  FOR NO KEY UPDATE;
  -- Before the membership, as those who write messages to the team lock them.
  SELECT * INTO v_registration FROM registrations WHERE team_id = v_team.id AND status <> 'CANCELLED' FOR NO KEY UPDATE;
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
    v_new_captain := true;
  END IF;

  SELECT * INTO v_competition FROM competitions WHERE id = v_team.competition_id;

  INSERT INTO outbox (queue, job, payload)
  SELECT 'registration', 'team-left', jsonb_build_object('memberId', v_member.id)
  WHERE p_how <> 'ERASED' OR v_left > 0;
  IF v_new_captain THEN
    INSERT INTO outbox (queue, job, payload)
    SELECT 'registration', 'team-captain', jsonb_build_object('memberId', id) FROM team_members
    WHERE team_id = v_team.id AND user_id = v_team.captain_id AND left_at IS NULL;
  END IF;
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
         array_agg(member_id ORDER BY team_id, member_id) FILTER (WHERE verdict = 'CANCELLED' AND active_id IS NOT NULL AND team_id IS NOT NULL)
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
