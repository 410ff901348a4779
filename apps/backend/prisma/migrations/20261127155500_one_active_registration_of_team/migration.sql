-- The last protection against a team that takes its seats twice.
CREATE UNIQUE INDEX CONCURRENTLY "one_active_registration_of_team" ON "registrations" ("team_id") WHERE "status" <> 'CANCELLED';
