-- Newest first, totals of lists, and the sitemap.
CREATE INDEX CONCURRENTLY "listed_by_age" ON "competitions" ("id") WHERE "deleted_at" IS NULL AND "visibility" = 'PUBLIC';
