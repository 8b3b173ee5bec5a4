-- name: source-add
INSERT INTO source (name, home, lang, country, muted, licence, created, every) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id;

-- name: source-update
UPDATE source SET name = ?2, home = ?3, lang = ?4, country = ?5, muted = ?6, licence = ?7, every = ?8 WHERE id = ?1;

-- name: source-remove
UPDATE source SET removed = 1 WHERE id = ?1 AND removed = 0;

-- name: source-remove-feeds
DELETE FROM feed WHERE source = ?1;

-- name: sources
SELECT id, name, home, lang, country, muted, licence, created, every,
       coalesce(t.articles, 0), (SELECT coalesce(max(arrived), 0) FROM article WHERE source = s.id), coalesce(t.follows, 0), coalesce(t.rejected, 0)
FROM source AS s LEFT JOIN tally AS t ON t.source = s.id
WHERE CASE WHEN ?1 = 0 THEN removed = 0 ELSE id = ?1 END
ORDER BY name, id;

-- name: source-many
SELECT coalesce(max(articles), 0) FROM tally WHERE source = ?1;

-- name: source-leads
-- How far ahead a source was in stories that it opened: until the second independent outlet told them. The latest stories stand for all.
SELECT f.source, s.lag
FROM (SELECT first, lag FROM story WHERE merged = 0 AND changed >= ?1 ORDER BY changed DESC LIMIT 2000) AS s JOIN article AS f ON f.id = s.first
WHERE s.lag > 0;

-- name: source-lags
-- How late a source was in stories that another opened.
SELECT a.source, min(a.published) - s.first_at
FROM (SELECT id, first, first_at FROM story WHERE merged = 0 AND changed >= ?1 ORDER BY changed DESC LIMIT 2000) AS s
CROSS JOIN article AS f ON f.id = s.first CROSS JOIN article AS a ON a.story = s.id
WHERE a.source <> f.source
GROUP BY s.id, a.source;

-- name: source-of
SELECT id, name, home, lang, country, muted, licence, created, every FROM source WHERE id = ?1;

-- name: feed-add
INSERT INTO feed (source, url, etag, last_modified, every, due, checked, changed, failures, problem, gone)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING id;

-- name: feed-save
UPDATE feed SET url = ?2, etag = ?3, last_modified = ?4, every = ?5, due = ?6, checked = ?7, changed = ?8, failures = ?9,
                problem = ?10, gone = ?11, leased = 0
WHERE id = ?1;

-- name: feed-lease
UPDATE feed SET leased = ?2
WHERE id IN (
  SELECT f.id FROM feed AS f JOIN source AS s ON s.id = f.source
  -- A feed that was asked more than an hour from now was asked by a clock that has been set back since: when it is due says nothing.
  WHERE f.gone = 0 AND (f.due <= ?1 OR f.checked > ?1 + 3600000000) AND f.leased <= ?1 AND s.muted = 0
  ORDER BY f.due, f.id LIMIT ?3
)
RETURNING id, source, url, etag, last_modified, every, due, checked, changed, failures, problem, gone,
  (SELECT every FROM source WHERE id = feed.source);

-- name: feed-end-leases
UPDATE feed SET leased = 0 WHERE leased > 0;

-- name: feeds
SELECT f.id, f.source, url, etag, last_modified, f.every, due, checked, changed, failures, problem, gone, coalesce(s.every, 0)
FROM feed AS f LEFT JOIN source AS s ON s.id = f.source WHERE ?1 = 0 OR f.source = ?1 ORDER BY f.id;

-- name: feed-by-url
SELECT id, source, url, etag, last_modified, every, due, checked, changed, failures, problem, gone, 0 FROM feed WHERE url = ?1;
