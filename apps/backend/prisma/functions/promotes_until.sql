-- Until when people on the waitlist get seats that become free. If the organizer has not said it: until the deadline, and
-- where people are accepted, have to confirm, or come as teams, until the start. Never before the deadline.
-- Locks nothing.
-- Called by promote_v1, settle_v1, decide_v1, invite_v1, reinstate_v1, set_next_expiry_v1, and by queries.
CREATE OR REPLACE FUNCTION promotes_until(c competitions) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN greatest(
  c.reg_deadline,
  coalesce(
    c.promote_until,
    CASE
      WHEN c.admission_mode = 'APPROVAL' OR c.confirm_within_seconds IS NOT NULL OR c.team_max IS NOT NULL THEN c.start_date
    END
  )
);
