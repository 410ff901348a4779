-- Holds that expire next, in settle_v1.
CREATE INDEX CONCURRENTLY "registrations_held" ON "registrations" ("competition_id", "held_until") WHERE "status" = 'HELD';
