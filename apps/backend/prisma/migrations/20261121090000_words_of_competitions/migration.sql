-- The words of competitions, ready to be asked. As an expression on the competition they would be made anew for each
-- row that is looked at in the order of a list; as a column of it, each seat counted down would copy them.
CREATE TABLE "competition_words" (
    "competition_id" UUID NOT NULL,
    "words" TSVECTOR NOT NULL,

    CONSTRAINT "competition_words_pkey" PRIMARY KEY ("competition_id")
);

-- An index by this name, over the expression, was on the competitions.
DROP INDEX "competitions_by_words";

-- The long part, while nobody has to wait for it.
INSERT INTO competition_words (competition_id, words)
SELECT id, words_of(title, joined(tags), location, description) FROM competitions;

-- Search by words of title, tags, place and description.
CREATE INDEX "competitions_by_words" ON "competition_words" USING gin (words);

-- The planner has to know how common which word is: a rare one is looked up, for a common one a list is read in order.
ANALYZE competition_words;

CREATE OR REPLACE FUNCTION learn_search_words() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO competition_words (competition_id, words)
  VALUES (NEW.id, words_of(NEW.title, joined(NEW.tags), NEW.location, NEW.description))
  ON CONFLICT (competition_id) DO UPDATE SET words = excluded.words;

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

-- From here on writers wait, for what takes a moment.
DROP TRIGGER "competitions_teach_words" ON "competitions";
CREATE TRIGGER "competitions_teach_words" AFTER INSERT OR UPDATE OF title, tags, location, description ON "competitions"
FOR EACH ROW EXECUTE FUNCTION learn_search_words();

-- Who was created or edited during the long part.
INSERT INTO competition_words (competition_id, words)
SELECT id, words_of(title, joined(tags), location, description)
FROM competitions c
WHERE updated_at > now() - interval '1 hour' OR NOT EXISTS (SELECT FROM competition_words w WHERE w.competition_id = c.id)
ON CONFLICT (competition_id) DO UPDATE SET words = excluded.words;

ALTER TABLE "competition_words" ADD CONSTRAINT "competition_words_competition_id_fkey"
FOREIGN KEY ("competition_id") REFERENCES "competitions" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
