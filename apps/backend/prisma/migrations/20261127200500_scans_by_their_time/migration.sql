-- Ends registrations, whatever the reason (left, removed, rejected, hold expired, team too small, no-show, competition
-- canceled, account erased),
-- and promotes people from the waitlist into the seats that become free. A registration that has already ended is skipped.
-- Returns the ids of those that this call ended.
--
-- Writes: registrations, competitions, outbox (a message for each person, 10 s later for a rejection, which can be taken
-- back; none if the competition is canceled, because that sends a message of its own, or if the account is erased),
-- audit_entries; see promote_v1 for the rest.
-- Locks: the caller must hold the locks of the rows of all these competitions; the function itself locks the
-- registrations that it ends, in the order of their ids.
-- Called by leave_v1, leave_team_v1, decide_v1 and settle_v1, by the removal of a person by an organizer, by the job that cancels a
-- competition, and by the erasure of an account.
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
  -- The UPDATE below locks them in any order: scans of doors, which lock in the order of ids and without the competition,
  -- would wait for this call while it waits for them.
  PERFORM FROM registrations WHERE id = ANY (p_registration_ids) ORDER BY id FOR NO KEY UPDATE;

  WITH ended AS (
    UPDATE registrations r
    SET status = 'CANCELLED', status_at_end = r.status, ended_at = v_now, end_reason = p_reason,
        removal_reason = p_removal_reason
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

-- Records scans of a door. A scan that was recorded before is skipped, whatever else it says; so is one about a registration
-- of another competition, or a person whom the registration never had.
--
--   p_accepted       true, or NULL if a manager has to decide, because the role of the scanner has ended
--   p_ages_ms        how long ago it was scanned, by the clock of the device: that clock may be wrong, but runs
--   p_door_id        NULL: by no door
--   p_snapshots      when the list of the door was taken: nobody was scanned before
--   p_has_ticket     its signature is valid: the person belongs, or belonged, to the registration
--   p_is_valid       false: the key of the ticket is revoked
--
-- A scan is judged by what the registration, or the membership of its team, was at the time of the scan. What cannot be told
-- is judged by what it is now: whether a hold was confirmed by then, and what was before it was reinstated.
--
-- Writes: check_ins.
-- Locks: the registrations, in the order of their ids, as the release of no-shows does. The caller need not hold the lock
-- of the competition.
-- Called by the upload of a door, and by the undo of a manager.
CREATE OR REPLACE FUNCTION check_in_v1(
  p_competition_id   uuid,
  p_door_id          uuid,
  p_scanner_id       uuid,
  p_accepted         boolean,
  p_received_at      timestamptz,
  p_ids              uuid[],
  p_kinds            text[],
  p_registration_ids uuid[],
  p_user_ids         uuid[],
  p_ages_ms          double precision[],
  p_snapshots        timestamptz[],
  p_has_ticket       boolean[],
  p_is_valid         boolean[]
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_received timestamptz := date_trunc('milliseconds', p_received_at);
  v_opened   timestamptz;
BEGIN
  PERFORM FROM registrations
  WHERE id = ANY (p_registration_ids) AND competition_id = p_competition_id
  ORDER BY id
  FOR NO KEY UPDATE;
  SELECT opened_at INTO v_opened FROM check_in_doors WHERE competition_id = p_competition_id AND id = p_door_id;

  INSERT INTO check_ins (
    id, competition_id, registration_id, user_id, kind, at, received_at, door_id, scanner_id, judged, accepted, result
  )
  SELECT s.id, p_competition_id, r.id, s.user_id, s.kind, s.at, v_received, p_door_id, p_scanner_id,
         CASE
           WHEN NOT s.is_valid THEN 'INVALID_TICKET'
           WHEN p.user_id IS NULL AND m.left_at IS NULL OR s.at >= least(m.left_at, r.ended_at) THEN 'ENDED'
           WHEN s.at < greatest(r.decided_at, r.promoted_at) AND s.at >= coalesce(r.reinstated_at, '-infinity')
             THEN 'NOT_DECIDED'
           -- Those that ended before this was recorded count as seats.
           WHEN coalesce(r.status_at_end, nullif(r.status, 'CANCELLED'), 'PENDING') IN ('PENDING', 'CONFIRMED') THEN 'SEATED'
           ELSE 'NOT_DECIDED'
         END,
         p_accepted,
         'TO_DECIDE'
  FROM (
    SELECT e.*,
           -- Between the time of the list and the receipt, however wrong the clock of the device is.
           least(
             v_received,
             greatest(
               v_received - e.age * interval '1 millisecond',
               least(v_received, coalesce(greatest(e.snapshot, v_opened), '-infinity'))
             )
           ) AS at
    FROM unnest(p_ids, p_kinds, p_registration_ids, p_user_ids, p_ages_ms, p_snapshots, p_has_ticket, p_is_valid)
      AS e (id, kind, registration_id, user_id, age, snapshot, has_ticket, is_valid)
  ) s
  JOIN registrations r ON r.id = s.registration_id AND r.competition_id = p_competition_id
  JOIN users u ON u.id = s.user_id
  LEFT JOIN registration_people p ON p.registration_id = r.id AND p.user_id = s.user_id
  -- A member who has left the team since.
  LEFT JOIN LATERAL (
    SELECT left_at FROM team_members
    WHERE p.user_id IS NULL AND team_id = r.team_id AND user_id = s.user_id
    ORDER BY left_at DESC LIMIT 1
  ) m ON true
  WHERE s.has_ticket OR p.user_id IS NOT NULL OR m.left_at IS NOT NULL
  ORDER BY s.id
  ON CONFLICT (id) DO NOTHING;

  PERFORM order_check_ins_v1(p_registration_ids);
END $$;
