-- name: watch-add
INSERT INTO watch (name, query, off, created, orders) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id;

-- name: watch-save
UPDATE watch SET name = ?2, query = ?3, off = ?4, orders = ?5, edited = edited OR query <> ?3 WHERE id = ?1;

-- name: watch-delete
DELETE FROM watch WHERE id = ?1;

-- name: watches
SELECT id, name, query, off, created, orders, edited FROM watch ORDER BY id;

-- name: watch
SELECT id, name, query, off, created, orders, edited FROM watch WHERE id = ?1;

-- name: match-counts
SELECT watch, count(*) FROM match WHERE arrived >= ?1 AND former = 0 GROUP BY watch;

-- name: matches-of
SELECT watch, article, spans FROM match WHERE watch = ?1 AND former = 0 ORDER BY arrived DESC, article DESC LIMIT ?2;

-- name: matches-in
SELECT watch, article, spans FROM match WHERE article = ?1 AND former = 0 ORDER BY watch;

-- name: matches-ever
SELECT article FROM match WHERE watch = ?1 AND arrived >= ?2 ORDER BY arrived DESC, article DESC LIMIT ?3;

-- name: match-former
UPDATE match SET former = article NOT IN (SELECT value FROM json_each(?2))
WHERE watch = ?1 AND former <> (article NOT IN (SELECT value FROM json_each(?2)));

-- name: watch-judged
UPDATE watch SET edited = 0 WHERE id = ?1 AND query = ?2;

-- name: silence-undigested
-- A digest of the watch waits, and will not tell what only an earlier query found.
UPDATE OR REPLACE silence SET kind = 'edited', last = max(last, ?2)
WHERE watch = ?1 AND kind = 'digest'
  AND last >= (SELECT min(planned) FROM notice INDEXED BY notice_watch WHERE watch = ?1 AND cause = '' AND kind = 'digest' AND state = 'waiting' AND message IS NULL)
  AND NOT EXISTS (SELECT 1 FROM article AS a JOIN match AS m ON m.watch = ?1 AND m.article = a.id AND m.former = 0
    WHERE a.story = coalesce((SELECT nullif(merged, 0) FROM story WHERE id = silence.story), silence.story));
