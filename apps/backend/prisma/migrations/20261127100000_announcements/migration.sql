-- What the staff writes to registrants: see docs/decisions/0024-announcements.md.
SET LOCAL lock_timeout = '2s';
CREATE TABLE "announcements" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "competition_id" UUID NOT NULL,
  "author_id" UUID NOT NULL,
  "subject" TEXT NOT NULL,
  "body" TEXT NOT NULL,
  "audience" JSONB NOT NULL,
  "on_page" BOOLEAN NOT NULL DEFAULT true,
  "version" INTEGER NOT NULL DEFAULT 1,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "requested_at" TIMESTAMPTZ(3),
  "preview_id" UUID,
  "quota_used" INTEGER NOT NULL DEFAULT 0,
  "frozen_at" TIMESTAMPTZ(3),
  "recipients" INTEGER,
  "skipped" INTEGER,
  "not_included" INTEGER,
  "handled" INTEGER NOT NULL DEFAULT 0,
  "finished_at" TIMESTAMPTZ(3),
  "stopped_at" TIMESTAMPTZ(3),

  CONSTRAINT "announcements_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "announcements_competition_id_fkey" FOREIGN KEY ("competition_id") REFERENCES "competitions"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  -- The database refuses to send a draft, and to stop what has not begun.
  CONSTRAINT "requested_before_frozen" CHECK ("frozen_at" IS NULL OR "requested_at" IS NOT NULL AND "recipients" IS NOT NULL),
  CONSTRAINT "frozen_before_finished" CHECK ("frozen_at" IS NOT NULL OR "finished_at" IS NULL AND "stopped_at" IS NULL)
);
-- The list of a competition's announcements, newest first.
CREATE INDEX "announcements_of_competition" ON "announcements" ("competition_id", "id");

-- Whom a manager has seen before sending.
CREATE TABLE "announcement_previews" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "announcement_id" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "user_ids" UUID[] NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "announcement_previews_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "announcement_previews_announcement_id_fkey" FOREIGN KEY ("announcement_id") REFERENCES "announcements"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- The clean-up.
CREATE INDEX "announcement_previews_by_age" ON "announcement_previews" ("created_at");
-- The foreign key.
CREATE INDEX "announcement_previews_of_announcement" ON "announcement_previews" ("announcement_id");

-- Who gets an announcement, frozen when the time for an undo is over. A person is in it once.
CREATE TABLE "announcement_recipients" (
  "announcement_id" UUID NOT NULL,
  "user_id" UUID NOT NULL,
  "registration_id" UUID NOT NULL,
  "position" INTEGER NOT NULL,

  CONSTRAINT "one_per_recipient" PRIMARY KEY ("announcement_id", "user_id"),
  CONSTRAINT "announcement_recipients_announcement_id_fkey" FOREIGN KEY ("announcement_id") REFERENCES "announcements"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- The order in which the worker writes the messages, in batches, and in which the staff reads the list.
CREATE UNIQUE INDEX "announcement_recipients_in_order" ON "announcement_recipients" ("announcement_id", "position");

-- Who wants no more announcements about a competition.
CREATE TABLE "announcement_opt_outs" (
  "user_id" UUID NOT NULL,
  "competition_id" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "announcement_opt_outs_pkey" PRIMARY KEY ("user_id", "competition_id")
);
