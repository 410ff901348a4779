-- Ends a living membership of a team. Its seat goes on in the same commit; without a captain, the longest-serving member is
-- captain; with the last member, the team and its registration end. A team that waits keeps its place with fewer seats.
-- One that falls below the minimum is warned, unless somebody of it has come in: see settle_teams_v1.
-- Nothing happens to a membership that has ended.
--
--   p_how  LEFT, REMOVED (by the captain), NO_SHOW or ERASED
--
-- Writes: team_members, teams, registrations, competitions, outbox (jobs `team-left`, `team-captain` and
-- `team-below-minimum`), audit_entries; see end_registrations_v1 and promote_v1 for the rest.
-- Locks: the caller must hold the lock of the competition's row if the team has an active registration; the function itself
-- locks the team, then the registration, then the membership.
-- Called by leave_v1 and release_no_shows_v1, by the leaving and removing of members, and by the erasure of an account.
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
  VALUES (v_now, CASE p_how WHEN 'LEFT' THEN v_member.user_id ELSE p_actor_id END, 'team.' || replace(lower(p_how), '_', '-'),
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
  IF v_left = v_competition.team_min - 1 AND v_competition.teams_locked_at IS NULL AND NOT EXISTS (
    SELECT FROM check_ins WHERE registration_id = v_registration.id AND result = 'WELCOME'
  ) THEN
    INSERT INTO outbox (queue, job, payload)
    VALUES ('registration', 'team-below-minimum', jsonb_build_object('registrationId', v_registration.id));
  END IF;
END $$;

-- Does what is due for the teams of a competition once no hold and no invitation is: at their lock, ends those below the
-- minimum of which nobody has come in, at most 500 at a time; when promotion ends, gives the seats that are free to those on the waitlist that fit, in
-- order. Returns whether work is still due.
--
-- Writes: competitions; see end_registrations_v1 and seat_from_waitlist_v1 for the rest.
-- Locks: the caller must hold the lock of the competition's row.
-- Called by settle_v1.
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
        -- The lock may come after the start, and after the release of absent members.
        AND NOT EXISTS (SELECT FROM check_ins e WHERE e.registration_id = r.id AND e.result = 'WELCOME')
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
