-- Ends the registrations of a batch of people and promotes people from the waitlist, in one round trip. The arrays are
-- parallel, in the order of arrival.
--
--   p_registration_ids  a registration id (the link in an email) ends exactly that registration and needs no session;
--                       NULL ends the current registration of the signed-in person. In a team, it is the membership that
--                       ends; the registration goes on with the others.
--   p_patient           as in register_v2: true waits for locked rows, false skips them
--   p_budget_ms         lock_timeout: the longest wait for one lock
--
-- Result (column `verdict`): CANCELLED (also when the registration had ended before), REPLAY, SKIPPED, or the error
-- code of the refusal.
--
-- Does what is due in one of the locked competitions (settle_v1) before it decides.
--
-- Writes: see end_registrations_v1 and leave_team_v1; and idempotency_records.
-- Locks, in this order:
--   1. the rows of the competitions, FOR NO KEY UPDATE, in the order of their ids
--   2. the teams, in leave_team_v1, in the order of their ids
--   3. the registrations, in end_registrations_v1
--   4. the idempotency records, in the order of (user, key)
-- Called by the admission queue.
-- Older words in the body: entrant = request, looked = what was read under the lock, told = outbox rows,
-- remembered = stored responses.
CREATE OR REPLACE FUNCTION leave_v1(
  p_competition_ids  uuid[],
  p_user_ids         uuid[],
  p_session_ids      uuid[],
  p_keys             text[],
  p_fingerprints     bytea[],
  p_registration_ids uuid[],
  p_patient          boolean,
  p_budget_ms        integer
) RETURNS TABLE (n integer, verdict text, body text, seats_left integer, waiting integer)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
  v_body     constant text := '{"status":"CANCELLED"}';
  v_now      timestamptz;
  v_held     uuid[];
  v_expired  uuid;
  v_verdicts text[];
  v_bodies   text[];
  v_leaving  uuid[];
  v_members  uuid[];
  v_due      integer;
  v_kept     integer;
