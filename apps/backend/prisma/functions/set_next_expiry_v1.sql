-- Records in competitions.next_expiry_at when the next hold or invitation of a competition, the lock of its teams, or their
-- last pass is due.
--
-- Writes: competitions.
-- Locks: the caller must hold the lock of the competition's row.
-- Called by settle_v1, and by the creation and the editing of a competition.
CREATE OR REPLACE FUNCTION set_next_expiry_v1(p_competition_id uuid) RETURNS void
LANGUAGE sql
BEGIN ATOMIC
  UPDATE competitions c
  SET next_expiry_at = least(
    expiry_due_at(
      least(
        (SELECT min(held_until) FROM registrations WHERE competition_id = p_competition_id AND status = 'HELD'),
        (SELECT min(expires_at) FROM invitations WHERE competition_id = p_competition_id AND ended_at IS NULL),
        CASE WHEN c.team_max IS NOT NULL AND c.teams_locked_at IS NULL THEN teams_lock(c) END
      ),
      promotes_until(c)
    ),
    CASE WHEN c.team_max IS NOT NULL AND c.last_pass_at IS NULL THEN promotes_until(c) END
  )
  WHERE id = p_competition_id;
END;
