-- What an organizer has used of a daily quota.
SET LOCAL lock_timeout = '2s';
CREATE TABLE "daily_quotas" (
  "user_id" UUID NOT NULL,
  "quota" TEXT NOT NULL,
  "day" DATE NOT NULL,
  "used" INTEGER NOT NULL,

  CONSTRAINT "daily_quotas_pkey" PRIMARY KEY ("user_id", "quota", "day"),
  CONSTRAINT "daily_quotas_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- The clean-up.
CREATE INDEX "daily_quotas_by_day" ON "daily_quotas" ("day");
