ALTER TABLE "registrations" VALIDATE CONSTRAINT "registrations_team_id_fkey";
ALTER TABLE "registrations" VALIDATE CONSTRAINT "of_a_person_or_a_team";
ALTER TABLE "registrations" VALIDATE CONSTRAINT "takes_seats";
ALTER TABLE "competitions" VALIDATE CONSTRAINT "size_of_teams";
ALTER TABLE "competitions" VALIDATE CONSTRAINT "waiting_seats_counted";
