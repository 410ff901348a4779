-- Finding competitions: words, beginnings of words, small typos.

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;

-- Lower case and without accents: "Ålands" and "alands" are one word. (unaccent() is not immutable by itself only
-- because its dictionary could be changed; ours is named.)
CREATE FUNCTION plain_text(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lower(public.unaccent('public.unaccent'::regdictionary, value));

-- array_to_string() is not immutable for all types; for text it is.
CREATE FUNCTION words_of(variadic texts text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('simple'::regconfig, plain_text(array_to_string(texts, ' ')));

CREATE FUNCTION joined(texts text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_to_string(texts, ' ');

-- Search by words of title, tags, place and description.
CREATE INDEX "competitions_by_words" ON "competitions" USING gin (words_of(title, joined(tags), location, description))
WHERE deleted_at IS NULL;

-- Filter by tags: all of them.
CREATE INDEX "competitions_by_tags" ON "competitions" USING gin (tags) WHERE deleted_at IS NULL;

-- The words that occur in titles, tags and places: what a mistyped word may have meant. Words stay when a competition
-- goes; they find nothing then.
CREATE TABLE "search_words" (
    "word" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "search_words_pkey" PRIMARY KEY ("word")
);

-- Words that resemble a mistyped one.
CREATE INDEX "search_words_by_trigrams" ON "search_words" USING gin (word gin_trgm_ops);

CREATE FUNCTION learn_search_words() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_words (word)
  SELECT word
  FROM unnest(tsvector_to_array(words_of(NEW.title, joined(NEW.tags), NEW.location))) AS word
  WHERE length(word) BETWEEN 4 AND 40
  -- One order for all: two competitions with the same new words must not wait for each other in a circle.
  ORDER BY word
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER "competitions_teach_words" AFTER INSERT OR UPDATE OF title, tags, location ON "competitions"
FOR EACH ROW EXECUTE FUNCTION learn_search_words();

-- Whether two words differ by one wrong, missing, surplus or swapped letter; two of them in long words.
CREATE FUNCTION is_small_typo(typed text, meant text) RETURNS boolean
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

-- What somebody typed, as a query: each word or its beginning; where nothing begins like it, the words it resembles.
CREATE FUNCTION search_query(typed text) RETURNS tsquery
LANGUAGE plpgsql STABLE
-- Low: a swap in a word of four letters leaves one trigram in common. is_small_typo() has the last word.
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

-- Derived, never stored. The same rule stands in competitions.rules.ts; a test compares the two.
CREATE FUNCTION competition_status(c competitions, at timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
  WHEN c.cancelled_at IS NOT NULL THEN 'cancelled'
  WHEN c.reg_deadline <= at THEN 'closed'
  WHEN c.reg_opens_at > at THEN 'upcoming'
  WHEN c.seats_left <= 0 THEN 'full'
  ELSE 'open'
END;

INSERT INTO search_words (word)
SELECT DISTINCT word
FROM competitions c, unnest(tsvector_to_array(words_of(c.title, joined(c.tags), c.location))) AS word
WHERE length(word) BETWEEN 4 AND 40;
