-- Where an article speaks of an earlier story. The story is named by its earliest article: where that stands, there is the story, however
-- stories were joined and taken apart since.
CREATE TABLE reference (
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  other   INTEGER NOT NULL,
  words   TEXT NOT NULL, -- JSON of where in the text, and why
  PRIMARY KEY (article, other)
) STRICT, WITHOUT ROWID;

CREATE INDEX reference_other ON reference(other);

-- Headlines that an outlet changed: the article that has the new one, the one that had the old.
CREATE TABLE renamed (
  article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
  old     INTEGER NOT NULL,
  was     TEXT NOT NULL
) STRICT;