BEGIN
  PERFORM set_config('lock_timeout', p_budget_ms || 'ms', true);

  -- 1. Lock.
  IF p_patient THEN
    SELECT array_agg(id) INTO v_held FROM (
      SELECT c.id FROM competitions c WHERE c.id = ANY (p_competition_ids) ORDER BY c.id FOR NO KEY UPDATE
    ) locked;
  ELSE
    SELECT array_agg(id) INTO v_held FROM (
      SELECT c.id FROM competitions c WHERE c.id = ANY (p_competition_ids) ORDER BY c.id FOR NO KEY UPDATE SKIP LOCKED
    ) locked;
  END IF;
  SELECT id INTO v_expired FROM competitions
  WHERE id = ANY (v_held) AND next_expiry_at <= clock_timestamp()
  ORDER BY id
  LIMIT 1;
  IF v_expired IS NOT NULL THEN
    -- One step for one competition: the others in the batch wait for it.
    PERFORM settle_v1(v_expired);
  END IF;
  v_now := date_trunc('milliseconds', clock_timestamp());

  -- 2. Look and decide.
  WITH looked AS (
    SELECT e.n, k.body, r.id AS active_id, r.team_id, membership.id AS member_id,
           -- The order of these lines is the order of the answers.
           CASE
             WHEN e.registration_id IS NULL AND s.id IS NULL THEN 'SESSION_ENDED'
             WHEN e.registration_id IS NULL AND u.disabled_at IS NOT NULL THEN 'ACCOUNT_DISABLED'
             WHEN k.expires_at > v_now AND k.fingerprint = e.fingerprint THEN 'REPLAY'
             WHEN k.expires_at > v_now THEN 'IDEMPOTENCY_KEY_REUSED'
             WHEN c.id IS NULL THEN 'COMPETITION_NOT_FOUND'
             WHEN r.id IS NOT NULL AND c.id = ANY (v_held) IS NOT TRUE THEN 'SKIPPED'
             -- The seat of an expired hold may be the one that this person waits for.
             WHEN r.id IS NOT NULL AND c.next_expiry_at <= v_now AND c.cancelled_at IS NULL THEN 'SKIPPED'
             WHEN r.id IS NOT NULL THEN 'CANCELLED'
             WHEN EXISTS (
               SELECT FROM registrations was
               WHERE was.user_id = e.user_id AND was.competition_id = e.competition_id
                 AND was.id = coalesce(e.registration_id, was.id)
             ) THEN 'CANCELLED'
             WHEN EXISTS (
               SELECT FROM team_members former JOIN registrations was ON was.team_id = former.team_id
               WHERE former.user_id = e.user_id AND former.competition_id = e.competition_id
                 AND was.id = coalesce(e.registration_id, was.id)
             ) THEN 'CANCELLED'
             -- Only its staff may know that it exists.
             WHEN c.visibility = 'DRAFT' THEN 'COMPETITION_NOT_FOUND'
             ELSE 'NOT_REGISTERED'
           END AS verdict
    FROM unnest(p_competition_ids, p_user_ids, p_session_ids, p_keys, p_fingerprints, p_registration_ids)
         WITH ORDINALITY AS e (competition_id, user_id, session_id, key, fingerprint, registration_id, n)
    LEFT JOIN LATERAL (SELECT * FROM users WHERE id = e.user_id LIMIT 1) u ON true
    LEFT JOIN LATERAL (
      SELECT * FROM sessions
      WHERE id = e.session_id AND user_id = e.user_id AND ended_at IS NULL AND expires_at > v_now
      LIMIT 1
    ) s ON true
    LEFT JOIN LATERAL (
      SELECT * FROM idempotency_records WHERE user_id = e.user_id AND operation = 'LEAVE' AND key = e.key LIMIT 1
    ) k ON true
    LEFT JOIN LATERAL (SELECT * FROM competitions WHERE id = e.competition_id AND deleted_at IS NULL LIMIT 1) c ON true
    LEFT JOIN LATERAL (
      SELECT * FROM team_members
      WHERE c.team_max IS NOT NULL AND user_id = e.user_id AND competition_id = e.competition_id AND left_at IS NULL
      LIMIT 1
    ) membership ON true
    LEFT JOIN LATERAL (
      (SELECT * FROM registrations
       WHERE c.team_max IS NULL AND user_id = e.user_id AND competition_id = e.competition_id AND status <> 'CANCELLED'
         AND id = coalesce(e.registration_id, id)
       LIMIT 1)
      UNION ALL
      (SELECT * FROM registrations
       WHERE c.team_max IS NOT NULL AND team_id = membership.team_id AND status <> 'CANCELLED'
         AND id = coalesce(e.registration_id, id)
       LIMIT 1)
    ) r ON true
  )
  SELECT array_agg(verdict ORDER BY n),
         array_agg(coalesce(body, v_body) ORDER BY n),
         array_agg(active_id) FILTER (WHERE verdict = 'CANCELLED' AND active_id IS NOT NULL AND team_id IS NULL),
         array_agg(member_id ORDER BY team_id, member_id) FILTER (WHERE verdict = 'CANCELLED' AND active_id IS NOT NULL AND team_id IS NOT NULL)
  INTO v_verdicts, v_bodies, v_leaving, v_members
  FROM looked;

  -- 3. Write.
  PERFORM end_registrations_v1(v_leaving, 'LEFT', NULL, NULL);
  PERFORM leave_team_v1(m, 'LEFT', NULL) FROM unnest(v_members) AS m;

  INSERT INTO idempotency_records AS k (user_id, operation, key, fingerprint, status, body, expires_at)
  SELECT e.user_id, 'LEAVE', e.key, e.fingerprint, 200, v_body, v_now + interval '24 hours'
  FROM unnest(p_user_ids, p_keys, p_fingerprints, v_verdicts) AS e (user_id, key, fingerprint, verdict)
  WHERE e.verdict = 'CANCELLED' AND e.key IS NOT NULL
  ORDER BY e.user_id, e.key
  ON CONFLICT (user_id, operation, key) DO UPDATE
    SET fingerprint = excluded.fingerprint, status = excluded.status, body = excluded.body, expires_at = excluded.expires_at
    WHERE k.expires_at <= v_now;
  GET DIAGNOSTICS v_kept = ROW_COUNT;
  SELECT count(*) INTO v_due FROM unnest(p_keys, v_verdicts) AS e (key, verdict) WHERE verdict = 'CANCELLED' AND key IS NOT NULL;
  IF v_kept < v_due THEN
    PERFORM undo_for_taken_key();
  END IF;

  -- 4. Answer.
  RETURN QUERY
  SELECT e.n::integer, e.verdict, e.body, c.seats_left, c.waiting
  FROM unnest(v_verdicts, v_bodies, p_competition_ids) WITH ORDINALITY AS e (verdict, body, competition_id, n)
  LEFT JOIN competitions c ON c.id = e.competition_id;
END $$;
