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
