-- Gives each of several requests its place, counted in seats: it fits if its place is at most the number of free seats. One
-- that does not fit takes the seats before those behind it if it may wait, and otherwise counts for nothing. NULL: nobody
-- may wait.
-- Locks nothing.
-- Called by register_v2, decide_v1 and settle_v1.
CREATE OR REPLACE FUNCTION places_in_order(p_takes integer[], p_may_wait boolean[], p_free integer) RETURNS integer[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  v_taken  integer := 0;
  v_places integer[] := '{}';
BEGIN
  FOR i IN 1 .. coalesce(cardinality(p_takes), 0) LOOP
    v_places := v_places || v_taken + p_takes[i];
    IF v_taken + p_takes[i] <= p_free OR p_may_wait[i] IS TRUE THEN
      v_taken := v_taken + p_takes[i];
    END IF;
  END LOOP;
  RETURN v_places;
END $$;
