-- Promotes people from the waitlist of one competition, in the order of their admission numbers, until no seat is free
-- or the waitlist is empty. Promotes nobody in a competition that is canceled or deleted, or whose deadline has passed.
-- Returns the number of people promoted.
--
-- Writes: registrations, outbox (job `confirmation`), audit_entries, competitions.
-- Locks: the caller must hold the lock of the competition's row; the function itself locks the promoted registrations.
-- Called by end_registrations_v1, and by the editing of a competition after its capacity has grown.
CREATE OR REPLACE FUNCTION promote_v1(p_competition_id uuid) RETURNS integer
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
