-- List by start.
CREATE INDEX CONCURRENTLY "listed_by_start" ON "competitions" ("start_date", "id") WHERE "deleted_at" IS NULL AND "visibility" = 'PUBLIC';
