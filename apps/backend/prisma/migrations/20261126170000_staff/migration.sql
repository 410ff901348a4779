-- Who works on a competition, and as what. Until now a competition had one organizer, its owner.
SET LOCAL lock_timeout = '2s';
CREATE TYPE "StaffRole" AS ENUM ('OWNER', 'MANAGER', 'REVIEWER', 'SCANNER');

CREATE TABLE "competition_staff" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "competition_id" UUID NOT NULL,
  "user_id" UUID NOT NULL,
  "role" "StaffRole" NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "competition_staff_pkey" PRIMARY KEY ("competition_id", "user_id"),
  CONSTRAINT "competition_staff_competition_id_fkey" FOREIGN KEY ("competition_id") REFERENCES "competitions"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "competition_staff_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "competition_staff_id_key" ON "competition_staff" ("id");
CREATE INDEX "staff_of_user" ON "competition_staff" ("user_id", "competition_id");

CREATE FUNCTION add_owner() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO competition_staff (competition_id, user_id, role) VALUES (NEW.id, NEW.organizer_id, 'OWNER');
  RETURN NULL;
END $$;

CREATE TRIGGER "competitions_add_owner" AFTER INSERT ON "competitions"
FOR EACH ROW EXECUTE FUNCTION add_owner();
