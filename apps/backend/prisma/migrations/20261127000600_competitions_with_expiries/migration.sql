-- Competitions with a hold or an invitation that expires, for the worker.
CREATE INDEX CONCURRENTLY "competitions_with_expiries" ON "competitions" ("next_expiry_at") WHERE "next_expiry_at" IS NOT NULL;
