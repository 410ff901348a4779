-- List by popularity.
CREATE INDEX CONCURRENTLY "listed_by_popularity" ON "competitions" ("popularity", "id") WHERE "deleted_at" IS NULL AND "visibility" = 'PUBLIC';
