-- What servers of the previous version call to add a person to a team: join_team_v2, without asking for a verified address.
-- Parameters, result, writes and locks: see join_team_v2.
-- Called by servers of the previous version; drop it in the next one.
CREATE OR REPLACE FUNCTION join_team_v1(
  p_team_id           uuid,
  p_user_id           uuid,
  p_waited_ms         double precision,
  p_questions_version integer,
  p_answers           jsonb
) RETURNS text
LANGUAGE sql
RETURN join_team_v2(p_team_id, p_user_id, p_waited_ms, p_questions_version, p_answers, false);
