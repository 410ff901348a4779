-- Adds a person to a team. A team that holds seats takes one more or is full; a team that waits keeps its place and needs
-- one seat more. Judged by the arrival of the request: the teams' lock is settled only after a request that arrived in time
-- is over.
--
--   p_waited_ms            the longest time that the request can have waited before this statement was sent
--   p_questions_version, p_answers
--                          as in register_v2, of the questions that every member answers
--   p_verified_only        as in register_v2, if the team is registered. Otherwise register_v2 looks at all members.
--
-- Result: JOINED, ALREADY_MEMBER (of this team), ANSWERS_INVALID, or the error code of the refusal.
--
-- Writes: team_members, team_member_answers, registrations, competitions, outbox (job `team-joined`), audit_entries.
-- Locks: the caller must hold the lock of the team, and before it that of the competition's row if the team has an active
-- registration; the function itself locks the registration.
-- Called by the joining of a team, and by join_team_v1.
CREATE OR REPLACE FUNCTION join_team_v2(
  p_team_id           uuid,
  p_user_id           uuid,
  p_waited_ms         double precision,
  p_questions_version integer,
  p_answers           jsonb,
  p_verified_only     boolean
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
  -- Also for the first member: the organizer may have made it a competition for persons while the team was created.
  IF v_competition.team_max IS NULL THEN RETURN 'FOR_PERSONS'; END IF;
  IF v_living = p_team_id THEN RETURN 'ALREADY_MEMBER'; END IF;
  IF v_living IS NOT NULL THEN RETURN 'ALREADY_IN_TEAM'; END IF;
  IF EXISTS (SELECT FROM competition_staff WHERE competition_id = v_competition.id AND user_id = p_user_id) THEN
    RETURN 'STAFF_CANNOT_REGISTER';
  END IF;
  IF v_competition.cancelled_at IS NOT NULL THEN RETURN 'COMPETITION_CANCELLED'; END IF;
  -- Whoever was rejected with another team cannot apply again with this one.
  IF v_competition.admission_mode = 'APPROVAL' AND EXISTS (
    SELECT FROM team_members m
    JOIN registrations r ON r.team_id = m.team_id AND r.end_reason = 'REJECTED'
    WHERE m.user_id = p_user_id AND m.competition_id = v_competition.id
      AND m.joined_at <= r.ended_at AND coalesce(m.left_at, 'infinity') > r.ended_at
  ) THEN
    RETURN 'ALREADY_DECIDED';
  END IF;
  IF v_competition.teams_locked_at IS NOT NULL OR v_came >= teams_lock(v_competition) THEN RETURN 'TEAMS_LOCKED'; END IF;
  IF p_verified_only AND v_registration.id IS NOT NULL
     AND EXISTS (SELECT FROM users WHERE id = p_user_id AND must_verify AND email_verified_at IS NULL) THEN
    RETURN 'EMAIL_NOT_VERIFIED';
  END IF;
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
