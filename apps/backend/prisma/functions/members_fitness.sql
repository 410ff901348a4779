-- The living members of a team, longest-serving first, each with the reason why the team cannot be registered with them:
-- DISABLED, STAFF, EMAIL_NOT_VERIFIED or ANSWERS_MISSING; NULL: none.
-- Locks nothing.
-- Called by register_v2, and by the page of a team.
CREATE OR REPLACE FUNCTION members_fitness(p_team_id uuid, c competitions, p_verified_only boolean)
RETURNS TABLE (id uuid, user_id uuid, name text, joined_at timestamptz, reason text)
LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT m.id, m.user_id, u.name, m.joined_at,
         CASE
           WHEN u.disabled_at IS NOT NULL THEN 'DISABLED'
           WHEN EXISTS (
             SELECT FROM competition_staff s WHERE s.competition_id = m.competition_id AND s.user_id = m.user_id
           ) THEN 'STAFF'
           WHEN p_verified_only AND u.must_verify AND u.email_verified_at IS NULL THEN 'EMAIL_NOT_VERIFIED'
           WHEN c.requires_member_answers AND NOT EXISTS (
             SELECT FROM team_member_answers a WHERE a.member_id = m.id AND a.questions_version = c.questions_version
           ) THEN 'ANSWERS_MISSING'
         END
  FROM team_members m
  JOIN users u ON u.id = m.user_id
  WHERE m.team_id = p_team_id AND m.left_at IS NULL
  ORDER BY m.joined_at, m.id;
END;
