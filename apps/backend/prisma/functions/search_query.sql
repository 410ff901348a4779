-- Converts what a person typed into a full-text query: each word matches as a prefix, and a word that is the prefix of
-- no known word also matches the known words that are at most a small typo away. NULL when the text contains no word.
--
-- Whether a word is a prefix is read from the first known word that is not less than it, in the order of the primary
-- key: for LIKE with a variable, a generic plan scans the table.
-- The similarity threshold is the lowest one of a small typo, which depends on the length: a transposition in a word of
-- four letters leaves one common trigram. A lower one makes PostgreSQL compare many more words one by one. is_small_typo
-- makes the final decision. The SET below limits the threshold to this function.
-- Locks nothing.
-- Called by the list of competitions.
CREATE OR REPLACE FUNCTION search_query(typed text) RETURNS tsquery
LANGUAGE plpgsql STABLE
SET pg_trgm.similarity_threshold = 0.1
AS $$
DECLARE
  v_word  text;
  v_next  text;
  v_meant text;
  v_parts text[] := '{}';
BEGIN
  FOR v_word IN
    SELECT left(word, 40) FROM regexp_split_to_table(plain_text(typed), '[^[:alnum:]]+') AS word WHERE word <> '' LIMIT 10
  LOOP
    v_meant := NULL;
    IF length(v_word) >= 4 THEN
      SELECT word INTO v_next FROM search_words WHERE word >= v_word ORDER BY word LIMIT 1;
      IF v_next IS NULL OR NOT starts_with(v_next, v_word) THEN
        PERFORM set_config('pg_trgm.similarity_threshold',
          CASE WHEN length(v_word) = 4 THEN '0.1' WHEN length(v_word) <= 7 THEN '0.2' ELSE '0.15' END, true);
        SELECT string_agg(quote_literal(word), ' | ') INTO v_meant
        FROM (
          SELECT word FROM search_words
          WHERE word % v_word AND is_small_typo(v_word, word)
          ORDER BY similarity(word, v_word) DESC
          LIMIT 20
        ) resembling;
      END IF;
    END IF;
    v_parts := v_parts || format('(%L:*%s)', v_word, ' | ' || v_meant);
  END LOOP;
  RETURN CASE WHEN v_parts <> '{}' THEN to_tsquery('simple', array_to_string(v_parts, ' & ')) END;
END $$;
