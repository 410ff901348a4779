-- one_active_registration_per_team has taken its place.
DROP INDEX CONCURRENTLY "one_active_registration_of_team";
