-- Until when a seat that is given now to somebody who was accepted or promoted has to be confirmed; NULL: not at all. After
-- the start it is too late to ask.
-- Locks nothing.
-- Called by promote_v1, decide_v1 and reinstate_v1.
CREATE OR REPLACE FUNCTION hold_until(c competitions, at timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
  WHEN c.confirm_within_seconds IS NOT NULL AND (c.start_date > at) IS NOT FALSE
  THEN least(at + c.confirm_within_seconds * interval '1 second', c.start_date)
END;
