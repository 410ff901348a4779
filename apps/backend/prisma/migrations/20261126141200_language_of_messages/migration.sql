-- The language of a message's title and text; until now, and by servers of the version before this one: English. No row is
-- rewritten.
SET LOCAL lock_timeout = '2s';
ALTER TABLE "mailbox_messages" ADD COLUMN "language" TEXT NOT NULL DEFAULT 'en';
