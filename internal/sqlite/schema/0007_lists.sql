-- Public lists, who agreed to be told by them, and who is never to be.
CREATE TABLE list (
  id     INTEGER PRIMARY KEY, -- drawn, so that no link in an old mail comes to mean another list
  slug   TEXT NOT NULL UNIQUE,
  orders TEXT NOT NULL -- JSON of news.PublicList
) STRICT;

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

-- Who is not to be written to: by one list, or by any (0). A keyed hash of the address, which outlives everything else.
CREATE TABLE suppressed (
  who  TEXT NOT NULL,
  list INTEGER NOT NULL,
  why  TEXT NOT NULL,
  at   INTEGER NOT NULL,
  PRIMARY KEY (who, list)
) STRICT, WITHOUT ROWID;

-- The articles that a list was mailed about.
CREATE TABLE mailed (
  list INTEGER NOT NULL,
  url  TEXT NOT NULL,
  PRIMARY KEY (list, url)
) STRICT, WITHOUT ROWID;

-- What a list's notice says, frozen once for each language; the copies differ in nothing but their reader.
CREATE TABLE letter (
  cause TEXT NOT NULL,
  lang  TEXT NOT NULL,
  body  BLOB NOT NULL, -- DEFLATE
  PRIMARY KEY (cause, lang)
) STRICT, WITHOUT ROWID;

ALTER TABLE recipient ADD COLUMN who TEXT NOT NULL DEFAULT ''; -- of a subscriber: a keyed hash of the address
CREATE UNIQUE INDEX recipient_who ON recipient(who) WHERE who <> '';

ALTER TABLE notice ADD COLUMN list INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notice ADD COLUMN cause TEXT NOT NULL DEFAULT '';
ALTER TABLE notice ADD COLUMN released INTEGER NOT NULL DEFAULT 0;
-- The desk's own people do not wait behind a hundred thousand subscribers.
DROP INDEX notice_waiting;
CREATE INDEX notice_waiting ON notice(due, planned, id) WHERE state = 'waiting' AND cause = '';
CREATE INDEX notice_copies ON notice(due, id) WHERE state = 'waiting' AND cause <> '';
DROP INDEX notice_planned;
CREATE INDEX notice_planned ON notice(planned) WHERE cause = '';
CREATE INDEX notice_cause ON notice(cause, id) WHERE cause <> '';
CREATE INDEX notice_recipient ON notice(recipient, state);
CREATE INDEX notice_told ON notice(list, story, recipient) WHERE cause <> '';
