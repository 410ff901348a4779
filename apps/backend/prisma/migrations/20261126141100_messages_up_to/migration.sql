-- The number of the latest change that the person has a message about; 0: none that has a number. No row is rewritten.
SET LOCAL lock_timeout = '2s';
ALTER TABLE "registrations" ADD COLUMN "messages_up_to" BIGINT NOT NULL DEFAULT 0;
