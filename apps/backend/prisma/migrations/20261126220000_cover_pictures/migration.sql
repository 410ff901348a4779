-- Files in the database: see docs/decisions/0019-files-in-the-database.md. A file is named by its content, and may be used
-- by several rows.
SET LOCAL lock_timeout = '2s';

CREATE TABLE "files" (
  "name" TEXT NOT NULL,
  "type" TEXT NOT NULL,
  "bytes" BYTEA NOT NULL,
  "uses" INTEGER NOT NULL DEFAULT 1,
  "unused_since" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "files_pkey" PRIMARY KEY ("name"),
  CONSTRAINT "files_uses" CHECK ("uses" >= 0 AND ("uses" = 0) = ("unused_since" IS NOT NULL))
);
-- Pictures are compressed already: PostgreSQL would try again, in vain.
ALTER TABLE "files" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
-- For the clean-up.
CREATE INDEX "files_unused" ON "files" ("unused_since") WHERE "unused_since" IS NOT NULL;

-- A table of its own: the competition's row, the lock of its seats, is copied with each seat that is taken.
CREATE TABLE "competition_covers" (
  "competition_id" UUID NOT NULL,
  "hash" TEXT NOT NULL,
  "widths" INTEGER[] NOT NULL,
  "alt" TEXT NOT NULL,

  CONSTRAINT "competition_covers_pkey" PRIMARY KEY ("competition_id"),
  CONSTRAINT "competition_covers_competition_id_fkey" FOREIGN KEY ("competition_id")
    REFERENCES "competitions" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
