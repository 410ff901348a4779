-- Exchanges a batch of refresh tokens for their successors, in one round trip. The arrays are parallel. A session may
-- occur with several tokens, and a token several times.
--
--   p_hashes         hashes of the refresh tokens to renew
--   p_successors     hash of the successor of each. The same token always has the same successor, so concurrent
--                    renewals of one token continue with one successor, and a session never splits into two branches.
--   p_grace_seconds  how long a used token remains usable: two tabs that renew at once, or a lost response
--   p_session_days   lifetime of the session from now on
--
-- Result (column `outcome`): RENEWED, ENDED, DISABLED (the account), or SKIPPED (another transaction holds the session:
-- retry). A token that was used longer ago than the grace period was copied (reuse detection): it ends the session.
--
-- Writes: refresh_tokens, sessions, audit_entries (`session.reuse-revoked`).
-- Locks: the rows of the sessions, FOR UPDATE SKIP LOCKED, in the order of their ids. The row is the lock of all tokens
-- of its session. lock_timeout limits the wait for a table lock, such as that of a migration.
-- Called by the session renewal of the API.
CREATE OR REPLACE FUNCTION renew_sessions_v1(
  p_hashes        bytea[],
  p_successors    bytea[],
  p_grace_seconds integer,
  p_session_days  integer
) RETURNS TABLE (
  n          integer,
  outcome    text,
  session_id uuid,
  user_id    uuid,
  name       text,
  email      text,
  role       "Role",
  created_at timestamptz
)
LANGUAGE plpgsql
-- Planned once: planning takes longer than the work.
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
-- While a migration locks a whole table, only this batch fails: it gives up before the batches behind it time out.
SET lock_timeout = '1500ms'
AS $$
#variable_conflict use_column
DECLARE
  v_held uuid[];
BEGIN
  -- 1. Lock. Without SKIP LOCKED one session that somebody holds would make everybody in the batch wait for it.
  SELECT array_agg(id) INTO v_held FROM (
    SELECT s.id FROM sessions s
    WHERE s.id = ANY (ARRAY(
      SELECT t.session_id
      FROM unnest(p_hashes) AS r (hash)
      CROSS JOIN LATERAL (SELECT session_id FROM refresh_tokens WHERE hash = r.hash LIMIT 1) t
    ))
    ORDER BY s.id
    FOR UPDATE SKIP LOCKED
  ) locked;

  -- 2. Look, decide, write, answer. A statement of its own has a newer snapshot: it sees what the last holders of these
  --    locks committed.
  RETURN QUERY
  WITH looked AS (
    SELECT r.n::integer, r.hash, r.successor, t.session_id, s.user_id, u.name, u.email, u.role, u.created_at,
           -- The order of these lines is the order of the answers.
           CASE
             WHEN t.session_id IS NULL THEN 'ENDED'
             WHEN t.session_id = ANY (v_held) IS NOT TRUE THEN 'SKIPPED'
             WHEN s.ended_at IS NOT NULL OR s.expires_at <= now() THEN 'ENDED'
             WHEN u.disabled_at IS NOT NULL THEN 'DISABLED'
             -- Somebody has a copy of a token. All tokens of the session in this batch get the same answer: a successor
             -- of a session that ends in the same statement would be good for nothing.
             WHEN bool_or(t.used_at < now() - make_interval(secs => p_grace_seconds)) OVER (PARTITION BY t.session_id)
               THEN 'REUSED'
             ELSE 'RENEWED'
           END AS outcome
    FROM unnest(p_hashes, p_successors) WITH ORDINALITY AS r (hash, successor, n)
    -- LIMIT 1 keeps each of these a look-up by key, see docs/decisions/0002-plans-that-cannot-go-wrong.md.
    LEFT JOIN LATERAL (SELECT * FROM refresh_tokens WHERE hash = r.hash LIMIT 1) t ON true
    LEFT JOIN LATERAL (SELECT * FROM sessions WHERE id = t.session_id LIMIT 1) s ON true
    LEFT JOIN LATERAL (SELECT * FROM users WHERE id = s.user_id LIMIT 1) u ON true
  ), used AS (
    -- Arrays instead of joins for the same reason: these updates can only look up by key. Only the first use counts:
    -- one that moved the time on would keep a copied token good for as long as it is used.
    UPDATE refresh_tokens
    SET used_at = now()
    WHERE hash = ANY (ARRAY(SELECT hash FROM looked WHERE outcome = 'RENEWED')) AND used_at IS NULL
  ), succeeded AS (
    -- The successor is there already when this token was used within the grace period, or is in the batch twice.
    INSERT INTO refresh_tokens (hash, session_id)
    SELECT successor, session_id FROM looked WHERE outcome = 'RENEWED'
    ON CONFLICT (hash) DO NOTHING
  ), renewed AS (
    UPDATE sessions
    SET last_used_at = now(), expires_at = now() + make_interval(days => p_session_days)
    WHERE id = ANY (ARRAY(SELECT session_id FROM looked WHERE outcome = 'RENEWED'))
  ), revoked AS (
    UPDATE sessions
    SET ended_at = now()
    WHERE id = ANY (ARRAY(SELECT session_id FROM looked WHERE outcome = 'REUSED'))
    RETURNING id, user_id
  ), audited AS (
    INSERT INTO audit_entries (actor_id, action, subject_id)
    SELECT user_id, 'session.reuse-revoked', id FROM revoked
  )
  SELECT n, CASE outcome WHEN 'REUSED' THEN 'ENDED' ELSE outcome END, session_id, user_id, name, email, role, created_at
  FROM looked;
END $$;
