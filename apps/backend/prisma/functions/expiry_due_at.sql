-- When others may end a hold or an invitation that expires at an instant: 3 s later, the time budget of a request, so
-- that a request which arrived in time finds it open. Promotion does not wait for that: what has expired when it ends is
-- due at once.
-- Locks nothing.
-- Called by set_next_expiry_v1, promote_v1, decide_v1, reinstate_v1 and invite_v1.
CREATE OR REPLACE FUNCTION expiry_due_at(expires_at timestamptz, promotes_until timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
  WHEN expires_at <= promotes_until THEN least(expires_at + interval '3 seconds', promotes_until)
  ELSE expires_at + interval '3 seconds'
END;
