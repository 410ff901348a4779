-- Ends registrations, whatever the reason (left, removed, rejected, hold expired, team too small, no-show, competition
-- canceled, account erased),
-- and promotes people from the waitlist into the seats that become free. A registration that has already ended is skipped.
-- Returns the ids of those that this call ended.
--
-- Writes: registrations, competitions, outbox (a message for each person, 10 s later for a rejection, which can be taken
-- back; none if the competition is canceled, because that sends a message of its own, or if the account is erased),
-- audit_entries; see promote_v1 for the rest.
-- Locks: the caller must hold the locks of the rows of all these competitions; the function itself locks the
-- registrations that it ends, in the order of their ids.
-- Called by leave_v1, leave_team_v1, decide_v1 and settle_v1, by the removal of a person by an organizer, by the job that cancels a
-- competition, and by the erasure of an account.
CREATE OR REPLACE FUNCTION end_registrations_v1(
  p_registration_ids uuid[],
  p_reason           "EndReason",
  p_removal_reason   text,
  p_actor_id         uuid
) RETURNS SETOF uuid
LANGUAGE plpgsql AS $$
DECLARE
  v_now          timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_competitions uuid[];
  v_ended        uuid[];
BEGIN
  -- The UPDATE below locks them in any order: scans of doors, which lock in the order of ids and without the competition,
  -- would wait for this call while it waits for them.
  PERFORM FROM registrations WHERE id = ANY (p_registration_ids) ORDER BY id FOR NO KEY UPDATE;

  WITH ended AS (
    UPDATE registrations r
    SET status = 'CANCELLED', status_at_end = r.status, ended_at = v_now, end_reason = p_reason,
        removal_reason = p_removal_reason
    WHERE r.id = ANY (p_registration_ids) AND r.status <> 'CANCELLED'
    RETURNING r.id, r.competition_id, r.user_id, r.team_id, r.seats, old.status AS was
  ), counted AS (
    SELECT competition_id,
           -- An application has neither a seat nor a place on the waitlist.
           coalesce(sum(seats) FILTER (WHERE holds_seat(was)), 0)::integer AS seats,
           count(*) FILTER (WHERE was = 'WAITLISTED')::integer AS places,
           coalesce(sum(seats - 1) FILTER (WHERE was = 'WAITLISTED'), 0)::integer AS extra
    FROM ended
    GROUP BY competition_id
  ), freed AS (
    UPDATE competitions c
    SET seats_left = c.seats_left + n.seats, waiting = c.waiting - n.places,
        waiting_extra_seats = c.waiting_extra_seats - n.extra
    FROM counted n
    WHERE c.id = n.competition_id
  ), told AS (
    -- A canceled competition sends one message of its own, and an erased account gets none.
    INSERT INTO outbox (queue, job, payload, due_at)
    SELECT 'registration', replace(lower(p_reason::text), '_', '-'), jsonb_build_object('registrationId', id),
           CASE p_reason WHEN 'REJECTED' THEN v_now + interval '10 seconds' ELSE now() END
    FROM ended
    WHERE p_reason IN ('LEFT', 'REMOVED', 'REJECTED', 'EXPIRED', 'TEAM_TOO_SMALL', 'NO_SHOW')
  ), audited AS (
    INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
    SELECT v_now, CASE WHEN p_reason = 'LEFT' AND user_id IS NOT NULL THEN user_id ELSE p_actor_id END,
           'registration.' || CASE p_reason
             WHEN 'COMPETITION_CANCELLED' THEN 'cancelled'
             ELSE replace(lower(p_reason::text), '_', '-')
           END,
           competition_id,
           jsonb_build_object('registrationId', id, 'seated', holds_seat(was), 'was', was) || registrant(user_id, team_id)
    FROM ended
  )
  SELECT array_agg(DISTINCT competition_id), array_agg(id) INTO v_competitions, v_ended FROM ended;

  PERFORM promote_v1(id) FROM unnest(v_competitions) AS id;

  RETURN QUERY SELECT unnest(v_ended);
END $$;
