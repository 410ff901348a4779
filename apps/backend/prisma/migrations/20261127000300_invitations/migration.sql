-- Invitations to a competition. Each one reserves a seat until it ends.
SET LOCAL lock_timeout = '2s';
CREATE TABLE "invitations" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "competition_id" UUID NOT NULL,
  "email" TEXT NOT NULL,
  "name" TEXT,
  "message" TEXT,
  "invited_by_id" UUID,
  "import_id" UUID,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  "outcome" TEXT,
  "registration_id" UUID,

  CONSTRAINT "invitations_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "invitations_competition_id_fkey" FOREIGN KEY ("competition_id") REFERENCES "competitions"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "invitations_invited_by_id_fkey" FOREIGN KEY ("invited_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "invitations_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registrations"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "invitation_outcome" CHECK (
    ("ended_at" IS NULL) = ("outcome" IS NULL) AND "outcome" IN ('REDEEMED', 'WITHDRAWN', 'EXPIRED', 'COMPETITION_CANCELLED')
  ),
  CONSTRAINT "redeemed_invitation_has_seat" CHECK ("registration_id" IS NULL OR "outcome" = 'REDEEMED')
);
-- Each open invitation reserves a seat: a second one for the same address would keep one from everybody.
CREATE UNIQUE INDEX "one_open_invitation" ON "invitations" ("competition_id", "email") WHERE "ended_at" IS NULL;
-- Those that expire next, in settle_v1.
CREATE INDEX "invitations_open" ON "invitations" ("competition_id", "expires_at") WHERE "ended_at" IS NULL;
-- The organizer's list.
CREATE INDEX "invitations_of_competition" ON "invitations" ("competition_id", "id");
CREATE INDEX "invitations_of_registration" ON "invitations" ("registration_id") WHERE "registration_id" IS NOT NULL;
CREATE INDEX "invitations_by_inviter" ON "invitations" ("invited_by_id");
-- A person's own: of a new account, and when an account is erased.
CREATE INDEX "invitations_by_email" ON "invitations" ("email");
