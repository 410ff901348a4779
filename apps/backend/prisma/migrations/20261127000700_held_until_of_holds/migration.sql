-- Without an end, a hold would keep its seat for ever.
SET LOCAL lock_timeout = '2s';
ALTER TABLE "registrations" ADD CONSTRAINT "hold_has_an_end" CHECK (status <> 'HELD' OR held_until IS NOT NULL) NOT VALID;
