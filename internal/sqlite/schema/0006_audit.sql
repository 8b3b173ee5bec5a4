-- Who changed what, for people to read.
CREATE TABLE audit (
  id      INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  account INTEGER NOT NULL, -- 0: nobody who has one
  name    TEXT NOT NULL,    -- the account's then
  action  TEXT NOT NULL,
  object  TEXT NOT NULL
) STRICT;

-- Whether an article copies or translates another is asked of every list and every source; the indexes below answer lists without
-- touching the articles' rows.
ALTER TABLE article ADD COLUMN follows INTEGER NOT NULL DEFAULT 0;
UPDATE article SET follows = 1 WHERE id IN (
  SELECT article FROM link WHERE kind IN ('duplicate', 'copy', 'translation') AND direction = 'from-other');
DROP INDEX article_source;
CREATE INDEX article_source ON article(source, arrived, story, follows);
DROP INDEX article_story;
CREATE INDEX article_story ON article(story, arrived, source, published, follows, lang);
CREATE INDEX story_first ON story(first) WHERE merged = 0;
