-- Trigger function: makes the organizer of a new competition its owner, so that no competition is without one, whichever
-- version of the server creates it.
--
-- Writes: competition_staff.
-- Locks: nothing.
-- Called by the trigger competitions_add_owner, after the INSERT of a competition.
CREATE OR REPLACE FUNCTION add_owner() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO competition_staff (competition_id, user_id, role) VALUES (NEW.id, NEW.organizer_id, 'OWNER');
  RETURN NULL;
END $$;
