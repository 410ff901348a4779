-- The clean-up finds sessions that ended a week ago without reading all sessions. Concurrently, so that signing in goes on
-- meanwhile; it has to be the only statement of this migration.
CREATE INDEX CONCURRENTLY "sessions_by_end" ON "sessions" ("ended_at") WHERE "ended_at" IS NOT NULL;
