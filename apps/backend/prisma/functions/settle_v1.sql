-- Does the work of a competition that is due, at most 500 items of each kind: ends holds and invitations that have
-- expired, in the order of their expiry, and promotes people into the seats that become free; goes on with an unfinished
-- promotion. What is left stays due (next_expiry_at, next_due_at), and whoever locks the competition next, or the worker,
-- goes on. Returns whether work is still due.
--
-- When the teams' lock is due, teams below the minimum end. When promotion ends, the teams on the waitlist get their last
-- pass: in order, and those that do not fit are passed.
--
-- What has expired before promotion ends is promoted as of its expiry, however late this runs: next_due_at lets
-- promote_v1 give away seats that belonged to the waitlist in time.
--
-- Writes: registrations, invitations, competitions, outbox, audit_entries; see end_registrations_v1, promote_v1 and
-- seat_from_waitlist_v1.
-- Locks: the caller must hold the lock of the competition's row.
-- Called by register_v2, decide_v1, invite_v1, the editing of a competition, and the worker.
CREATE OR REPLACE FUNCTION settle_v1(p_competition_id uuid) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_step        constant integer := 500;
  v_now         timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_competition competitions;
  v_until       timestamptz;
  v_expired_by  timestamptz;
  v_in_time     boolean;
  v_holds       uuid[];
  v_invitations uuid[];
BEGIN
  SELECT * INTO v_competition FROM competitions WHERE id = p_competition_id;
  IF v_competition.cancelled_at IS NOT NULL OR v_competition.deleted_at IS NOT NULL THEN
    -- Reopening sets both again.
    UPDATE competitions SET next_due_at = NULL, next_expiry_at = NULL WHERE id = p_competition_id;
    RETURN false;
  END IF;
  IF (v_competition.next_expiry_at <= v_now) IS NOT TRUE THEN
    IF v_competition.next_due_at IS NOT NULL THEN
      PERFORM promote_v1(p_competition_id);
    END IF;
    RETURN (SELECT next_due_at IS NOT NULL FROM competitions WHERE id = p_competition_id);
  END IF;

  v_until := promotes_until(v_competition);
  v_expired_by := greatest(v_now - interval '3 seconds', CASE WHEN v_until <= v_now THEN v_until END);
  WITH expired AS (
    (SELECT id, true AS is_hold, held_until AS expires_at, admission FROM registrations
     WHERE competition_id = p_competition_id AND status = 'HELD' AND held_until <= v_expired_by
     ORDER BY held_until, admission LIMIT v_step)
    UNION ALL
    (SELECT id, false, expires_at, NULL FROM invitations
     WHERE competition_id = p_competition_id AND ended_at IS NULL AND expires_at <= v_expired_by
     ORDER BY expires_at, id LIMIT v_step)
  ), next AS (
    SELECT *, expires_at <= v_until AS in_time, min(expires_at) OVER () <= v_until AS first_in_time
    FROM expired
    ORDER BY expires_at, admission
    LIMIT v_step
  )
  -- Seats of the one go to the waitlist, and those of the other do not: never both in one step.
  SELECT array_agg(id ORDER BY expires_at, admission) FILTER (WHERE is_hold),
         array_agg(id) FILTER (WHERE NOT is_hold),
         bool_or(in_time)
  INTO v_holds, v_invitations, v_in_time
  FROM next
  WHERE in_time = first_in_time;

  IF v_in_time IS NULL AND v_competition.team_max IS NOT NULL THEN
    RETURN settle_teams_v1(p_competition_id);
  END IF;
  IF NOT v_in_time AND v_competition.next_due_at IS NOT NULL THEN
    PERFORM promote_v1(p_competition_id);
    RETURN true;
  END IF;
  IF v_in_time AND v_competition.waiting > 0 THEN
    UPDATE competitions SET next_due_at = coalesce(next_due_at, v_now) WHERE id = p_competition_id;
  END IF;
  PERFORM end_invitations_v1(p_competition_id, v_invitations, 'EXPIRED', NULL);
  PERFORM end_registrations_v1(v_holds, 'EXPIRED', NULL, NULL);
  IF v_holds IS NULL THEN
    PERFORM promote_v1(p_competition_id);
  END IF;
  PERFORM set_next_expiry_v1(p_competition_id);
  RETURN (SELECT next_due_at IS NOT NULL OR next_expiry_at <= v_now FROM competitions WHERE id = p_competition_id) IS TRUE;
END $$;
