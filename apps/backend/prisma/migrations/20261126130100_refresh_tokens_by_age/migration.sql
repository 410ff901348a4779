-- The clean-up finds used refresh tokens that nobody can send any more without reading all tokens. By the time of creation,
-- which never changes: an index on "used_at" would be written by each renewal. Concurrently, so that signing in goes on
-- meanwhile; it has to be the only statement of this migration.
CREATE INDEX CONCURRENTLY "refresh_tokens_by_age" ON "refresh_tokens"("created_at");
