-- Converts what a person typed into a full-text query: each word matches as a prefix, and a word that is the prefix of
-- no known word also matches the known words that are at most a small typo away. NULL when the text contains no word.
--
-- The similarity threshold is low because a transposition in a word of four letters leaves one common trigram;
-- is_small_typo makes the final decision.
-- Locks nothing.
-- Called by the list of competitions.
CREATE OR REPLACE FUNCTION search_query(typed text) RETURNS tsquery
LANGUAGE plpgsql STABLE
SET pg_trgm.similarity_threshold = 0.1
AS $$
DECLARE
  v_word  text;
  v_meant text;
  v_parts text[] := '{}';
BEGIN
  FOR v_word IN
    SELECT left(word, 40) FROM regexp_split_to_table(plain_text(typed), '[^[:alnum:]]+') AS word WHERE word <> '' LIMIT 10
  LOOP
    v_meant := NULL;
    IF length(v_word) >= 4 AND NOT EXISTS (SELECT FROM search_words WHERE word LIKE v_word || '%') THEN
      SELECT string_agg(quote_literal(word), ' | ') INTO v_meant
      FROM (
        SELECT word FROM search_words
        WHERE word % v_word AND is_small_typo(v_word, word)
        ORDER BY similarity(word, v_word) DESC
        LIMIT 20
      ) resembling;
    END IF;
    v_parts := v_parts || format('(%L:*%s)', v_word, ' | ' || v_meant);
  END LOOP;
  RETURN CASE WHEN v_parts <> '{}' THEN to_tsquery('simple', array_to_string(v_parts, ' & ')) END;
END $$;
