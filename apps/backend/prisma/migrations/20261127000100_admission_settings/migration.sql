-- Applications, holds and invitations. The columns have constant defaults, so no row is rewritten.
CREATE TYPE "AdmissionMode" AS ENUM ('FIRST_COME', 'APPROVAL');

SET LOCAL lock_timeout = '2s';
ALTER TABLE "competitions"
  ADD COLUMN "admission_mode" "AdmissionMode" NOT NULL DEFAULT 'FIRST_COME',
  ADD COLUMN "decisions_by" TIMESTAMPTZ(3),
  ADD COLUMN "decisions_late_at" TIMESTAMPTZ(3),
  ADD COLUMN "confirm_within_seconds" INTEGER,
  ADD COLUMN "promote_until" TIMESTAMPTZ(3),
  ADD COLUMN "reserved" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "next_expiry_at" TIMESTAMPTZ(3),
  ADD COLUMN "questions_version" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "requires_answers" BOOLEAN NOT NULL DEFAULT false,
  ADD CONSTRAINT "reserved_within_capacity" CHECK (reserved BETWEEN 0 AND capacity - seats_left) NOT VALID;
ALTER TABLE "registrations"
  ADD COLUMN "held_until" TIMESTAMPTZ(3),
  ADD COLUMN "decided_at" TIMESTAMPTZ(3);
