-- An erased account gets no message about its registrations, and cannot be reinstated.
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
  WITH ended AS (
    UPDATE registrations r
    SET status = 'CANCELLED', ended_at = v_now, end_reason = p_reason, removal_reason = p_removal_reason
    WHERE r.id = ANY (p_registration_ids) AND r.status <> 'CANCELLED'
    RETURNING r.id, r.competition_id, r.user_id, old.status <> 'WAITLISTED' AS was_seated
  ), counted AS (
    SELECT competition_id,
           count(*) FILTER (WHERE was_seated)::integer AS seats,
           count(*) FILTER (WHERE NOT was_seated)::integer AS places
    FROM ended
    GROUP BY competition_id
  ), freed AS (
    UPDATE competitions c
    SET seats_left = c.seats_left + n.seats, waiting = c.waiting - n.places
    FROM counted n
    WHERE c.id = n.competition_id
  ), told AS (
    -- A canceled competition sends one message of its own, and an erased account gets none.
    INSERT INTO outbox (queue, job, payload)
    SELECT 'registration', lower(p_reason::text), jsonb_build_object('registrationId', id)
    FROM ended
    WHERE p_reason IN ('LEFT', 'REMOVED')
  ), audited AS (
    INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
    SELECT v_now, CASE p_reason WHEN 'LEFT' THEN user_id ELSE p_actor_id END, 'registration.' || CASE p_reason WHEN 'COMPETITION_CANCELLED' THEN 'cancelled' ELSE lower(p_reason::text) END,
           competition_id, jsonb_build_object('registrationId', id, 'userId', user_id, 'seated', was_seated)
    FROM ended
  )
  SELECT array_agg(DISTINCT competition_id), array_agg(id) INTO v_competitions, v_ended FROM ended;

  PERFORM promote_v1(id) FROM unnest(v_competitions) AS id;

  RETURN QUERY SELECT unnest(v_ended);
END $$;

CREATE OR REPLACE FUNCTION reinstate_v1(p_competition_id uuid, p_registration_id uuid, p_actor_id uuid) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  v_now         timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_competition competitions;
  v_ended       registrations;
  v_is_first    boolean;
  v_seated      boolean;
BEGIN
  SELECT * INTO v_competition FROM competitions WHERE id = p_competition_id;
  SELECT * INTO v_ended FROM registrations
  WHERE id = p_registration_id AND competition_id = p_competition_id
  FOR NO KEY UPDATE;

  -- The order of these lines is the order of the answers.
  IF v_ended.id IS NULL OR v_ended.end_reason = 'ERASED' THEN RETURN 'REGISTRATION_NOT_FOUND'; END IF;
  IF v_competition.cancelled_at IS NOT NULL THEN RETURN 'COMPETITION_CANCELLED'; END IF;
  IF v_ended.status <> 'CANCELLED' THEN RETURN 'REINSTATED'; END IF;
  IF EXISTS (
    SELECT FROM registrations
    WHERE user_id = v_ended.user_id AND competition_id = p_competition_id AND status <> 'CANCELLED'
  ) THEN
    RETURN 'ALREADY_REGISTERED';
  END IF;
  IF EXISTS (SELECT FROM competition_staff WHERE competition_id = p_competition_id AND user_id = v_ended.user_id) THEN
    RETURN 'STAFF_CANNOT_REGISTER';
  END IF;

  v_is_first := NOT EXISTS (
    SELECT FROM registrations
    WHERE competition_id = p_competition_id AND status = 'WAITLISTED' AND admission < v_ended.admission
  );
  v_seated := v_competition.seats_left > 0 AND v_is_first;
  IF NOT v_seated AND v_competition.reg_deadline <= v_now AND v_competition.next_due_at IS NULL THEN
    RETURN 'COMPETITION_FULL';
  END IF;

  UPDATE registrations
  SET status = CASE WHEN v_seated THEN 'PENDING' ELSE 'WAITLISTED' END::"RegistrationStatus",
      promoted_at = NULL, ended_at = NULL, end_reason = NULL, removal_reason = NULL, reinstated_at = v_now
  WHERE id = p_registration_id;

  UPDATE competitions
  SET seats_left = seats_left - CASE WHEN v_seated THEN 1 ELSE 0 END,
      waiting = waiting + CASE WHEN v_seated THEN 0 ELSE 1 END
  WHERE id = p_competition_id;

  INSERT INTO outbox (queue, job, payload)
  VALUES ('registration', CASE WHEN v_seated THEN 'confirmation' ELSE 'waiting' END,
          jsonb_build_object('registrationId', p_registration_id));

  INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
  VALUES (v_now, p_actor_id, 'registration.reinstated', p_competition_id,
          jsonb_build_object('registrationId', p_registration_id, 'userId', v_ended.user_id, 'seated', v_seated));

  PERFORM promote_v1(p_competition_id);
  RETURN 'REINSTATED';
END $$;
