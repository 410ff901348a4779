-- Promotes people from the waitlist of one competition into its free seats, in the order of their admission numbers, at
-- most 500 at a time: promoting 60,000 in one transaction would hold the lock for longer than any request can wait. What
-- is left is recorded in competitions.next_due_at; the next step is taken by the next batch that locks the competition
-- (register_v2, leave_v1), or by the worker. Returns the number of people promoted. Where seats have to be confirmed, a
-- promoted person gets a hold.
--
-- Promotes nobody in a competition that is canceled or deleted, and starts no promotion after promotes_until. One that was
-- unfinished then is completed after it, because its seats belonged to the waitlist before.
--
-- Writes: registrations, outbox (job `confirmation` or `held`), audit_entries, competitions.
-- Locks: the caller must hold the lock of the competition's row; the function itself locks the promoted registrations.
-- Called by settle_v1, end_registrations_v1 and reinstate_v1, and by the editing of a competition.
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
