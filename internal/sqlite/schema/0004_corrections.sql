-- What people said of stories against the desk's own judgement, with what it changed, so that it binds after a restart and can be undone.
CREATE TABLE correction (
  id        INTEGER PRIMARY KEY,
  said      INTEGER NOT NULL,
  by        TEXT NOT NULL, -- the account's name
  done      TEXT NOT NULL, -- JSON of story.Corrected
  undone    INTEGER NOT NULL DEFAULT 0,
  undone_by TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX correction_said ON correction(said);
