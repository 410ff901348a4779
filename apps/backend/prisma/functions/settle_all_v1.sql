-- Does all the work of a competition that is due, for acts that have to judge by what is left: see settle_v1.
--
-- Writes and locks: see settle_v1.
-- Called by decide_v1, invite_v1, redeem_v1 and reinstate_v1, and by the editing of a competition.
CREATE OR REPLACE FUNCTION settle_all_v1(p_competition_id uuid) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  WHILE settle_v1(p_competition_id) LOOP NULL; END LOOP;
END $$;
