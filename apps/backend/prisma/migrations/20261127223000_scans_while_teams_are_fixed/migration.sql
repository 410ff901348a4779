-- Does what is due for the teams of a competition once no hold and no invitation is: at their lock, ends those below the
-- minimum of which nobody has come in, at most 500 at a time; when promotion ends, gives the seats that are free to those
-- on the waitlist that fit, in order. Returns whether work is still due.
--
-- Writes: competitions; see end_registrations_v1 and seat_from_waitlist_v1 for the rest.
-- Locks: the caller must hold the lock of the competition's row. The function locks the registrations of the teams that are
-- too small, in the order of their ids, as check_in_v1 does: whoever comes first, a scan is either seen here, or judged
-- after the end.
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
      PERFORM FROM registrations WHERE id = ANY (v_ids) ORDER BY id FOR NO KEY UPDATE;
      -- A statement of its own, after the lock: it sees the scans that were committed while this one waited.
      SELECT array_agg(r.id) INTO v_ids FROM unnest(v_ids) AS r (id)
      WHERE NOT EXISTS (SELECT FROM check_ins e WHERE e.registration_id = r.id AND e.result = 'WELCOME');
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
