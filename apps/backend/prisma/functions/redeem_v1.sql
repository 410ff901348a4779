-- What servers of the previous version call to redeem invitations: redeem_v2, with one arrival and one actor for all.
-- Parameters, result, writes and locks: see redeem_v2.
-- Called by servers of the previous version; drop it in the next one.
CREATE OR REPLACE FUNCTION redeem_v1(
  p_competition_id     uuid,
  p_invitation_ids     uuid[],
  p_user_ids           uuid[],
  p_waited_ms          double precision,
  p_questions_versions integer[],
  p_answers            jsonb[],
  p_actor_id           uuid
) RETURNS TABLE (n integer, verdict text, registration_id uuid)
LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY
  SELECT r.n, r.verdict, r.registration_id
  FROM redeem_v2(p_competition_id, p_invitation_ids, p_user_ids,
                 array_fill(p_waited_ms, ARRAY[cardinality(p_invitation_ids)]), p_questions_versions, p_answers,
                 array_fill(p_actor_id, ARRAY[cardinality(p_invitation_ids)])) r;
END $$;
