-- The order of changes. A change of a registration enqueues its job while it holds the lock of the competition, so the
-- numbers of one competition are in the order of its changes; ids are not, because they follow a clock, which can go back.
-- Jobs from before this migration get 0: older than all numbered ones. No row is rewritten.
SET LOCAL lock_timeout = '2s';
CREATE SEQUENCE "outbox_number_seq" AS bigint;
ALTER TABLE "outbox"
  ADD COLUMN "number" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "outdated" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "outbox" ALTER COLUMN "number" SET DEFAULT nextval('outbox_number_seq');
ALTER SEQUENCE "outbox_number_seq" OWNED BY "outbox"."number";
