-- Which address a mailed link proves. No row is rewritten; the lock of the table is held for a moment only.
SET LOCAL lock_timeout = '2s';
ALTER TABLE "password_resets" ADD COLUMN "email" TEXT;
