-- Files with people who are to be registered or invited: what was found in them, and what was done with it.
SET LOCAL lock_timeout = '2s';
CREATE TABLE "imports" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "competition_id" UUID NOT NULL,
  "created_by_id" UUID,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "file_name" TEXT,
  "encoding" TEXT NOT NULL,
  "separator" TEXT NOT NULL,
  "unknown_columns" TEXT[],
  "counts" JSONB NOT NULL,
  "notify" BOOLEAN,
  "committed_by_id" UUID,
  "committed_at" TIMESTAMPTZ(3),
  "finished_at" TIMESTAMPTZ(3),
  "reserved" INTEGER NOT NULL DEFAULT 0,
  "handled" INTEGER NOT NULL DEFAULT 0,
  "last_row" INTEGER NOT NULL DEFAULT 0,
  "seated" INTEGER NOT NULL DEFAULT 0,
  "invited" INTEGER NOT NULL DEFAULT 0,

  CONSTRAINT "imports_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "imports_competition_id_fkey" FOREIGN KEY ("competition_id") REFERENCES "competitions"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "imports_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "committed_import" CHECK (("committed_at" IS NULL) = ("notify" IS NULL) AND ("finished_at" IS NULL OR "committed_at" IS NOT NULL))
);
-- The list of a competition.
CREATE INDEX "imports_of_competition" ON "imports" ("competition_id", "id");
CREATE INDEX "imports_by_creator" ON "imports" ("created_by_id");
-- The clean-up.
CREATE INDEX "imports_by_age" ON "imports" ("created_at");

CREATE TABLE "import_rows" (
  "import_id" UUID NOT NULL,
  "row" INTEGER NOT NULL,
  "email" TEXT NOT NULL,
  "name" TEXT,
  "verdict" TEXT NOT NULL,
  "reason" TEXT,
  "invitation_id" UUID,
  "outcome" TEXT,

  CONSTRAINT "import_rows_pkey" PRIMARY KEY ("import_id", "row"),
  CONSTRAINT "import_rows_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "imports"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- When an account is erased.
CREATE INDEX "import_rows_by_email" ON "import_rows" ("email");
