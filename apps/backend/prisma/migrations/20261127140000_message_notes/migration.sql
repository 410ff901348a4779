-- What the staff adds to automatic messages, in each language. Servers of the previous version do not read it.
SET LOCAL lock_timeout = '2s';
CREATE TABLE "message_notes" (
  "competition_id" UUID NOT NULL,
  "kind" "MessageKind" NOT NULL,
  "language" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "message_notes_pkey" PRIMARY KEY ("competition_id", "kind", "language"),
  CONSTRAINT "message_notes_competition_id_fkey" FOREIGN KEY ("competition_id") REFERENCES "competitions"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
