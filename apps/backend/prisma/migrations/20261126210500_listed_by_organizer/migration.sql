-- The page of an organizer: competitions ahead and past ones.
CREATE INDEX CONCURRENTLY "listed_by_organizer" ON "competitions" ("organizer_id", (coalesce("start_date", "reg_deadline")), "id") WHERE "deleted_at" IS NULL AND "visibility" = 'PUBLIC';
