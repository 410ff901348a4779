-- What the staff thinks of applications. Servers of the previous version do not read them.
SET LOCAL lock_timeout = '2s';
CREATE TABLE "application_reviews" (
  "registration_id" UUID NOT NULL,
  "reviewer_id" UUID NOT NULL,
  "competition_id" UUID NOT NULL,
  "score" SMALLINT NOT NULL,
  "note" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "application_reviews_pkey" PRIMARY KEY ("registration_id", "reviewer_id"),
  CONSTRAINT "application_reviews_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registrations"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "application_reviews_reviewer_id_fkey" FOREIGN KEY ("reviewer_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "application_reviews_competition_id_fkey" FOREIGN KEY ("competition_id") REFERENCES "competitions"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "score_from_1_to_5" CHECK ("score" BETWEEN 1 AND 5)
);
-- The means of all applications to a competition, read from the index alone.
CREATE INDEX "reviews_of_competition" ON "application_reviews" ("competition_id", "registration_id", "reviewer_id", "score");
-- A person's own, when the account is exported or erased.
CREATE INDEX "reviews_by_reviewer" ON "application_reviews" ("reviewer_id");
