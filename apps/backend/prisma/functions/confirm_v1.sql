-- Confirms the hold of a person, or of the team that they are captain of: the seats are theirs. Judged by the arrival of the request: who has confirmed in time gets
-- the seat, because nobody else may end a hold before a request that arrived in time is over (expiry_due_at).
--
--   p_waited_ms  the longest time that the request can have waited before this statement was sent
--
-- Result: the status of the registration (also when it was confirmed before), or the error code of the refusal.
--
-- Writes: registrations, outbox (job `confirmation`), audit_entries. Seats stay as they are: a hold takes one.
-- Locks: the caller must hold the lock of the competition's row; the function itself locks the registration.
-- Called by the confirming of a hold.
CREATE OR REPLACE FUNCTION confirm_v1(p_competition_id uuid, p_user_id uuid, p_waited_ms double precision) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  v_now    timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_came   timestamptz := statement_timestamp() - p_waited_ms * interval '1 millisecond';
  v_latest registrations;
BEGIN
  SELECT * INTO v_latest FROM registrations
  WHERE user_id = p_user_id AND competition_id = p_competition_id
    OR team_id = (
      SELECT team_id FROM team_members WHERE user_id = p_user_id AND competition_id = p_competition_id AND left_at IS NULL
    )
  ORDER BY (status <> 'CANCELLED') DESC, id DESC
  LIMIT 1
  FOR NO KEY UPDATE;

  -- The order of these lines is the order of the answers.
  IF v_latest.id IS NULL THEN RETURN 'NOT_REGISTERED'; END IF;
  IF v_latest.end_reason = 'EXPIRED' THEN RETURN 'HOLD_EXPIRED'; END IF;
  IF v_latest.status = 'CANCELLED' THEN RETURN 'NOT_REGISTERED'; END IF;
  IF (SELECT cancelled_at IS NOT NULL FROM competitions WHERE id = p_competition_id) THEN
    RETURN 'COMPETITION_CANCELLED';
  END IF;
  IF v_latest.status IN ('PENDING', 'CONFIRMED') THEN RETURN v_latest.status; END IF;
  IF v_latest.status <> 'HELD' THEN RETURN 'NOTHING_TO_CONFIRM'; END IF;
  IF v_latest.team_id IS NOT NULL AND p_user_id <> (SELECT captain_id FROM teams WHERE id = v_latest.team_id) THEN
    RETURN 'NOT_CAPTAIN';
  END IF;
  IF v_came >= v_latest.held_until THEN RETURN 'HOLD_EXPIRED'; END IF;

  UPDATE registrations SET status = 'PENDING' WHERE id = v_latest.id;
  INSERT INTO outbox (queue, job, payload)
  VALUES ('registration', 'confirmation', jsonb_build_object('registrationId', v_latest.id));
  INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
  VALUES (v_now, p_user_id, 'registration.confirmed', p_competition_id,
          jsonb_build_object('registrationId', v_latest.id) || registrant(v_latest.user_id, v_latest.team_id));
  RETURN 'PENDING';
END $$;
