-- Returns whether two words differ by one wrong, missing, extra or transposed letter; by two edits in words of eight or
-- more letters. A transposition has an edit distance of two, but both words then consist of the same letters.
-- Locks nothing.
-- Called by search_query.
CREATE OR REPLACE FUNCTION is_small_typo(typed text, meant text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE levenshtein_less_equal(typed, meant, 2)
  WHEN 0 THEN true
  WHEN 1 THEN true
  WHEN 2 THEN length(typed) >= 8 OR
    -- Two neighbours swapped count as two changes: the letters are the same then.
    (SELECT string_agg(letter, '' ORDER BY letter) FROM regexp_split_to_table(typed, '') AS letter)
      = (SELECT string_agg(letter, '' ORDER BY letter) FROM regexp_split_to_table(meant, '') AS letter)
  ELSE false
END;
