-- The applications that are not decided.
CREATE INDEX CONCURRENTLY "registrations_applied" ON "registrations" ("competition_id", "admission") WHERE "status" = 'APPLIED';
