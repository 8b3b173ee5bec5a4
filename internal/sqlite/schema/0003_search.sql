-- Searches that no word narrows run over the index alone.
DROP INDEX article_published;
CREATE INDEX article_published ON article(published, id, lang, source);
