-- The console counts the outdated jobs of a day without reading the others. Concurrently, so that jobs are enqueued
-- meanwhile; it has to be the only statement of this migration.
CREATE INDEX CONCURRENTLY "outbox_outdated" ON "outbox" ("settled_at") WHERE "outdated";
