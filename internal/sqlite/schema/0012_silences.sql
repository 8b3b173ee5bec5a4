-- What a watch did not tell of a story, and why. The rows of one story lie together, since an article of a story that many watches know
-- changes all of them at once; what such a change touches is in no index.
CREATE TABLE silence (
  story     INTEGER NOT NULL,
  watch     INTEGER NOT NULL REFERENCES watch(id) ON DELETE CASCADE,
  recipient INTEGER NOT NULL, -- 0: all of the watch's
  kind      TEXT NOT NULL,
  because   TEXT NOT NULL,    -- the kind of notice that there would have been, or ''
  article   INTEGER NOT NULL, -- the last that gave occasion to it
  first     INTEGER NOT NULL,
  last      INTEGER NOT NULL,
  times     INTEGER NOT NULL,
  PRIMARY KEY (story, watch, recipient, kind, because)
) STRICT, WITHOUT ROWID;

CREATE INDEX silence_watch ON silence(watch);

CREATE INDEX notice_watch ON notice(watch, planned) WHERE cause = '';

CREATE INDEX notice_article ON notice(article) WHERE cause = '' AND story > 0;

CREATE INDEX notice_digest ON notice(planned) WHERE cause = '' AND kind = 'digest';

CREATE INDEX story_merged ON story(merged) WHERE merged > 0;
