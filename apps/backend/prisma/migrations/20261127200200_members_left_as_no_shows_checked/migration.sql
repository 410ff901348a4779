ALTER TABLE "team_members" VALIDATE CONSTRAINT "member_left_somehow";
