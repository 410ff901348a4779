-- The HTML of descriptions, rendered when they are saved. A table of its own: as a column of the competition, whose row is
-- the lock of its seats, each seat that is taken would copy it, and storing it later would make registrations wait. It is
-- used only for the description that it was rendered from, so servers of the previous version need not know of it.
SET LOCAL lock_timeout = '2s';

CREATE TABLE "competition_descriptions" (
    "competition_id" UUID NOT NULL,
    -- SHA-256 of the description.
    "source" BYTEA NOT NULL,
    -- Version of the code that rendered it.
    "renderer" INTEGER NOT NULL,
    "html" TEXT NOT NULL,

    CONSTRAINT "competition_descriptions_pkey" PRIMARY KEY ("competition_id"),
    CONSTRAINT "competition_descriptions_competition_id_fkey" FOREIGN KEY ("competition_id")
      REFERENCES "competitions" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
