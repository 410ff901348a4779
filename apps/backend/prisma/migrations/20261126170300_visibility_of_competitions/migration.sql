-- No row is rewritten; the lock of the table is held for a moment only.
SET LOCAL lock_timeout = '2s';
CREATE TYPE "Visibility" AS ENUM ('DRAFT', 'UNLISTED', 'PUBLIC');
ALTER TABLE "competitions" ADD COLUMN "visibility" "Visibility" NOT NULL DEFAULT 'PUBLIC';
