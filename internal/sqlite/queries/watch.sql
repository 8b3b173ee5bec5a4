-- name: watch-add
INSERT INTO watch (name, query, off, created, orders) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id;

-- name: watch-save
UPDATE watch SET name = ?2, query = ?3, off = ?4, orders = ?5 WHERE id = ?1;

-- name: watch-delete
DELETE FROM watch WHERE id = ?1;

-- name: watches
SELECT id, name, query, off, created, orders FROM watch ORDER BY id;

-- name: watch
SELECT id, name, query, off, created, orders FROM watch WHERE id = ?1;

-- name: match-counts
SELECT watch, count(*) FROM match WHERE arrived >= ?1 GROUP BY watch;

-- name: matches-of
SELECT watch, article, spans FROM match WHERE watch = ?1 ORDER BY arrived DESC, article DESC LIMIT ?2;

-- name: matches-in
SELECT watch, article, spans FROM match WHERE article = ?1 ORDER BY watch;
