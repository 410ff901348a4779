-- Lists show public competitions only: with an index of these, a page reads no drafts and no unlisted ones before it is
-- full. The indexes over all visibilities (competitions_by_...) serve the previous version; drop them in a later release.
CREATE INDEX CONCURRENTLY "listed_by_deadline" ON "competitions" ("reg_deadline", "id") WHERE "deleted_at" IS NULL AND "visibility" = 'PUBLIC';
