-- Records in competitions.next_expiry_at when the next hold or invitation of a competition is due.
--
-- Writes: competitions.
-- Locks: the caller must hold the lock of the competition's row.
-- Called by settle_v1, and by the editing of a competition.
CREATE OR REPLACE FUNCTION set_next_expiry_v1(p_competition_id uuid) RETURNS void
LANGUAGE sql
BEGIN ATOMIC
  UPDATE competitions c
  SET next_expiry_at = expiry_due_at(
    least(
      (SELECT min(held_until) FROM registrations WHERE competition_id = p_competition_id AND status = 'HELD'),
      (SELECT min(expires_at) FROM invitations WHERE competition_id = p_competition_id AND ended_at IS NULL)
    ),
    promotes_until(c)
  )
  WHERE id = p_competition_id;
END;
