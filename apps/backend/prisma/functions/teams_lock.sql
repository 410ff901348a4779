-- When the teams of a competition become fixed: nobody joins any more, and teams below the minimum end. If the organizer
-- has not said it: when promotion ends.
-- Locks nothing.
-- Called by settle_v1, set_next_expiry_v1 and join_team_v2, and by queries.
CREATE OR REPLACE FUNCTION teams_lock(c competitions) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(c.teams_lock_at, promotes_until(c));
