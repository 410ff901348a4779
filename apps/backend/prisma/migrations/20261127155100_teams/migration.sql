-- Teams and their members. A membership is a row of its own that ends, so that history, messages and check-ins keep it.
CREATE TYPE "SeatUnit" AS ENUM ('PERSON', 'TEAM');

SET LOCAL lock_timeout = '2s';
CREATE TABLE "teams" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "competition_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "name_key" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "captain_id" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "ended_at" TIMESTAMPTZ(3),

  CONSTRAINT "teams_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "teams_competition_id_fkey" FOREIGN KEY ("competition_id") REFERENCES "competitions"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "teams_captain_id_fkey" FOREIGN KEY ("captain_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "one_team_of_a_name" ON "teams" ("competition_id", "name_key") WHERE "ended_at" IS NULL;
CREATE UNIQUE INDEX "teams_by_code" ON "teams" ("code");
CREATE INDEX "teams_of_competition" ON "teams" ("competition_id", "id");
CREATE INDEX "teams_by_captain" ON "teams" ("captain_id");

CREATE TABLE "team_members" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "team_id" UUID NOT NULL,
  "competition_id" UUID NOT NULL,
  "user_id" UUID NOT NULL,
  "joined_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "left_at" TIMESTAMPTZ(3),
  "left_how" TEXT,
  "messages_up_to" BIGINT NOT NULL DEFAULT 0,

  CONSTRAINT "team_members_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "team_members_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "team_members_competition_id_fkey" FOREIGN KEY ("competition_id") REFERENCES "competitions"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "team_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "member_left_somehow" CHECK (
    ("left_at" IS NULL) = ("left_how" IS NULL) AND "left_how" IN ('LEFT', 'REMOVED', 'ERASED')
  )
);
-- A person plays in one team per competition, whichever they join at the same moment.
CREATE UNIQUE INDEX "one_living_membership" ON "team_members" ("competition_id", "user_id") WHERE "left_at" IS NULL;
CREATE INDEX "living_members" ON "team_members" ("team_id", "joined_at", "id") WHERE "left_at" IS NULL;
CREATE INDEX "members_of_team" ON "team_members" ("team_id", "user_id");
CREATE INDEX "memberships_of_user" ON "team_members" ("user_id", "competition_id", "id");

CREATE TABLE "team_member_answers" (
  "member_id" UUID NOT NULL,
  "questions_version" INTEGER NOT NULL,
  "answers" JSONB NOT NULL,
  "consents" JSONB NOT NULL DEFAULT '{}',
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "team_member_answers_pkey" PRIMARY KEY ("member_id"),
  CONSTRAINT "team_member_answers_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "team_members"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
