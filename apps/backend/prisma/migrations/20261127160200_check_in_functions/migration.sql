-- Says again what each scan of these registrations is. The entry of a ticket is its earliest scan that counts, by corrected
-- time; the later ones are duplicates. An undo voids the earlier scans of its ticket. The result does not depend on the
-- order in which scans arrive.
--
-- Writes: check_ins.
-- Locks: the caller must hold the locks of the registrations.
-- Called by check_in_v1, and when a manager decides on scans of a person whose role had ended.
CREATE OR REPLACE FUNCTION order_check_ins_v1(p_registration_ids uuid[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_ids     uuid[];
  v_results text[];
BEGIN
  WITH scan AS (
    SELECT *,
           count(*) FILTER (WHERE kind = 'UNDO' AND accepted) OVER (
             PARTITION BY registration_id, user_id ORDER BY at DESC, id DESC
           ) > 0 AS undone
    FROM check_ins
    WHERE registration_id = ANY (p_registration_ids)
  ), numbered AS (
    SELECT *,
           row_number() OVER (
             PARTITION BY registration_id, user_id, judged = 'SEATED' AND accepted IS TRUE AND NOT undone ORDER BY at, id
           ) AS n
    FROM scan
  ), decided AS (
    SELECT id, result AS was,
           CASE
             WHEN accepted IS NULL THEN 'TO_DECIDE'
             WHEN NOT accepted THEN 'DISCARDED'
             WHEN undone THEN 'UNDONE'
             WHEN judged <> 'SEATED' THEN judged
             WHEN n = 1 THEN 'WELCOME'
             ELSE 'ALREADY_IN'
           END AS result
    FROM numbered
  )
  SELECT array_agg(id), array_agg(result) INTO v_ids, v_results FROM decided WHERE result <> was;

  -- Two statements: a unique index allows one entry per ticket, and is checked row by row.
  UPDATE check_ins c SET result = d.result
  FROM unnest(v_ids, v_results) AS d (id, result)
  WHERE c.id = d.id AND d.result <> 'WELCOME';
  UPDATE check_ins c SET result = d.result
  FROM unnest(v_ids, v_results) AS d (id, result)
  WHERE c.id = d.id AND d.result = 'WELCOME';
END $$;

-- Records scans of a door. A scan that was recorded before is skipped, whatever else it says; so is one about a registration
-- of another competition, or a person whom the registration never had.
--
--   p_accepted       true, or NULL if a manager has to decide, because the role of the scanner has ended
--   p_ages_ms        how long ago it was scanned, by the clock of the device: that clock may be wrong, but runs
--   p_snapshots      when the list of the door was taken: nobody was scanned before
--   p_has_ticket     its signature is valid: the person belongs, or belonged, to the registration
--   p_is_valid       false: the key of the ticket is revoked
--
-- A scan is judged by what the registration was at the time of the scan: one that has ended since was a seat then, and so
-- was that of a member who has left the team since.
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
           WHEN r.status IN ('PENDING', 'CONFIRMED') AND p.user_id IS NOT NULL THEN 'SEATED'
           WHEN r.status IN ('HELD', 'WAITLISTED', 'APPLIED') THEN 'NOT_DECIDED'
           WHEN s.at < coalesce(m.left_at, r.ended_at) AND r.end_reason IS DISTINCT FROM 'REJECTED'
             AND r.end_reason IS DISTINCT FROM 'EXPIRED' THEN 'SEATED'
           ELSE 'ENDED'
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
               least(v_received, greatest(e.snapshot, v_opened))
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

-- Ends the registrations among these whose person has a seat and has not come in, and gives their seats to the waitlist
-- while people are promoted. Of a team, it ends the memberships of the absent members, and the registration if nobody came.
-- Returns the ids of the registrations that this call ended.
--
-- Writes: see end_registrations_v1 and leave_team_v1.
-- Locks: the caller must hold the lock of the competition's row. The function locks the teams, and then the registrations
-- in the order of their ids, as check_in_v1 does: whoever comes first, a scan is either seen here, or judged after the end.
-- Called by the job that releases no-shows.
CREATE OR REPLACE FUNCTION release_no_shows_v1(
  p_competition_id   uuid,
  p_registration_ids uuid[],
  p_actor_id         uuid
) RETURNS SETOF uuid
LANGUAGE plpgsql AS $$
DECLARE
  v_whole   uuid[];
  v_members uuid[];
BEGIN
  PERFORM FROM teams
  WHERE id IN (SELECT team_id FROM registrations WHERE id = ANY (p_registration_ids))
  ORDER BY id
  FOR NO KEY UPDATE;
  PERFORM FROM registrations
  WHERE id = ANY (p_registration_ids) AND competition_id = p_competition_id
  ORDER BY id
  FOR NO KEY UPDATE;

  -- A statement of its own, after the lock: it sees what was committed while this one waited.
  WITH person AS (
    SELECT r.id AS registration_id, r.team_id, p.user_id,
           EXISTS (
             SELECT FROM check_ins c
             WHERE c.registration_id = r.id AND c.user_id = p.user_id AND c.result = 'WELCOME'
           ) AS is_in
    FROM registrations r
    JOIN registration_people p ON p.registration_id = r.id
    WHERE r.id = ANY (p_registration_ids) AND r.competition_id = p_competition_id
      AND r.status IN ('PENDING', 'CONFIRMED')
  ), registration AS (
    SELECT registration_id, bool_or(is_in) AS has_come FROM person GROUP BY registration_id
  )
  SELECT array_agg(DISTINCT r.registration_id) FILTER (WHERE NOT r.has_come),
         array_agg(m.id) FILTER (WHERE r.has_come AND NOT p.is_in)
  INTO v_whole, v_members
  FROM person p
  JOIN registration r ON r.registration_id = p.registration_id
  LEFT JOIN team_members m ON m.team_id = p.team_id AND m.user_id = p.user_id AND m.left_at IS NULL;

  PERFORM leave_team_v1(id, 'REMOVED', p_actor_id) FROM unnest(v_members) AS id;
  RETURN QUERY SELECT end_registrations_v1(v_whole, 'NO_SHOW', NULL, p_actor_id);
END $$;
