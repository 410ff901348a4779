-- Promotes the given people or teams from the waitlist of a competition. Where seats have to be confirmed, they get a hold.
-- Returns how many were promoted.
--
-- Writes: registrations, outbox (job `confirmation` or `held`), audit_entries, competitions.
-- Locks: the caller must hold the lock of the competition's row; the function itself locks the promoted registrations, in
-- the order of their ids.
-- Called by promote_v1 and settle_v1.
CREATE OR REPLACE FUNCTION seat_from_waitlist_v1(p_competition_id uuid, p_registration_ids uuid[]) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_now        timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_held_until timestamptz;
  v_n          integer;
BEGIN
  SELECT hold_until(c, v_now) INTO v_held_until FROM competitions c WHERE id = p_competition_id;

  -- The UPDATE below locks them in any order: scans of doors, which lock in the order of ids and without the competition,
  -- would wait for this call while it waits for them.
  PERFORM FROM registrations WHERE id = ANY (p_registration_ids) ORDER BY id FOR NO KEY UPDATE;

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
