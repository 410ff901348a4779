-- Trigger function: after a competition was created or edited, updates its search vector in competition_words and, if it
-- is public, adds new words to search_words, the dictionary for typo correction: words of a draft would show in what a
-- search finds for a typo. Words stay there when a competition is deleted or hidden; they then match nothing.
--
-- Writes: competition_words, search_words.
-- Locks: the rows that it inserts, in alphabetical order, so that two transactions with the same new words cannot
-- deadlock.
-- Called by the trigger competitions_teach_words on competitions.
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
