-- When an invitation was last sent. Imports reserve seats first, and invite later or not at all.
SET LOCAL lock_timeout = '2s';
ALTER TABLE "invitations" ADD COLUMN "sent_at" TIMESTAMPTZ(3);
