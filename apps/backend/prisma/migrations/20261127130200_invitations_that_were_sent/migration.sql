-- Invitations record when they were sent: an import reserves seats without telling anybody. The people who have got an
-- invitation also hear when their competition is canceled.

-- Invites addresses to a competition. Each invitation reserves a seat: all of them, or none.
--
--   p_emails   in lower case, each once
--   p_names    of people whom an import names; NULL where unknown
--   p_mails    whether the invitations are sent; an import sends them later, or not at all
--
-- Result: one row per address. `verdict` is INVITED, or why the address needs no invitation (ALREADY_INVITED,
-- ALREADY_REGISTERED, STAFF_CANNOT_REGISTER). `lacking` is how many seats are missing; if it is above 0, nothing was
-- written. `free` is how many there were: none while somebody waits who may still be promoted.
--
-- Writes: invitations, competitions, outbox (job `invited`), audit_entries; see settle_v1 for the rest.
-- Locks: the caller must hold the lock of the competition's row.
-- Called by the inviting by the staff, and by imports.
CREATE OR REPLACE FUNCTION invite_v1(
  p_competition_id uuid,
  p_emails         text[],
  p_names          text[],
  p_expires_at     timestamptz,
  p_message        text,
  p_import_id      uuid,
  p_mails          boolean,
  p_actor_id       uuid
) RETURNS TABLE (n integer, verdict text, invitation_id uuid, free integer, lacking integer)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
  v_now         timestamptz;
  v_competition competitions;
  v_verdicts    text[];
  v_ids         uuid[];
  v_free        integer;
  v_count       integer;
BEGIN
  PERFORM settle_all_v1(p_competition_id);
  v_now := date_trunc('milliseconds', clock_timestamp());
  SELECT * INTO v_competition FROM competitions WHERE id = p_competition_id;
  v_free := CASE
    WHEN v_competition.waiting > 0 AND promotes_until(v_competition) > v_now THEN 0
    ELSE v_competition.seats_left
  END;

  WITH judged AS (
    SELECT e.n,
           CASE
             WHEN i.id IS NOT NULL THEN 'ALREADY_INVITED'
             WHEN staff.id IS NOT NULL THEN 'STAFF_CANNOT_REGISTER'
             WHEN holds_seat(r.status) THEN 'ALREADY_REGISTERED'
             ELSE 'INVITED'
           END AS verdict
    FROM unnest(p_emails) WITH ORDINALITY AS e (email, n)
    LEFT JOIN LATERAL (
      SELECT id FROM invitations WHERE competition_id = p_competition_id AND email = e.email AND ended_at IS NULL LIMIT 1
    ) i ON true
    LEFT JOIN LATERAL (SELECT id FROM users WHERE email = e.email LIMIT 1) u ON true
    LEFT JOIN LATERAL (
      SELECT id FROM competition_staff WHERE competition_id = p_competition_id AND user_id = u.id LIMIT 1
    ) staff ON true
    LEFT JOIN LATERAL (
      SELECT status FROM registrations
      WHERE user_id = u.id AND competition_id = p_competition_id AND status <> 'CANCELLED'
      LIMIT 1
    ) r ON true
  )
  SELECT array_agg(verdict ORDER BY n),
         array_agg(CASE verdict WHEN 'INVITED' THEN uuidv7() END ORDER BY n),
         count(*) FILTER (WHERE verdict = 'INVITED')
  INTO v_verdicts, v_ids, v_count
  FROM judged;

  IF v_count BETWEEN 1 AND v_free THEN
    INSERT INTO invitations (id, competition_id, email, name, message, invited_by_id, import_id, created_at, sent_at, expires_at)
    SELECT e.id, p_competition_id, e.email, e.name, p_message, p_actor_id, p_import_id, v_now,
           CASE WHEN p_mails THEN v_now END, p_expires_at
    FROM unnest(v_ids, p_emails, p_names) AS e (id, email, name)
    WHERE e.id IS NOT NULL;

    UPDATE competitions c
    SET reserved = reserved + v_count,
        seats_left = seats_left - v_count,
        next_expiry_at = least(next_expiry_at, expiry_due_at(p_expires_at, promotes_until(c)))
    WHERE id = p_competition_id;

    INSERT INTO outbox (queue, job, payload)
    SELECT 'competition', 'invited', jsonb_build_object('invitationId', id, 'at', iso_instant(v_now))
    FROM unnest(v_ids) AS id
    WHERE p_mails AND id IS NOT NULL;

    INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
    SELECT v_now, p_actor_id, 'invitation.sent', p_competition_id, jsonb_build_object('invitationId', id)
    FROM unnest(v_ids) AS id
    WHERE id IS NOT NULL;
  END IF;

  RETURN QUERY
  SELECT e.n::integer, e.verdict, e.id, v_free, greatest(v_count - v_free, 0)
  FROM unnest(v_verdicts, v_ids) WITH ORDINALITY AS e (verdict, id, n);
END $$;

-- Ends invitations: their seats are no longer reserved. Promotes nobody: the caller does, in the same transaction. One
-- that has already ended is skipped. Returns the ids of those that this call ended.
--
-- Writes: invitations, competitions, outbox (job `invitation-withdrawn`, for people who know of their invitation),
-- audit_entries.
-- Locks: the caller must hold the lock of the competition's row.
-- Called by settle_v1, by the withdrawal of an invitation, and by the job that cancels a competition.
CREATE OR REPLACE FUNCTION end_invitations_v1(
  p_competition_id uuid,
  p_invitation_ids uuid[],
  p_outcome        text,
  p_actor_id       uuid
) RETURNS SETOF uuid
LANGUAGE plpgsql AS $$
DECLARE
  v_now   timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_ended uuid[];
BEGIN
  WITH ended AS (
    UPDATE invitations SET ended_at = v_now, outcome = p_outcome
    WHERE id = ANY (p_invitation_ids) AND competition_id = p_competition_id AND ended_at IS NULL
    RETURNING id, sent_at
  ), freed AS (
    UPDATE competitions
    SET reserved = reserved - n, seats_left = seats_left + n
    FROM (SELECT count(*)::integer AS n FROM ended) counted
    WHERE id = p_competition_id AND n > 0
  ), told AS (
    INSERT INTO outbox (queue, job, payload)
    SELECT 'competition', 'invitation-withdrawn', jsonb_build_object('invitationId', id, 'at', iso_instant(v_now))
    FROM ended
    WHERE p_outcome IN ('WITHDRAWN', 'COMPETITION_CANCELLED') AND sent_at IS NOT NULL
  ), audited AS (
    INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
    SELECT v_now, p_actor_id, 'invitation.' || lower(p_outcome), p_competition_id, jsonb_build_object('invitationId', id)
    FROM ended
    WHERE p_outcome <> 'COMPETITION_CANCELLED'
  )
  SELECT array_agg(id) INTO v_ended FROM ended;
  RETURN QUERY SELECT unnest(v_ended);
END $$;
