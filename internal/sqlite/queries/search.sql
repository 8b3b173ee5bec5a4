-- name: find-words
-- The articles that arrived last, of those between two numbers whose words satisfy ?1.
SELECT a.id, a.published, a.lang, a.source
FROM (SELECT rowid FROM words WHERE words MATCH ?1 AND rowid > ?6 AND rowid <= ?7 ORDER BY rowid DESC LIMIT ?8) AS w
CROSS JOIN article AS a INDEXED BY article_facts ON a.id = w.rowid
WHERE a.published >= ?2 AND a.published < ?3 AND (?4 = '' OR a.lang = ?4 OR a.lang LIKE ?4 || '-%')
LIMIT ?5;

-- name: find-more
-- Whether the words of more articles than ?4 satisfy ?1.
SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ?1 AND rowid > ?2 AND rowid <= ?3 LIMIT 1 OFFSET ?4);

-- name: find-all
SELECT a.id, a.published, a.lang, a.source
FROM article AS a
WHERE a.published >= ?1 AND a.published < ?2 AND (?3 = '' OR a.lang = ?3 OR a.lang LIKE ?3 || '-%') AND a.id > ?5 AND a.id <= ?6
ORDER BY a.published DESC, a.id DESC LIMIT ?4;

-- name: find-stretch
-- Between which numbers lie the articles that were published in a time; how many, up to ?3.
SELECT coalesce(min(id), 0), coalesce(max(id), 0), count(*)
FROM (SELECT id FROM article WHERE published >= ?1 AND published < ?2 LIMIT ?3);

-- name: find-unmarked
SELECT until FROM unmarked;

-- name: find-text
-- What a query is verified on; the analysis only where it is asked for.
SELECT a.body, CASE WHEN ?2 THEN a.analysis END, coalesce(s.name, ''), coalesce(s.country, '')
FROM article AS a LEFT JOIN source AS s ON s.id = a.source WHERE a.id = ?1;

-- name: find-state
-- What a query may ask of an article's story.
SELECT s.independent, s.breaking <> 0, s.first = a.id,
       EXISTS (SELECT 1 FROM link WHERE article = a.id AND kind IN ('duplicate', 'copy', 'translation') AND direction = 'from-other')
FROM article AS a JOIN story AS s ON s.id = a.story WHERE a.id = ?1;

-- name: words-automerge
INSERT INTO words (words, rank) VALUES ('automerge', ?1);

-- name: words-merge
INSERT INTO words (words, rank) VALUES ('merge', ?1);

-- name: words-changes
SELECT total_changes();
