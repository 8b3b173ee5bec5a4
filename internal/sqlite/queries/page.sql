-- name: unseen
-- The positions of those keys that no page was kept for and that nobody gave up on until later than now, and of those that were
-- updated by more than a pause since their page was kept, as long as they have few versions.
SELECT j.key FROM json_each(?1) AS j LEFT JOIN seen AS s ON s.key = j.value ->> 0
WHERE s.key IS NULL
   OR (s.page = 0 AND s.retry <= ?2)
   OR (s.page > 0 AND s.updated > 0 AND j.value ->> 1 > s.updated + ?3 AND s.versions < ?4)
ORDER BY j.key;

-- name: seen-page
INSERT INTO seen (key, page, retry, reason, updated, versions) VALUES (?1, ?2, 0, '', ?3, 1)
ON CONFLICT (key) DO UPDATE SET page = excluded.page, retry = 0, reason = '', updated = max(updated, excluded.updated), versions = versions + 1;

-- name: seen-given-up
INSERT INTO seen (key, page, retry, reason) VALUES (?1, 0, ?2, ?3)
ON CONFLICT (key) DO UPDATE SET retry = excluded.retry, reason = excluded.reason WHERE page = 0;

-- name: page-same
SELECT id FROM page WHERE url = ?1 AND hash = ?2;

-- name: page-keep
INSERT INTO page (source, feed, url, final, status, content_type, body, hash, fetched, item)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING id;

-- name: pages-after
SELECT id, source, feed, url, final, status, content_type, body, fetched, item FROM page WHERE id > ?1 ORDER BY id LIMIT ?2;

-- name: page
SELECT id, source, feed, url, final, status, content_type, body, fetched, item FROM page WHERE id = ?1;

-- name: pages-let-go
UPDATE page SET body = NULL
WHERE body IS NOT NULL AND fetched < ?1 AND id <= coalesce((SELECT page FROM cursor WHERE name = ?2), 0);

-- name: cursor
SELECT page FROM cursor WHERE name = ?1;

-- name: cursor-move
INSERT INTO cursor (name, page) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET page = excluded.page;

-- name: reject
INSERT INTO rejected (page, source, reason) SELECT id, source, ?2 FROM page WHERE id = ?1
ON CONFLICT (page) DO UPDATE SET reason = excluded.reason;

-- name: reject-not
DELETE FROM rejected WHERE page = ?1;

-- name: site-memory
SELECT memory FROM site WHERE source = ?1;

-- name: site-memory-save
INSERT INTO site (source, memory) VALUES (?1, ?2) ON CONFLICT (source) DO UPDATE SET memory = excluded.memory;
