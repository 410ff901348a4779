-- Accounts from before addresses were verified need no verification to register: false for the existing rows, true for
-- new ones. No row is rewritten; the lock of the table is held for a moment only.
SET LOCAL lock_timeout = '2s';
ALTER TABLE "users"
  ADD COLUMN "email_verified_at" TIMESTAMPTZ(3),
  ADD COLUMN "must_verify" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "users" ALTER COLUMN "must_verify" SET DEFAULT true;
