-- name: find-words
-- The articles that arrived last, of those between two numbers whose words satisfy ?1.
SELECT rowid FROM words WHERE words MATCH ?1 AND rowid > ?2 AND rowid <= ?3 ORDER BY rowid DESC LIMIT ?4;

-- name: find-facts
SELECT a.id, a.published, a.lang, a.source
FROM json_each(?1) AS j CROSS JOIN article AS a INDEXED BY article_facts ON a.id = j.value;

-- name: find-block
SELECT id, published, lang, source FROM article INDEXED BY article_facts WHERE id >= ?1 AND id < ?2;

-- name: find-last
SELECT coalesce(max(id), 0) FROM article;

-- name: find-times
-- Between which times the articles of some numbers were published, the end left out; an empty stretch where there are none.
SELECT coalesce(min(published), 9223372036854775807), coalesce(max(published) + 1, -9223372036854775807)
FROM article INDEXED BY article_facts WHERE id >= ?1 AND id < ?2;

-- name: find-all
SELECT a.id, a.published, a.lang, a.source
FROM article AS a
WHERE a.published >= ?1 AND a.published < ?2 AND (?3 = '' OR substr(lower(a.lang) || '-', 1, length(?3) + 1) = ?3 || '-')
  AND a.id > ?5 AND a.id <= ?6
ORDER BY a.published DESC, a.id DESC LIMIT ?4;

-- name: find-outlets
SELECT id, name, country FROM source;

-- name: find-stretch
-- Between which numbers lie the articles that were published in a time; how many, up to ?3.
SELECT coalesce(min(id), 0), coalesce(max(id), 0), count(*)
FROM (SELECT id FROM article WHERE published >= ?1 AND published < ?2 LIMIT ?3);

-- name: find-unmarked
SELECT unmarked.until, unstated.until FROM unmarked, unstated;

-- name: find-texts
-- What a query is verified on; the analysis only where it is asked for.
SELECT a.id, a.body, CASE WHEN ?2 THEN a.analysis END, coalesce(s.name, ''), coalesce(s.country, '')
FROM json_each(?1) AS j CROSS JOIN article AS a ON a.id = j.value LEFT JOIN source AS s ON s.id = a.source;

-- name: find-states
-- What a query may ask of an article's story.
SELECT a.id, s.independent, s.breaking <> 0, s.first = a.id,
       EXISTS (SELECT 1 FROM link WHERE article = a.id AND kind IN ('duplicate', 'copy', 'translation') AND direction = 'from-other')
FROM json_each(?1) AS j CROSS JOIN article AS a ON a.id = j.value JOIN story AS s ON s.id = a.story;

-- name: words-automerge
INSERT INTO words (words, rank) VALUES ('automerge', ?1);

-- name: words-merge
INSERT INTO words (words, rank) VALUES ('merge', ?1);

-- name: words-changes
SELECT total_changes();
