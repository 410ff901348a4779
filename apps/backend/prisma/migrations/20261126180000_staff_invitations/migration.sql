-- Invitations to the staff of a competition. An address may have no account yet.
SET LOCAL lock_timeout = '2s';
CREATE TABLE "staff_invitations" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "competition_id" UUID NOT NULL,
  "email" TEXT NOT NULL,
  "role" "StaffRole" NOT NULL,
  "invited_by_id" UUID,
  "invited_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "withdrawn_at" TIMESTAMPTZ(3),
  "accepted_at" TIMESTAMPTZ(3),

  CONSTRAINT "staff_invitations_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "staff_invitations_competition_id_fkey" FOREIGN KEY ("competition_id") REFERENCES "competitions"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "staff_invitations_invited_by_id_fkey" FOREIGN KEY ("invited_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "one_open_staff_invitation" ON "staff_invitations" ("competition_id", "email")
  WHERE withdrawn_at IS NULL AND accepted_at IS NULL;
CREATE INDEX "staff_invitations_by_expiry" ON "staff_invitations" ("expires_at");
CREATE INDEX "staff_invitations_by_inviter" ON "staff_invitations" ("invited_by_id");
