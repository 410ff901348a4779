-- What servers of the previous version call to register a batch: register_v2, with the error codes that they know.
-- Parameters, result, writes and locks: see register_v2.
-- Called by servers of the previous version; drop it in the next one.
CREATE OR REPLACE FUNCTION register_v1(
  p_competition_ids uuid[],
  p_user_ids        uuid[],
  p_session_ids     uuid[],
  p_keys            text[],
  p_fingerprints    bytea[],
  p_joins           boolean[],
  p_waited_ms       double precision[],
  p_waited_sure_ms  double precision[],
  p_patient         boolean,
  p_budget_ms       integer
) RETURNS TABLE (
  n                   integer,
  verdict             text,
  body                text,
  registration_id     uuid,
  registration_status "RegistrationStatus",
  seats_left          integer,
  waiting             integer
)
LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY
  SELECT r.n, CASE r.verdict WHEN 'STAFF_CANNOT_REGISTER' THEN 'FORBIDDEN' ELSE r.verdict END, r.body,
         r.registration_id, r.registration_status, r.seats_left, r.waiting
  FROM register_v2(p_competition_ids, p_user_ids, p_session_ids, p_keys, p_fingerprints, p_joins, p_waited_ms,
                   p_waited_sure_ms, NULL, NULL, NULL, NULL, NULL, p_patient, p_budget_ms) r;
END $$;
