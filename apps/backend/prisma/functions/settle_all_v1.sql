-- Does all the work of a competition that is due, for acts that have to judge by what is left: see settle_v1. When that
-- takes longer than a request can wait, refuses as if somebody else held the lock: the worker does it step by step, and
-- who asks again is judged by what is left then.
--
-- Writes and locks: see settle_v1.
-- Called by decide_v1, invite_v1, redeem_v2 and reinstate_v1, by the acts of teams, and by the editing of a competition.
CREATE OR REPLACE FUNCTION settle_all_v1(p_competition_id uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_most        constant integer := 2000;
  v_now         timestamptz := clock_timestamp();
  v_competition competitions;
  v_due         integer := 0;
BEGIN
  SELECT * INTO v_competition FROM competitions WHERE id = p_competition_id AND cancelled_at IS NULL AND deleted_at IS NULL;
  IF v_competition.next_due_at IS NOT NULL THEN
    v_due := least(v_competition.waiting, v_competition.seats_left);
  END IF;
  IF v_competition.next_expiry_at <= v_now THEN
    SELECT v_due + count(*) INTO v_due FROM (
      (SELECT FROM registrations WHERE competition_id = p_competition_id AND status = 'HELD' AND held_until <= v_now
       LIMIT v_most + 1)
      UNION ALL
      (SELECT FROM invitations WHERE competition_id = p_competition_id AND ended_at IS NULL AND expires_at <= v_now
       LIMIT v_most + 1)
    ) expired;
  END IF;
  IF v_due > v_most THEN
    RAISE EXCEPTION '% items of competition % are due.', v_due, p_competition_id USING ERRCODE = 'lock_not_available';
  END IF;

  WHILE settle_v1(p_competition_id) LOOP NULL; END LOOP;
END $$;
