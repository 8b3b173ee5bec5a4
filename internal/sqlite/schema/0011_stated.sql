-- The index knows of articles above this number from which source, site and domain they came, of which months they speak, and whether they bear
-- a date.
CREATE TABLE unstated (
  until INTEGER NOT NULL
) STRICT;

INSERT INTO unstated SELECT coalesce(max(id), 0) FROM article;
