-- People who accept invitations at once are decided in one statement, each by their own arrival.
-- Redeems invitations: each person gets the seat that is reserved for them. Redeeming is admission, so it draws a new
-- admission number; a person who waits or has applied keeps the registration and leaves the waitlist. Opening and deadline
-- do not matter, the end of the invitation does. The arrays are parallel, one element per request; the caller has checked
-- whose invitations these are. Of several requests of one person, the first counts.
--
--   p_waited_ms           the longest time that each request can have waited before this statement was sent
--   p_questions_versions, p_answers
--                         as in register_v2. NULL for an import, which seats people without answers.
--
-- Result (column `verdict`): PENDING, ANSWERS_INVALID, or the error code of the refusal.
--
-- Writes: registrations, registration_answers, invitations, competitions, outbox (job `confirmation`), audit_entries; see
-- settle_v1 for the rest.
-- Locks: the caller must hold the lock of the competition's row; the function itself locks the registrations.
-- Called by the redeeming of an invitation, and by imports.
CREATE OR REPLACE FUNCTION redeem_v2(
  p_competition_id     uuid,
  p_invitation_ids     uuid[],
  p_user_ids           uuid[],
  p_waited_ms          double precision[],
  p_questions_versions integer[],
  p_answers            jsonb[],
  p_actor_ids          uuid[]
) RETURNS TABLE (n integer, verdict text, registration_id uuid)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
  v_now timestamptz;
