SET LOCAL lock_timeout = '2s';
ALTER TABLE "registrations"
  ADD CONSTRAINT "registrations_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
