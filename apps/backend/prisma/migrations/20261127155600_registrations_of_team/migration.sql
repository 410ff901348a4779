CREATE INDEX CONCURRENTLY "registrations_of_team" ON "registrations" ("team_id", "id") WHERE "team_id" IS NOT NULL;
