CREATE TABLE account (
  id      INTEGER PRIMARY KEY,
  name    TEXT NOT NULL UNIQUE,
  hash    TEXT NOT NULL,
  role    TEXT NOT NULL,
  lang    TEXT NOT NULL,
  created INTEGER NOT NULL
) STRICT;

CREATE TABLE article (
  id        INTEGER PRIMARY KEY,
  page      INTEGER NOT NULL UNIQUE REFERENCES page(id),
  source    INTEGER NOT NULL,
  story     INTEGER NOT NULL REFERENCES story(id),
  lang      TEXT NOT NULL,
  published INTEGER NOT NULL, -- or its arrival where no day is known
  arrived   INTEGER NOT NULL,
  version   INTEGER NOT NULL, -- of the analysis
  body      BLOB NOT NULL,    -- JSON of news.Article, DEFLATE
  analysis  BLOB NOT NULL,    -- JSON of news.Analysis, DEFLATE
  placed    TEXT NOT NULL     -- JSON of how the article was placed: new, because, merged
, follows INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX article_arrived ON article(arrived, id);

CREATE INDEX article_facts ON article(id, published, lang, source);

CREATE INDEX article_published ON article(published, id, lang, source);

CREATE INDEX article_source ON article(source, arrived, story, follows);

CREATE INDEX article_story ON article(story, arrived, source, published, follows, lang);

CREATE TABLE audit (
  id      INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  account INTEGER NOT NULL, -- 0: nobody who has one
  name    TEXT NOT NULL,    -- the account's then
  action  TEXT NOT NULL,
  object  TEXT NOT NULL
) STRICT;

CREATE TABLE correction (
  id        INTEGER PRIMARY KEY,
  said      INTEGER NOT NULL,
  by        TEXT NOT NULL, -- the account's name
  done      TEXT NOT NULL, -- JSON of story.Corrected
  undone    INTEGER NOT NULL DEFAULT 0,
  undone_by TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX correction_said ON correction(said);

CREATE TABLE cursor (
  name TEXT PRIMARY KEY,
  page INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE feed (
  id            INTEGER PRIMARY KEY,
  source        INTEGER NOT NULL REFERENCES source(id),
  url           TEXT NOT NULL UNIQUE,
  etag          TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  every         INTEGER NOT NULL,
  due           INTEGER NOT NULL,
  checked       INTEGER NOT NULL,
  changed       INTEGER NOT NULL,
  failures      INTEGER NOT NULL,
  problem       TEXT NOT NULL,
  gone          INTEGER NOT NULL,
  leased        INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX feed_due ON feed(due) WHERE gone = 0;

CREATE INDEX feed_source ON feed(source);

CREATE TABLE letter (
  cause TEXT NOT NULL,
  lang  TEXT NOT NULL,
  body  BLOB NOT NULL, -- DEFLATE
  PRIMARY KEY (cause, lang)
) STRICT, WITHOUT ROWID;

CREATE TABLE link (
  article   INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  other     INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  direction TEXT NOT NULL,
  score     REAL NOT NULL,
  evidence  TEXT NOT NULL, -- JSON of []news.Reason
  PRIMARY KEY (article, other, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX link_other ON link(other);

CREATE TABLE list (
  id     INTEGER PRIMARY KEY, -- drawn, so that no link in an old mail comes to mean another list
  slug   TEXT NOT NULL UNIQUE,
  orders TEXT NOT NULL -- JSON of news.PublicList
) STRICT;

CREATE TABLE mailed (
  list INTEGER NOT NULL,
  url  TEXT NOT NULL,
  PRIMARY KEY (list, url)
) STRICT, WITHOUT ROWID;

CREATE TABLE match (
  watch   INTEGER NOT NULL REFERENCES watch(id) ON DELETE CASCADE,
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  arrived INTEGER NOT NULL,
  spans   TEXT NOT NULL, former INTEGER NOT NULL DEFAULT 0, -- JSON of []news.Span
  PRIMARY KEY (watch, article)
) STRICT, WITHOUT ROWID;

CREATE INDEX match_article ON match(article);

CREATE TABLE named (
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  entity  TEXT NOT NULL,
  kind    TEXT NOT NULL,
  name    TEXT NOT NULL,
  times   INTEGER NOT NULL,
  arrived INTEGER NOT NULL,
  PRIMARY KEY (article, entity)
) STRICT, WITHOUT ROWID;

CREATE INDEX named_arrived ON named(arrived);

CREATE INDEX named_entity ON named(entity, article);

CREATE TABLE notice (
  id        TEXT PRIMARY KEY,
  recipient INTEGER NOT NULL,
  watch     INTEGER NOT NULL,
  story     INTEGER NOT NULL,
  article   INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  fact      TEXT NOT NULL,
  because   TEXT NOT NULL, -- JSON of []news.Reason
  planned   INTEGER NOT NULL,
  due       INTEGER NOT NULL,
  state     TEXT NOT NULL,
  message   BLOB, -- as composed, DEFLATE; NULL until then
  attempts  INTEGER NOT NULL,
  repeats   INTEGER NOT NULL,
  next      INTEGER NOT NULL,
  leased    INTEGER NOT NULL,
  done      INTEGER NOT NULL,
  reply     TEXT NOT NULL
, list INTEGER NOT NULL DEFAULT 0, cause TEXT NOT NULL DEFAULT '', released INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX notice_article ON notice(article) WHERE cause = '' AND story > 0;

CREATE INDEX notice_cause ON notice(cause, id) WHERE cause <> '';

CREATE INDEX notice_copies ON notice(due, id) WHERE state = 'waiting' AND cause <> '';

CREATE INDEX notice_digest ON notice(planned) WHERE cause = '' AND kind = 'digest';

CREATE INDEX notice_held ON notice(planned) WHERE state = 'held';

CREATE INDEX notice_planned ON notice(planned) WHERE cause = '';

CREATE INDEX notice_recipient ON notice(recipient, state);

CREATE INDEX notice_together ON notice(recipient, story) WHERE cause = '';

CREATE INDEX notice_told ON notice(list, story, recipient) WHERE cause <> '';

CREATE INDEX notice_waiting ON notice(due, planned, id) WHERE state = 'waiting' AND cause = '';

CREATE INDEX notice_watch ON notice(watch, planned) WHERE cause = '';

CREATE TABLE page (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  source       INTEGER NOT NULL,
  feed         INTEGER NOT NULL,
  url          TEXT NOT NULL,
  final        TEXT NOT NULL,
  status       INTEGER NOT NULL,
  content_type TEXT NOT NULL,
  body         BLOB, -- DEFLATE; NULL once the page was let go
  hash         BLOB NOT NULL,
  fetched      INTEGER NOT NULL,
  item         BLOB NOT NULL, -- JSON of news.Item, DEFLATE
  UNIQUE (url, hash)
) STRICT;

CREATE INDEX page_fetched ON page(fetched) WHERE body IS NOT NULL;

CREATE TABLE reader_article (
  reader  INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  state   INTEGER NOT NULL DEFAULT 0, -- 0: as its story and source say; 1: read; 2: kept unread
  starred INTEGER NOT NULL DEFAULT 0, -- when; 0: not
  PRIMARY KEY (reader, article)
) STRICT, WITHOUT ROWID;

CREATE INDEX reader_article_starred ON reader_article(reader, starred) WHERE starred > 0;

CREATE TABLE reader_caught (
  reader INTEGER NOT NULL,
  source INTEGER NOT NULL, -- 0: all of them
  until  INTEGER NOT NULL, -- what came until then is read
  PRIMARY KEY (reader, source)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE reader_label (
  reader  INTEGER NOT NULL,
  label   TEXT NOT NULL,
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  PRIMARY KEY (reader, label, article)
) STRICT, WITHOUT ROWID;

CREATE INDEX reader_label_article ON reader_label(reader, article);

CREATE TABLE reader_story (
  reader INTEGER NOT NULL,
  story  INTEGER NOT NULL,
  looked INTEGER NOT NULL, -- what came until then is read
  PRIMARY KEY (reader, story)
) STRICT, WITHOUT ROWID;

CREATE TABLE recipient (
  id        INTEGER PRIMARY KEY,
  carrier   TEXT NOT NULL,
  address   TEXT NOT NULL,
  lang      TEXT NOT NULL,
  zone      TEXT NOT NULL,
  state     TEXT NOT NULL,
  secret    TEXT NOT NULL,
  consent   TEXT NOT NULL,
  consented INTEGER NOT NULL,
  created   INTEGER NOT NULL, who TEXT NOT NULL DEFAULT '',
  UNIQUE (carrier, address)
) STRICT;

CREATE UNIQUE INDEX recipient_who ON recipient(who) WHERE who <> '';

CREATE TABLE reference (
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  other   INTEGER NOT NULL,
  words   TEXT NOT NULL, -- JSON of where in the text, and why
  PRIMARY KEY (article, other)
) STRICT, WITHOUT ROWID;

CREATE INDEX reference_other ON reference(other);

CREATE TABLE rejected (
  page   INTEGER PRIMARY KEY REFERENCES page(id),
  source INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;

CREATE INDEX rejected_source ON rejected(source);

CREATE TABLE renamed (
  article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
  old     INTEGER NOT NULL,
  was     TEXT NOT NULL
) STRICT;

CREATE TABLE seen (
  key    TEXT PRIMARY KEY,
  page   INTEGER NOT NULL, -- 0: given up
  retry  INTEGER NOT NULL,
  reason TEXT NOT NULL
, updated INTEGER NOT NULL DEFAULT 0, versions INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  token   TEXT PRIMARY KEY, -- SHA-256 of the token, hex
  account INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  kind    TEXT NOT NULL,
  name    TEXT NOT NULL,
  csrf    TEXT NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL
, scope TEXT NOT NULL DEFAULT '', used INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE TABLE site (
  source INTEGER PRIMARY KEY,
  memory BLOB NOT NULL
) STRICT;

CREATE TABLE source (
  id      INTEGER PRIMARY KEY,
  name    TEXT NOT NULL,
  home    TEXT NOT NULL,
  lang    TEXT NOT NULL,
  country TEXT NOT NULL,
  muted   INTEGER NOT NULL,
  licence TEXT NOT NULL,
  created INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
, every INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE story (
  id          INTEGER PRIMARY KEY,
  headline    TEXT NOT NULL,
  lead        INTEGER NOT NULL,
  lang        TEXT NOT NULL,
  articles    INTEGER NOT NULL,
  sources     INTEGER NOT NULL,
  independent INTEGER NOT NULL,
  langs       TEXT NOT NULL, -- space between
  first       INTEGER NOT NULL,
  first_at    INTEGER NOT NULL,
  lag         INTEGER NOT NULL,
  opened      INTEGER NOT NULL,
  changed     INTEGER NOT NULL,
  disputed    INTEGER NOT NULL,
  breaking    INTEGER NOT NULL,
  why         TEXT NOT NULL, -- JSON of []news.Reason
  merged      INTEGER NOT NULL
) STRICT;

CREATE INDEX story_changed ON story(changed) WHERE merged = 0;

CREATE INDEX story_first ON story(first) WHERE merged = 0;

CREATE INDEX story_merged ON story(merged) WHERE merged > 0;

CREATE TABLE subscription (
  list       INTEGER NOT NULL,
  subscriber INTEGER NOT NULL REFERENCES recipient(id) ON DELETE CASCADE,
  state      TEXT NOT NULL,
  lang       TEXT NOT NULL,
  basis      TEXT NOT NULL,
  consent    TEXT NOT NULL, -- the words that were shown
  form       TEXT NOT NULL,
  asks       INTEGER NOT NULL,
  asked      INTEGER NOT NULL,
  since      INTEGER NOT NULL,
  PRIMARY KEY (list, subscriber)
) STRICT, WITHOUT ROWID;

CREATE INDEX subscription_subscriber ON subscription(subscriber);

CREATE TABLE suppressed (
  who  TEXT NOT NULL,
  list INTEGER NOT NULL,
  why  TEXT NOT NULL,
  at   INTEGER NOT NULL,
  PRIMARY KEY (who, list)
) STRICT, WITHOUT ROWID;

CREATE TABLE tally (
  source   INTEGER PRIMARY KEY,
  articles INTEGER NOT NULL DEFAULT 0,
  follows  INTEGER NOT NULL DEFAULT 0, -- of them, those that copy or translate another
  rejected INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TRIGGER tally_article AFTER INSERT ON article BEGIN
  INSERT INTO tally (source, articles, follows) VALUES (new.source, 1, new.follows)
    ON CONFLICT (source) DO UPDATE SET articles = articles + 1, follows = follows + excluded.follows;
END;

CREATE TRIGGER tally_change AFTER UPDATE OF source, follows ON article WHEN old.source <> new.source OR old.follows <> new.follows BEGIN
  UPDATE tally SET articles = articles - 1, follows = follows - old.follows WHERE source = old.source;
  INSERT INTO tally (source, articles, follows) VALUES (new.source, 1, new.follows)
    ON CONFLICT (source) DO UPDATE SET articles = articles + 1, follows = follows + excluded.follows;
END;

CREATE TRIGGER tally_gone AFTER DELETE ON article BEGIN
  UPDATE tally SET articles = articles - 1, follows = follows - old.follows WHERE source = old.source;
END;

CREATE TRIGGER tally_rejected AFTER INSERT ON rejected BEGIN
  INSERT INTO tally (source, rejected) VALUES (new.source, 1) ON CONFLICT (source) DO UPDATE SET rejected = rejected + 1;
END;

CREATE TRIGGER tally_unrejected AFTER DELETE ON rejected BEGIN
  UPDATE tally SET rejected = rejected - 1 WHERE source = old.source;
END;

CREATE TABLE unmarked (
  until INTEGER NOT NULL
) STRICT;

CREATE TABLE unstated (
  until INTEGER NOT NULL
) STRICT;

CREATE TABLE watch (
  id      INTEGER PRIMARY KEY,
  name    TEXT NOT NULL,
  query   TEXT NOT NULL,
  off     INTEGER NOT NULL,
  created INTEGER NOT NULL,
  orders  TEXT NOT NULL -- JSON of news.Watch: how to tell whom
, edited INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE VIRTUAL TABLE words USING fts5(
  tokens,
  content = '',
  contentless_delete = 1,
  detail = none,
  tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);

