-- Filter by tags: all of them.
CREATE INDEX CONCURRENTLY "listed_by_tags" ON "competitions" USING gin ("tags") WHERE "deleted_at" IS NULL AND "visibility" = 'PUBLIC';
