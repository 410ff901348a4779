-- The worker looks every second for promotions to go on with, without reading all competitions. No column of it changes
-- when people register, so these updates stay cheap (HOT). It has to be the only statement of this migration.
CREATE INDEX CONCURRENTLY "competitions_due" ON "competitions" ("next_due_at") WHERE "next_due_at" IS NOT NULL;
