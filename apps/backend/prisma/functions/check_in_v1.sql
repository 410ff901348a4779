-- Records scans of a door. A scan that was recorded before is skipped, whatever else it says; so is one about a registration
-- of another competition, or a person whom the registration never had.
--
--   p_accepted       true, or NULL if a manager has to decide, because the role of the scanner has ended
--   p_ages_ms        how long ago it was scanned, by the clock of the device: that clock may be wrong, but runs
--   p_door_id        NULL: by no door
--   p_snapshots      when the list of the door was taken: nobody was scanned before
--   p_has_ticket     its signature is valid: the person belongs, or belonged, to the registration
--   p_is_valid       false: the key of the ticket is revoked
--
-- A scan is judged by what the registration, or the membership of its team, was at the time of the scan. What cannot be told
-- is judged by what it is now: whether a hold was confirmed by then, and what was before it was reinstated. Whom the door
-- has turned away has not come in, also if the registration was reinstated before the scan arrives.
--
-- Writes: check_ins.
-- Locks: the registrations, in the order of their ids, as the release of no-shows does. The caller need not hold the lock
-- of the competition.
-- Called by the upload of a door, and by the undo of a manager.
CREATE OR REPLACE FUNCTION check_in_v1(
  p_competition_id   uuid,
  p_door_id          uuid,
  p_scanner_id       uuid,
  p_accepted         boolean,
  p_received_at      timestamptz,
  p_ids              uuid[],
  p_kinds            text[],
  p_registration_ids uuid[],
  p_user_ids         uuid[],
  p_ages_ms          double precision[],
  p_snapshots        timestamptz[],
  p_has_ticket       boolean[],
  p_is_valid         boolean[]
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_received timestamptz := date_trunc('milliseconds', p_received_at);
  v_opened   timestamptz;
BEGIN
  PERFORM FROM registrations
  WHERE id = ANY (p_registration_ids) AND competition_id = p_competition_id
  ORDER BY id
  FOR NO KEY UPDATE;
  SELECT opened_at INTO v_opened FROM check_in_doors WHERE competition_id = p_competition_id AND id = p_door_id;

  INSERT INTO check_ins (
    id, competition_id, registration_id, user_id, kind, at, received_at, door_id, scanner_id, judged, accepted, result
  )
  SELECT s.id, p_competition_id, r.id, s.user_id, s.kind, s.at, v_received, p_door_id, p_scanner_id,
         CASE
           WHEN NOT s.is_valid THEN 'INVALID_TICKET'
           WHEN p.user_id IS NULL AND m.left_at IS NULL OR s.at >= least(m.left_at, r.ended_at) THEN 'ENDED'
           WHEN s.kind = 'TURNED_AWAY' THEN 'ENDED'
           WHEN s.at < greatest(r.decided_at, r.promoted_at) AND s.at >= coalesce(r.reinstated_at, '-infinity')
             THEN 'NOT_DECIDED'
           -- Those that ended before this was recorded count as seats.
           WHEN coalesce(r.status_at_end, nullif(r.status, 'CANCELLED'), 'PENDING') IN ('PENDING', 'CONFIRMED') THEN 'SEATED'
           ELSE 'NOT_DECIDED'
         END,
         p_accepted,
         'TO_DECIDE'
  FROM (
    SELECT e.*,
           -- Between the time of the list and the receipt, however wrong the clock of the device is.
           least(
             v_received,
             greatest(
               v_received - e.age * interval '1 millisecond',
               least(v_received, coalesce(greatest(e.snapshot, v_opened), '-infinity'))
             )
           ) AS at
    FROM unnest(p_ids, p_kinds, p_registration_ids, p_user_ids, p_ages_ms, p_snapshots, p_has_ticket, p_is_valid)
      AS e (id, kind, registration_id, user_id, age, snapshot, has_ticket, is_valid)
  ) s
  JOIN registrations r ON r.id = s.registration_id AND r.competition_id = p_competition_id
  JOIN users u ON u.id = s.user_id
  LEFT JOIN registration_people p ON p.registration_id = r.id AND p.user_id = s.user_id
  -- A member who has left the team since.
  LEFT JOIN LATERAL (
    SELECT left_at FROM team_members
    WHERE p.user_id IS NULL AND team_id = r.team_id AND user_id = s.user_id
    ORDER BY left_at DESC LIMIT 1
  ) m ON true
  WHERE s.has_ticket OR p.user_id IS NOT NULL OR m.left_at IS NOT NULL
  ORDER BY s.id
  ON CONFLICT (id) DO NOTHING;

  PERFORM order_check_ins_v1(p_registration_ids);
END $$;
