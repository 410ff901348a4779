-- Words of drafts and unlisted competitions are not suggested for typos. When they become public, their words are learned.
SET LOCAL lock_timeout = '2s';
CREATE OR REPLACE FUNCTION learn_search_words() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO competition_words (competition_id, words)
  VALUES (NEW.id, words_of(NEW.title, joined(NEW.tags), NEW.location, NEW.description))
  ON CONFLICT (competition_id) DO UPDATE SET words = excluded.words;

  IF NEW.visibility <> 'PUBLIC' THEN
    RETURN NULL;
  END IF;
  INSERT INTO search_words (word)
  SELECT word
  FROM unnest(tsvector_to_array(words_of(NEW.title, joined(NEW.tags), NEW.location))) AS word
  -- A number is not mistyped into another one.
  WHERE length(word) BETWEEN 4 AND 40 AND word !~ '^[0-9]+$'
  -- One order for all: two competitions with the same new words must not wait for each other in a circle.
  ORDER BY word
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER "competitions_teach_words"
AFTER INSERT OR UPDATE OF title, tags, location, description, visibility ON "competitions"
FOR EACH ROW EXECUTE FUNCTION learn_search_words();
