-- Joins an array of texts with spaces. Immutable, so that index expressions may use it; array_to_string() is not,
-- because for some types its result depends on settings.
-- Locks nothing.
-- Called by learn_search_words.
CREATE OR REPLACE FUNCTION joined(texts text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_to_string(texts, ' ');
