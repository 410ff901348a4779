-- Reinstates a registration that has ended, with its old admission number: it gets a free seat if nobody with a lower
-- number waits for one, and otherwise waits at its old position; then people are promoted as ever. An application that was
-- rejected, or never decided, is an application again. Opening and deadline do not matter. When nobody is promoted anymore,
-- it is refused unless a seat is free. A team comes back with the members that it has now, all of them or none.
--
-- Result: REINSTATED (also when another member of the staff was first), or the error code of the refusal.
--
-- Writes: registrations, competitions, outbox (job `applied`, `confirmation`, `held` or `waiting`), audit_entries; see
-- promote_v1.
-- Locks: the caller must hold the lock of the competition's row; the function itself locks the registration.
-- Called by the reinstating of a person by the staff.
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
  SET status = v_status, seats = v_seats, promoted_at = NULL, ended_at = NULL, end_reason = NULL, status_at_end = NULL,
      removal_reason = NULL, reinstated_at = v_now, held_until = v_held_until,
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
