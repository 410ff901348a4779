-- What a manager has started and can still undo: see docs/decisions/0020-pending-acts.md.
SET LOCAL lock_timeout = '2s';
CREATE TABLE "pending_acts" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "competition_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "params" JSONB NOT NULL DEFAULT '{}',
  "count" INTEGER NOT NULL,
  "actor_id" UUID NOT NULL,
  "outbox_id" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "due_at" TIMESTAMPTZ(3) NOT NULL,
  "claimed_at" TIMESTAMPTZ(3),
  "undone_at" TIMESTAMPTZ(3),
  "done_at" TIMESTAMPTZ(3),
  "handled" INTEGER NOT NULL DEFAULT 0,

  CONSTRAINT "pending_acts_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "pending_acts_competition_id_fkey" FOREIGN KEY ("competition_id") REFERENCES "competitions"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  -- The database refuses an act that is both undone and run.
  CONSTRAINT "undone_or_claimed" CHECK ("undone_at" IS NULL OR "claimed_at" IS NULL),
  CONSTRAINT "claimed_before_done" CHECK ("done_at" IS NULL OR "claimed_at" IS NOT NULL)
);
-- The list of a competition's pending acts, and whether its cancellation can still be undone.
CREATE INDEX "pending_acts_open" ON "pending_acts" ("competition_id") WHERE "done_at" IS NULL AND "undone_at" IS NULL;
-- The clean-up.
CREATE INDEX "pending_acts_by_age" ON "pending_acts" ("created_at");
