-- What the worker's checks of the invariants have found, for the admin console and the metrics.
SET LOCAL lock_timeout = '2s';
CREATE TABLE "invariant_checks" (
  "id" INTEGER NOT NULL DEFAULT 1,
  "checked_at" TIMESTAMPTZ(3) NOT NULL,
  "duration_ms" INTEGER NOT NULL,
  "competitions" INTEGER NOT NULL,
  "registrations" INTEGER NOT NULL,
  "audit_id" BIGINT NOT NULL,
  "last_competition_id" UUID,
  "completed_at" TIMESTAMPTZ(3),

  CONSTRAINT "invariant_checks_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "one_row" CHECK ("id" = 1)
);
CREATE TABLE "invariant_breaches" (
  "competition_id" UUID NOT NULL,
  "rule" TEXT NOT NULL,
  "about" TEXT NOT NULL,
  "invariant" TEXT NOT NULL,
  "case_id" TEXT NOT NULL,
  "row" JSONB NOT NULL,
  "found_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "invariant_breaches_pkey" PRIMARY KEY ("competition_id", "rule", "about"),
  CONSTRAINT "invariant_breaches_competition_id_fkey" FOREIGN KEY ("competition_id") REFERENCES "competitions"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
