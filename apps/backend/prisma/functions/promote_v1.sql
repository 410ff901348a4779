-- Promotes people from the waitlist of one competition into its free seats, in the order of their admission numbers, at
-- most 500 at a time: promoting 60,000 in one transaction would hold the lock for longer than any request can wait. What
-- is left is recorded in competitions.next_due_at; the next step is taken by the next batch that locks the competition
-- (register_v2, leave_v1), or by the worker. Returns the number of people promoted. A team that does not fit is not passed:
-- those behind it wait with it.
--
-- Promotes nobody in a competition that is canceled or deleted, and starts no promotion after promotes_until. One that was
-- unfinished then is completed after it, because its seats belonged to the waitlist before.
--
-- Writes: competitions; see seat_from_waitlist_v1 for the rest.
-- Locks: the caller must hold the lock of the competition's row.
-- Called by settle_v1, end_registrations_v1, leave_team_v1 and reinstate_v1, and by the editing of a competition.
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
