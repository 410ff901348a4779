-- Requests for codes that prove an address.
SET LOCAL lock_timeout = '2s';
CREATE TABLE "email_verifications" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "user_id" UUID NOT NULL,
  "session_id" UUID NOT NULL,
  "email" TEXT NOT NULL,
  "old_email" TEXT,
  "code_hash" BYTEA,
  "token_hash" BYTEA,
  "tries" INTEGER NOT NULL DEFAULT 0,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "used_at" TIMESTAMPTZ(3),

  CONSTRAINT "email_verifications_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "email_verifications_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  -- A code has a million values: the number of tries is what protects it.
  CONSTRAINT "email_verifications_tries" CHECK ("tries" BETWEEN 0 AND 5)
);
-- The newest request of an account, and how many it made within a day.
CREATE INDEX "email_verifications_of_user" ON "email_verifications" ("user_id", "id");
-- The clean-up.
CREATE INDEX "email_verifications_by_expiry" ON "email_verifications" ("expires_at");
