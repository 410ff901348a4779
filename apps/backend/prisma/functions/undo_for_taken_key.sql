-- Rolls the whole batch back, with SQLSTATE MC001, because another transaction committed one of its idempotency keys in
-- the meantime. The caller retries the batch; the retry finds that key, and nobody else in the batch loses a seat.
-- It is a function because only a function call can raise an exception from within a query.
-- Locks nothing.
-- Called by register_v2 and leave_v1.
CREATE OR REPLACE FUNCTION undo_for_taken_key() RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an idempotency key was taken in the meantime' USING ERRCODE = 'MC001';
END $$;
