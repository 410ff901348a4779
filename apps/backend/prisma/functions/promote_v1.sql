-- Promotes people from the waitlist of one competition into its free seats, in the order of their admission numbers, at
-- most 500 at a time: promoting 60,000 in one transaction would hold the lock for longer than any request can wait. What
-- is left is recorded in competitions.next_due_at; the next step is taken by the next batch that locks the competition
-- (register_v2, leave_v1), or by the worker. Returns the number of people promoted.
--
-- Promotes nobody in a competition that is canceled or deleted, and starts no promotion after the deadline. One that was
-- unfinished at the deadline is completed after it, because its seats belonged to the waitlist before.
--
-- Writes: registrations, outbox (job `confirmation`), audit_entries, competitions.
-- Locks: the caller must hold the lock of the competition's row; the function itself locks the promoted registrations.
-- Called by register_v2 and end_registrations_v1, by the editing of a competition, and by the promotion loop of the
-- worker.
CREATE OR REPLACE FUNCTION promote_v1(p_competition_id uuid) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_step constant integer := 500;
  v_now  timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_due  timestamptz;
  v_owed integer;
  v_ids  uuid[];
  v_n    integer;
BEGIN
  SELECT next_due_at,
         CASE
           WHEN cancelled_at IS NULL AND deleted_at IS NULL AND (reg_deadline > v_now OR next_due_at IS NOT NULL)
           THEN least(seats_left, waiting)
         END
  INTO v_due, v_owed
  FROM competitions
  WHERE id = p_competition_id;

  IF coalesce(v_owed, 0) <= 0 THEN
    IF v_due IS NOT NULL THEN
      UPDATE competitions SET next_due_at = NULL WHERE id = p_competition_id;
    END IF;
    RETURN 0;
  END IF;

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
    SET status = 'PENDING', promoted_at = v_now
    WHERE id = ANY (v_ids)
    RETURNING id, user_id, admission
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
  SET seats_left = c.seats_left - p.n,
      waiting = c.waiting - p.n,
      -- Null when nobody was found: a wrong counter must not keep the worker busy for ever.
      next_due_at = CASE WHEN p.n > 0 AND p.n < v_owed THEN coalesce(v_due, v_now) END
  FROM (SELECT count(*)::integer AS n FROM promoted) p
  WHERE c.id = p_competition_id
  RETURNING p.n INTO v_n;

  RETURN v_n;
END $$;
