-- Keys of tickets, doors, and scans at doors. Servers of the previous version do not use them.
SET LOCAL lock_timeout = '2s';
CREATE TABLE "ticket_keys" (
  "id" TEXT NOT NULL,
  "public_key" BYTEA NOT NULL,
  "private_key" BYTEA NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "retired_at" TIMESTAMPTZ(3),
  "revoked_at" TIMESTAMPTZ(3),

  CONSTRAINT "ticket_keys_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "key_id" CHECK ("id" ~ '^[0-9a-f]{8}$')
);
-- Two servers that need the first key at the same time create one.
CREATE UNIQUE INDEX "one_active_ticket_key" ON "ticket_keys" ((true)) WHERE "retired_at" IS NULL AND "revoked_at" IS NULL;

CREATE TABLE "check_in_doors" (
  "competition_id" UUID NOT NULL,
  "id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "scanner_ids" UUID[] NOT NULL,
  "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "synced_at" TIMESTAMPTZ(3),
  "remaining" INTEGER NOT NULL DEFAULT 0,

  CONSTRAINT "check_in_doors_pkey" PRIMARY KEY ("competition_id", "id"),
  CONSTRAINT "check_in_doors_competition_id_fkey" FOREIGN KEY ("competition_id") REFERENCES "competitions"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "check_ins" (
  "id" UUID NOT NULL,
  "competition_id" UUID NOT NULL,
  "registration_id" UUID NOT NULL,
  "user_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "received_at" TIMESTAMPTZ(3) NOT NULL,
  "door_id" UUID,
  "scanner_id" UUID NOT NULL,
  "judged" TEXT NOT NULL,
  "accepted" BOOLEAN,
  "result" TEXT NOT NULL,

  CONSTRAINT "check_ins_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "check_ins_competition_id_fkey" FOREIGN KEY ("competition_id") REFERENCES "competitions"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "check_ins_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registrations"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "check_ins_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "not_from_the_future" CHECK ("at" <= "received_at"),
  CONSTRAINT "entry_counts" CHECK ("result" <> 'WELCOME' OR "kind" = 'CHECK_IN' AND "judged" = 'SEATED' AND "accepted" IS TRUE)
);
-- The database refuses to count a person twice.
CREATE UNIQUE INDEX "one_entry_per_ticket" ON "check_ins" ("registration_id", "user_id") WHERE "result" = 'WELCOME';
-- The scans of a ticket, to find its entry.
CREATE INDEX "check_ins_of_ticket" ON "check_ins" ("registration_id", "user_id", "at", "id");
-- The latest scans of a competition.
CREATE INDEX "check_ins_of_competition" ON "check_ins" ("competition_id", "received_at", "id");
-- The live numbers: people who are in, by when they came.
CREATE INDEX "entries_of_competition" ON "check_ins" ("competition_id", "at") WHERE "result" = 'WELCOME';
-- The list of what managers should look at.
CREATE INDEX "check_in_problems" ON "check_ins" ("competition_id", "received_at", "id") WHERE "result" NOT IN ('WELCOME', 'UNDONE', 'DISCARDED');
-- The export of an account.
CREATE INDEX "check_ins_of_user" ON "check_ins" ("user_id");
