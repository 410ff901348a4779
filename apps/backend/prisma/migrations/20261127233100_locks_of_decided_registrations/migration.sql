-- Decides on applications to one competition, in the given order, in one statement. Accepting is admission: a free seat, or
-- a place on the waitlist, with a new admission number; it never passes people who are waiting. Opening and deadline do not
-- matter. Without a seat, and when the waitlist is off or nobody is promoted anymore, the application stays undecided. The
-- arrays are parallel, and an id is in them once.
--
--   p_decisions  ACCEPT, WAITLIST or REJECT
--   p_reasons    what the person is told about a rejection
--
-- Result (column `verdict`): the new status, or the error code of the refusal.
--
-- Writes: registrations, competitions, outbox (jobs `confirmation`, `held`, `waiting` and `rejected`), audit_entries; see
-- settle_v1 and end_registrations_v1 for the rest.
-- Locks: the caller must hold the lock of the competition's row; the function itself locks the registrations, in the order
-- of their ids.
-- Called by the deciding on applications by the staff.
CREATE OR REPLACE FUNCTION decide_v1(
  p_competition_id   uuid,
  p_registration_ids uuid[],
  p_decisions        text[],
  p_reasons          text[],
  p_actor_id         uuid
) RETURNS TABLE (n integer, verdict text)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
  v_now         timestamptz;
  v_competition competitions;
  v_free        integer;
  v_is_open     boolean;
  v_held_until  timestamptz;
  v_seated      "RegistrationStatus";
  v_verdicts    text[];
  v_rejected    uuid[];
  v_seats       integer;
  v_places      integer;
  v_extra       integer;
