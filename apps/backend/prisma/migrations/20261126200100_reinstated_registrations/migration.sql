-- When the staff last reinstated a registration that had ended; NULL: never. It tells the messages of the registration's
-- second life from those of its first. No row is rewritten; the lock of the table is held for a moment only.
SET LOCAL lock_timeout = '2s';
ALTER TABLE "registrations" ADD COLUMN "reinstated_at" TIMESTAMPTZ(3);
