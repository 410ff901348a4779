-- Competitions whose decisions were promised and are not known to be late, for the worker, which looks once a minute.
CREATE INDEX CONCURRENTLY "competitions_with_decisions" ON "competitions" ("decisions_by") WHERE "decisions_by" IS NOT NULL AND "decisions_late_at" IS NULL;
