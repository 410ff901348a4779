-- Ends the registrations among these whose person has a seat and has not come in, and gives their seats to the waitlist
-- while people are promoted. Of a team, it ends the memberships of the absent members, and the registration if nobody came.
-- Returns the ids of the registrations that this call ended.
--
-- Writes: see end_registrations_v1 and leave_team_v1.
-- Locks: the caller must hold the lock of the competition's row. The function locks the teams, and then the registrations
-- in the order of their ids, as check_in_v1 does: whoever comes first, a scan is either seen here, or judged after the end.
-- Called by the job that releases no-shows.
CREATE OR REPLACE FUNCTION release_no_shows_v1(
  p_competition_id   uuid,
  p_registration_ids uuid[],
  p_actor_id         uuid
) RETURNS SETOF uuid
LANGUAGE plpgsql AS $$
DECLARE
  v_whole   uuid[];
  v_members uuid[];
BEGIN
  PERFORM FROM teams
  WHERE id IN (SELECT team_id FROM registrations WHERE id = ANY (p_registration_ids))
  ORDER BY id
  FOR NO KEY UPDATE;
  PERFORM FROM registrations
  WHERE id = ANY (p_registration_ids) AND competition_id = p_competition_id
  ORDER BY id
  FOR NO KEY UPDATE;

  -- A statement of its own, after the lock: it sees what was committed while this one waited.
  WITH person AS (
    SELECT r.id AS registration_id, r.team_id, p.user_id,
           EXISTS (
             SELECT FROM check_ins c
             WHERE c.registration_id = r.id AND c.user_id = p.user_id AND c.result = 'WELCOME'
           ) AS is_in
    FROM registrations r
    JOIN registration_people p ON p.registration_id = r.id
    WHERE r.id = ANY (p_registration_ids) AND r.competition_id = p_competition_id
      AND r.status IN ('PENDING', 'CONFIRMED')
  ), registration AS (
    SELECT registration_id, bool_or(is_in) AS has_come FROM person GROUP BY registration_id
  )
  SELECT array_agg(DISTINCT r.registration_id) FILTER (WHERE NOT r.has_come),
         array_agg(m.id) FILTER (WHERE r.has_come AND NOT p.is_in)
  INTO v_whole, v_members
  FROM person p
  JOIN registration r ON r.registration_id = p.registration_id
  LEFT JOIN team_members m ON m.team_id = p.team_id AND m.user_id = p.user_id AND m.left_at IS NULL;

  PERFORM leave_team_v1(id, 'NO_SHOW', p_actor_id) FROM unnest(v_members) AS id;
  RETURN QUERY SELECT end_registrations_v1(v_whole, 'NO_SHOW', NULL, p_actor_id);
END $$;
