-- What each reader did with what they read. A reader is an account, or -1 on a desk that has none yet.
CREATE TABLE reader_article (
  reader  INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  state   INTEGER NOT NULL DEFAULT 0, -- 0: as its story and source say; 1: read; 2: kept unread
  starred INTEGER NOT NULL DEFAULT 0, -- when; 0: not
  PRIMARY KEY (reader, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX reader_article_starred ON reader_article(reader, starred) WHERE starred > 0;

CREATE TABLE reader_story (
  reader INTEGER NOT NULL,
  story  INTEGER NOT NULL,
  looked INTEGER NOT NULL, -- what came until then is read
  PRIMARY KEY (reader, story)
) STRICT, WITHOUT ROWID;

CREATE TABLE reader_caught (
  reader INTEGER NOT NULL,
  source INTEGER NOT NULL, -- 0: all of them
  until  INTEGER NOT NULL, -- what came until then is read
  PRIMARY KEY (reader, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE reader_label (
  reader  INTEGER NOT NULL,
  label   TEXT NOT NULL,
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  PRIMARY KEY (reader, label, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX reader_label_article ON reader_label(reader, article);

CREATE TABLE reader_choice (
  reader INTEGER NOT NULL,
  kind   TEXT NOT NULL, -- story, source, name
  key    TEXT NOT NULL, -- its id
  choice TEXT NOT NULL, -- follow, mute
  since  INTEGER NOT NULL,
  PRIMARY KEY (reader, kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE reader_folder (
  reader INTEGER NOT NULL,
  folder TEXT NOT NULL,
  source INTEGER NOT NULL,
  PRIMARY KEY (reader, folder, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX reader_folder_source ON reader_folder(reader, source);
