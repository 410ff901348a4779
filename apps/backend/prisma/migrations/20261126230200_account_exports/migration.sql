SET LOCAL lock_timeout = '2s';
CREATE TABLE "account_exports" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "user_id" UUID NOT NULL,
  "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "finished_at" TIMESTAMPTZ(3),
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "content" TEXT,

  CONSTRAINT "account_exports_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "account_exports_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "one_export_per_user" ON "account_exports" ("user_id");
CREATE INDEX "account_exports_by_expiry" ON "account_exports" ("expires_at");
