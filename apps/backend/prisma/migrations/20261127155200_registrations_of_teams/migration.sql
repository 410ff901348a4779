-- A registration belongs to a person or to a team. The columns have constant defaults, so no row is rewritten; servers of
-- the previous version go on counting one seat per registration, which is right for persons.
SET LOCAL lock_timeout = '2s';
ALTER TABLE "competitions"
  ADD COLUMN "team_min" INTEGER,
  ADD COLUMN "team_max" INTEGER,
  ADD COLUMN "seat_unit" "SeatUnit" NOT NULL DEFAULT 'PERSON',
  ADD COLUMN "teams_lock_at" TIMESTAMPTZ(3),
  ADD COLUMN "teams_locked_at" TIMESTAMPTZ(3),
  ADD COLUMN "last_pass_at" TIMESTAMPTZ(3),
  ADD COLUMN "waiting_extra_seats" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "requires_member_answers" BOOLEAN NOT NULL DEFAULT false,
  ADD CONSTRAINT "size_of_teams" CHECK (
    ("team_min" IS NULL) = ("team_max" IS NULL) AND "team_min" BETWEEN 1 AND "team_max" AND "team_max" <= 20
  ) NOT VALID,
  ADD CONSTRAINT "waiting_seats_counted" CHECK ("waiting_extra_seats" >= 0) NOT VALID;
ALTER TABLE "registrations"
  ALTER COLUMN "user_id" DROP NOT NULL,
  ADD COLUMN "team_id" UUID,
  ADD COLUMN "seats" INTEGER NOT NULL DEFAULT 1,
  ADD CONSTRAINT "of_a_person_or_a_team" CHECK (num_nonnulls("user_id", "team_id") = 1) NOT VALID,
  ADD CONSTRAINT "takes_seats" CHECK ("seats" BETWEEN 1 AND 20) NOT VALID;
