-- The registrations per day in an organizer's list, without reading the older ones. Concurrently, so that registering goes
-- on meanwhile; it has to be the only statement of this migration.
CREATE INDEX CONCURRENTLY "registrations_by_day" ON "registrations" ("competition_id", "registered_at");
