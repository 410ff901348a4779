-- The questions of a competition, one row per version, and the answers to one version of them.
SET LOCAL lock_timeout = '2s';
CREATE TABLE "question_versions" (
  "competition_id" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "questions" JSONB NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "question_versions_pkey" PRIMARY KEY ("competition_id", "version"),
  CONSTRAINT "question_versions_competition_id_fkey" FOREIGN KEY ("competition_id") REFERENCES "competitions"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TABLE "registration_answers" (
  "registration_id" UUID NOT NULL,
  "questions_version" INTEGER NOT NULL,
  "answers" JSONB NOT NULL,
  "consents" JSONB NOT NULL DEFAULT '{}',
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "registration_answers_pkey" PRIMARY KEY ("registration_id"),
  CONSTRAINT "registration_answers_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registrations"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