BEGIN
  PERFORM settle_all_v1(p_competition_id);

  -- The UPDATE below locks them in the given order: scans of doors, which lock in the order of ids and without the
  -- competition, would wait for this call while it waits for them.
  PERFORM FROM registrations
  WHERE id = ANY (p_registration_ids) AND competition_id = p_competition_id
  ORDER BY id
  FOR NO KEY UPDATE;

  SELECT * INTO v_competition FROM competitions WHERE id = p_competition_id;
  v_now := date_trunc('milliseconds', clock_timestamp());
  v_free := greatest(v_competition.seats_left - v_competition.waiting - v_competition.waiting_extra_seats, 0);
  v_is_open := v_competition.waitlist AND promotes_until(v_competition) > v_now;
  v_held_until := hold_until(v_competition, v_now);
  v_seated := CASE WHEN v_held_until IS NULL THEN 'PENDING' ELSE 'HELD' END;

  WITH found AS (
    SELECT e.n::integer, e.id, e.decision, e.reason, r.user_id, r.team_id, r.seats,
           -- The order of these lines is the order of the answers.
           CASE
             WHEN r.id IS NULL THEN 'NOT_REGISTERED'
             WHEN r.status <> 'CANCELLED' AND r.status <> 'APPLIED' OR r.end_reason = 'REJECTED' THEN 'ALREADY_DECIDED'
             WHEN v_competition.cancelled_at IS NOT NULL THEN 'COMPETITION_CANCELLED'
             WHEN r.status = 'CANCELLED' THEN 'NOT_REGISTERED'
           END AS refusal
    FROM unnest(p_registration_ids, p_decisions, p_reasons) WITH ORDINALITY AS e (id, decision, reason, n)
    LEFT JOIN LATERAL (
      SELECT * FROM registrations WHERE id = e.id AND competition_id = p_competition_id LIMIT 1
    ) r ON true
  ), places AS (
    SELECT unnest(array_agg(n ORDER BY n)) AS n,
           unnest(places_in_order(array_agg(seats ORDER BY n), array_agg(v_is_open ORDER BY n), v_free)) AS place
    FROM found
    WHERE refusal IS NULL AND decision = 'ACCEPT'
  ), placed AS (
    SELECT f.*, p.place,
           -- One that does not fit and cannot wait takes nothing.
           coalesce(max(p.place) FILTER (WHERE v_is_open OR p.place <= v_free) OVER (ORDER BY f.n), 0) AS accepted
    FROM found f
    LEFT JOIN places p ON p.n = f.n
  ), fitting AS (
    SELECT *, CASE decision WHEN 'ACCEPT' THEN place ELSE accepted + seats END <= v_free AS fits FROM placed
  ), ordered AS (
    -- A team that is put on the waitlist because it does not fit is not passed by smaller ones behind it.
    SELECT *, fits AND NOT (
             v_is_open AND bool_or(refusal IS NULL AND decision = 'WAITLIST' AND NOT fits) OVER (ORDER BY n)
           ) AS gets_seats
    FROM fitting
  ), judged AS MATERIALIZED (
    SELECT *,
           CASE
             WHEN refusal IS NOT NULL THEN refusal
             WHEN decision = 'REJECT' THEN 'CANCELLED'
             WHEN gets_seats THEN CASE decision WHEN 'ACCEPT' THEN v_seated::text ELSE 'SEATS_AVAILABLE' END
             WHEN v_is_open THEN 'WAITLISTED'
             ELSE 'COMPETITION_FULL'
           END AS verdict
    FROM ordered
  ), admitted AS MATERIALIZED (
    -- Numbered in the given order.
    SELECT *, nextval('registrations_admission_seq') AS admission
    FROM (SELECT * FROM judged WHERE verdict IN ('PENDING', 'HELD', 'WAITLISTED') ORDER BY n) in_order
  ), changed AS (
    UPDATE registrations r
    SET status = a.verdict::"RegistrationStatus", admission = a.admission, decided_at = v_now,
        held_until = CASE WHEN a.verdict = 'HELD' THEN v_held_until END
    FROM admitted a
    WHERE r.id = a.id
  ), enqueued AS (
    INSERT INTO outbox (queue, job, payload)
    SELECT 'registration',
           CASE verdict WHEN 'PENDING' THEN 'confirmation' WHEN 'HELD' THEN 'held' ELSE 'waiting' END,
           jsonb_build_object('registrationId', id)
    FROM admitted
    ORDER BY n
  ), audited AS (
    INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
    SELECT v_now, p_actor_id, 'registration.accepted', p_competition_id,
           jsonb_build_object('registrationId', id, 'admission', admission, 'status', verdict) || registrant(user_id, team_id)
             || CASE verdict WHEN 'HELD' THEN jsonb_build_object('heldUntil', iso_instant(v_held_until)) ELSE '{}' END
    FROM admitted
    ORDER BY n
  )
  SELECT array_agg(verdict ORDER BY n),
         array_agg(id ORDER BY n) FILTER (WHERE verdict = 'CANCELLED'),
         coalesce(sum(seats) FILTER (WHERE verdict IN ('PENDING', 'HELD')), 0),
         count(*) FILTER (WHERE verdict = 'WAITLISTED'),
         coalesce(sum(seats - 1) FILTER (WHERE verdict = 'WAITLISTED'), 0)
  INTO v_verdicts, v_rejected, v_seats, v_places, v_extra
  FROM judged;

  IF v_seats + v_places > 0 THEN
    UPDATE competitions c
    SET seats_left = seats_left - v_seats,
        waiting = waiting + v_places,
        waiting_extra_seats = waiting_extra_seats + v_extra,
        next_expiry_at = CASE
          WHEN v_seats > 0 THEN least(next_expiry_at, expiry_due_at(v_held_until, promotes_until(c)))
          ELSE next_expiry_at
        END
    WHERE id = p_competition_id;
  END IF;

  IF v_rejected IS NOT NULL THEN
    PERFORM end_registrations_v1(v_rejected, 'REJECTED', NULL, p_actor_id);
    UPDATE registrations r
    SET decided_at = v_now, removal_reason = e.reason
    FROM unnest(p_registration_ids, p_reasons) AS e (id, reason)
    WHERE r.id = e.id AND r.id = ANY (v_rejected);
  END IF;

  RETURN QUERY SELECT e.n::integer, e.verdict FROM unnest(v_verdicts) WITH ORDINALITY AS e (verdict, n);
END $$;
