-- Formats an instant as JavaScript's toISOString() does, for all JSON responses that PostgreSQL builds.
-- Locks nothing.
-- Called by register_v2 and by the queries of the API.
CREATE OR REPLACE FUNCTION iso_instant(at timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
