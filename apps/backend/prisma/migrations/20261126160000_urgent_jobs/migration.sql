-- The relay claims urgent jobs, such as reset links, before all others, and finds them without reading the backlog.
-- Concurrently, so that registering goes on meanwhile; it has to be the only statement of this migration.
CREATE INDEX CONCURRENTLY "outbox_urgent" ON "outbox" ("due_at") WHERE settled_at IS NULL AND queue IN ('account', 'security-mail');
