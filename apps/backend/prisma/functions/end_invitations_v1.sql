-- Ends invitations: their seats are no longer reserved. Promotes nobody: the caller does, in the same transaction. One
-- that has already ended is skipped. Returns the ids of those that this call ended.
--
-- Writes: invitations, competitions, outbox (jobs `invitation-withdrawn` and `invitation-expired`, for people who know of
-- their invitation), audit_entries.
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
    SELECT 'competition', CASE p_outcome WHEN 'EXPIRED' THEN 'invitation-expired' ELSE 'invitation-withdrawn' END,
           jsonb_build_object('invitationId', id, 'at', iso_instant(v_now))
    FROM ended
    WHERE p_outcome <> 'REDEEMED' AND sent_at IS NOT NULL
  ), audited AS (
    INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
    SELECT v_now, p_actor_id, 'invitation.' || lower(p_outcome), p_competition_id, jsonb_build_object('invitationId', id)
    FROM ended
    WHERE p_outcome <> 'COMPETITION_CANCELLED'
  )
  SELECT array_agg(id) INTO v_ended FROM ended;
  RETURN QUERY SELECT unnest(v_ended);
END $$;
