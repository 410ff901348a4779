-- Addresses that the mail server refused for good. It counts only while the account still has the address.
SET LOCAL lock_timeout = '2s';
CREATE TABLE "bounced_addresses" (
  "user_id" UUID NOT NULL,
  "email" TEXT NOT NULL,
  "code" SMALLINT NOT NULL,
  "bounced_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "bounced_addresses_pkey" PRIMARY KEY ("user_id"),
  CONSTRAINT "bounced_addresses_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
