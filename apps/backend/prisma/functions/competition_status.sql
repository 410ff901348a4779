-- Derives the status of a competition at an instant; the status is never stored. competitions.rules.ts holds the same
-- rule, and a test compares the two. While a promotion is unfinished, seats are free that belong to the waitlist. While a
-- hold or an invitation is due, its seat may be free for everybody.
-- Locks nothing.
-- Called by the queries that read competitions.
CREATE OR REPLACE FUNCTION competition_status(c competitions, at timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
  WHEN c.cancelled_at IS NOT NULL THEN 'cancelled'
  WHEN c.reg_deadline <= at THEN 'closed'
  WHEN c.reg_opens_at > at THEN 'upcoming'
  WHEN c.admission_mode = 'APPROVAL' OR c.next_expiry_at <= at THEN 'open'
  WHEN c.seats_left <= c.waiting + c.waiting_extra_seats THEN 'full'
  ELSE 'open'
END;
