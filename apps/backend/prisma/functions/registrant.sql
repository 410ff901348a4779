-- Whose registration it is, for an entry of the history: {"userId"} or {"teamId"}.
-- Locks nothing.
-- Called by the functions that write the history of registrations.
CREATE OR REPLACE FUNCTION registrant(user_id uuid, team_id uuid) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN team_id IS NULL THEN jsonb_build_object('userId', user_id) ELSE jsonb_build_object('teamId', team_id) END;
