-- No row is rewritten; the lock of the table is held for a moment only.
SET LOCAL lock_timeout = '2s';
ALTER TABLE "users" ADD COLUMN "erased_at" TIMESTAMPTZ(3);
