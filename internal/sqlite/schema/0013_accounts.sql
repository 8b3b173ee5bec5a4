-- What a token may do, and when it or a browser was last used.
ALTER TABLE session ADD COLUMN scope TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN used INTEGER NOT NULL DEFAULT 0;

-- How often a source's feeds are asked; 0: about as often as they change.
ALTER TABLE source ADD COLUMN every INTEGER NOT NULL DEFAULT 0;

-- What each source brought, counted as it comes: counting a million articles for a page that lists sources takes too long.
CREATE TABLE tally (
  source   INTEGER PRIMARY KEY,
  articles INTEGER NOT NULL DEFAULT 0,
  follows  INTEGER NOT NULL DEFAULT 0, -- of them, those that copy or translate another
  rejected INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO tally (source, articles, follows) SELECT source, count(*), sum(follows) FROM article GROUP BY source;
INSERT INTO tally (source, rejected) SELECT source, count(*) FROM rejected WHERE true GROUP BY source
  ON CONFLICT (source) DO UPDATE SET rejected = excluded.rejected;

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
