-- As one_active_registration_of_team, without an entry for each registration of a person.
CREATE UNIQUE INDEX CONCURRENTLY "one_active_registration_per_team" ON "registrations" ("team_id") WHERE "team_id" IS NOT NULL AND "status" <> 'CANCELLED';
