-- name: find-words
SELECT a.id, a.published, a.lang, a.source
FROM words JOIN article AS a ON a.id = words.rowid
WHERE words MATCH ?1 AND a.published >= ?2 AND a.published < ?3 AND (?4 = '' OR a.lang = ?4 OR a.lang LIKE ?4 || '-%')
ORDER BY a.published DESC, a.id DESC LIMIT ?5;

-- name: find-all
SELECT a.id, a.published, a.lang, a.source
FROM article AS a
WHERE ?1 = '' AND a.published >= ?2 AND a.published < ?3 AND (?4 = '' OR a.lang = ?4 OR a.lang LIKE ?4 || '-%')
ORDER BY a.published DESC, a.id DESC LIMIT ?5;

-- name: find-state
-- What a query may ask of an article's story.
SELECT s.independent, s.breaking <> 0, s.first = a.id,
       EXISTS (SELECT 1 FROM link WHERE article = a.id AND kind IN ('duplicate', 'copy', 'translation') AND direction = 'from-other')
FROM article AS a JOIN story AS s ON s.id = a.story WHERE a.id = ?1;