BEGIN
  PERFORM settle_all_v1(p_competition_id);
  v_now := date_trunc('milliseconds', clock_timestamp());
  RETURN QUERY
  WITH found AS (
    SELECT e.n::integer, e.user_id, e.actor_id, e.questions_version, e.answers, i.id AS invitation_id,
           r.id AS own_id, r.status AS own_status,
           -- The order of these lines is the order of the answers.
           CASE
             WHEN i.id IS NULL THEN 'INVITATION_NOT_FOUND'
             WHEN i.outcome = 'REDEEMED' THEN 'INVITATION_USED'
             WHEN i.outcome = 'EXPIRED' THEN 'INVITATION_EXPIRED'
             WHEN c.cancelled_at IS NOT NULL OR i.outcome = 'COMPETITION_CANCELLED' THEN 'COMPETITION_CANCELLED'
             WHEN i.outcome = 'WITHDRAWN' THEN 'INVITATION_WITHDRAWN'
             WHEN statement_timestamp() - e.waited_ms * interval '1 millisecond' >= i.expires_at
               THEN 'INVITATION_EXPIRED'
             WHEN u.disabled_at IS NOT NULL THEN 'ACCOUNT_DISABLED'
             WHEN holds_seat(r.status) THEN 'ALREADY_REGISTERED'
             WHEN staff.id IS NOT NULL THEN 'STAFF_CANNOT_REGISTER'
             WHEN p_questions_versions IS NULL THEN NULL
             WHEN coalesce(e.questions_version, CASE WHEN c.requires_answers THEN -1 ELSE c.questions_version END)
                  <> c.questions_version THEN 'QUESTIONS_CHANGED'
             WHEN e.questions_version IS NOT NULL AND e.answers IS NULL THEN 'ANSWERS_INVALID'
           END AS refusal
    FROM unnest(p_invitation_ids, p_user_ids, p_waited_ms, p_questions_versions, p_answers, p_actor_ids)
         WITH ORDINALITY AS e (invitation_id, user_id, waited_ms, questions_version, answers, actor_id, n)
    JOIN competitions c ON c.id = p_competition_id
    LEFT JOIN LATERAL (
      SELECT * FROM invitations WHERE id = e.invitation_id AND competition_id = p_competition_id LIMIT 1
    ) i ON true
    LEFT JOIN LATERAL (SELECT * FROM users WHERE id = e.user_id LIMIT 1) u ON true
    LEFT JOIN LATERAL (
      SELECT * FROM registrations
      WHERE user_id = e.user_id AND competition_id = p_competition_id AND status <> 'CANCELLED'
      LIMIT 1
    ) r ON true
    LEFT JOIN LATERAL (
      SELECT * FROM competition_staff WHERE competition_id = p_competition_id AND user_id = e.user_id LIMIT 1
    ) staff ON true
  ), admitted AS MATERIALIZED (
    SELECT n, user_id, actor_id, questions_version, answers, invitation_id, own_id, own_status,
           coalesce(own_id, uuidv7()) AS id, nextval('registrations_admission_seq') AS admission
    FROM (
      SELECT * FROM (SELECT DISTINCT ON (user_id) * FROM found WHERE refusal IS NULL ORDER BY user_id, n) once
      ORDER BY n
    ) in_order
  ), changed AS (
    UPDATE registrations r
    SET status = 'PENDING', admission = a.admission, decided_at = v_now
    FROM admitted a
    WHERE r.id = a.own_id
  ), registered AS (
    INSERT INTO registrations (id, competition_id, user_id, status, admission, registered_at, decided_at)
    SELECT id, p_competition_id, user_id, 'PENDING', admission, v_now, v_now
    FROM admitted
    WHERE own_id IS NULL
  ), answers_kept AS (
    INSERT INTO registration_answers AS kept (registration_id, questions_version, answers, consents, updated_at)
    SELECT id, questions_version, answers->'answers', answers->'consents', v_now
    FROM admitted
    WHERE questions_version IS NOT NULL
    ON CONFLICT (registration_id) DO UPDATE
      SET questions_version = excluded.questions_version, answers = excluded.answers, consents = excluded.consents,
          updated_at = excluded.updated_at
  ), redeemed AS (
    UPDATE invitations i SET ended_at = v_now, outcome = 'REDEEMED', registration_id = a.id
    FROM admitted a
    WHERE i.id = a.invitation_id
  ), counted AS (
    -- The reserved seat becomes a held one: seats_left stays.
    UPDATE competitions c
    SET reserved = c.reserved - a.n, waiting = c.waiting - a.waited
    FROM (
      SELECT count(*)::integer AS n, (count(*) FILTER (WHERE own_status = 'WAITLISTED'))::integer AS waited FROM admitted
    ) a
    WHERE c.id = p_competition_id AND a.n > 0
  ), enqueued AS (
    INSERT INTO outbox (queue, job, payload)
    SELECT 'registration', 'confirmation', jsonb_build_object('registrationId', id)
    FROM admitted
    ORDER BY n
  ), audited AS (
    INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
    SELECT v_now, actor_id, 'registration.redeemed', p_competition_id,
           jsonb_build_object('registrationId', id, 'userId', user_id, 'admission', admission, 'invitationId', invitation_id,
                              'was', own_status)
    FROM admitted
    ORDER BY n
  )
  SELECT f.n, coalesce(f.refusal, CASE WHEN a.n IS NULL THEN 'INVITATION_USED' ELSE 'PENDING' END), coalesce(a.id, f.own_id)
  FROM found f
  LEFT JOIN admitted a ON a.n = f.n
  ORDER BY f.n;
END $$;

-- What servers of the previous version call to redeem invitations: redeem_v2, with one arrival and one actor for all.
-- Parameters, result, writes and locks: see redeem_v2.
-- Called by servers of the previous version; drop it in the next one.
CREATE OR REPLACE FUNCTION redeem_v1(
  p_competition_id     uuid,
  p_invitation_ids     uuid[],
  p_user_ids           uuid[],
  p_waited_ms          double precision,
  p_questions_versions integer[],
  p_answers            jsonb[],
  p_actor_id           uuid
) RETURNS TABLE (n integer, verdict text, registration_id uuid)
LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY
  SELECT r.n, r.verdict, r.registration_id
  FROM redeem_v2(p_competition_id, p_invitation_ids, p_user_ids,
                 array_fill(p_waited_ms, ARRAY[cardinality(p_invitation_ids)]), p_questions_versions, p_answers,
                 array_fill(p_actor_id, ARRAY[cardinality(p_invitation_ids)])) r;
END $$;
