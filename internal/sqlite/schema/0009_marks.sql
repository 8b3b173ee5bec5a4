-- What a search has to know of an article beside its words, by the article's number.
CREATE INDEX article_facts ON article(id, published, lang, source);

-- The words of articles up to this number were indexed before there were marks among them.
CREATE TABLE unmarked (
  until INTEGER NOT NULL
) STRICT;

INSERT INTO unmarked SELECT coalesce(max(id), 0) FROM article;
