-- Converts text to lower case without accents, so that "Ålands" and "alands" are the same word. unaccent() alone is not
-- immutable because its default dictionary may change; this one names the dictionary.
-- Locks nothing.
-- Called by words_of, search_query, and the search for a person in the list of registrants.
CREATE OR REPLACE FUNCTION plain_text(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lower(public.unaccent('public.unaccent'::regdictionary, value));
