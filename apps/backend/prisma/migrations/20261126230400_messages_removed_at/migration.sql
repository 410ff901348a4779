-- No row is rewritten; the lock of the table is held for a moment only.
SET LOCAL lock_timeout = '2s';
ALTER TABLE "competitions" ADD COLUMN "messages_removed_at" TIMESTAMPTZ(3);
