-- Builds the full-text search vector of some texts: words without accents, no stemming, no stop words.
-- Locks nothing.
-- Called by learn_search_words.
CREATE OR REPLACE FUNCTION words_of(variadic texts text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('simple'::regconfig, plain_text(array_to_string(texts, ' ')));
