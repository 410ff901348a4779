-- The account's choice of language and time zone, for its messages; NULL: never chosen. Without a CHECK: it would have to
-- know the languages, and a new one would need a migration. Servers read a language that they do not know as NULL.
-- No row is rewritten; the lock of the table is held for a moment only.
SET LOCAL lock_timeout = '2s';
ALTER TABLE "users" ADD COLUMN "language" TEXT, ADD COLUMN "time_zone" TEXT;
