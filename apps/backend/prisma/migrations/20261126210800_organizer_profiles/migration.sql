-- What organizers write about themselves.
SET LOCAL lock_timeout = '2s';
CREATE TABLE "organizer_profiles" (
  "user_id" UUID NOT NULL,
  "text" TEXT NOT NULL,
  "html" TEXT NOT NULL,
  "renderer" INTEGER NOT NULL,
  "links" JSONB NOT NULL DEFAULT '[]',
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "organizer_profiles_pkey" PRIMARY KEY ("user_id"),
  CONSTRAINT "organizer_profiles_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
