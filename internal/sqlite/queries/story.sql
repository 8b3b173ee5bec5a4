-- name: story-save
INSERT INTO story (id, headline, lead, lang, articles, sources, independent, langs, first, first_at, lag, opened, changed, disputed,
                   breaking, why, merged)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
ON CONFLICT (id) DO UPDATE SET headline = excluded.headline, lead = excluded.lead, lang = excluded.lang, articles = excluded.articles,
  sources = excluded.sources, independent = excluded.independent, langs = excluded.langs, first = excluded.first,
  first_at = excluded.first_at, lag = excluded.lag, opened = excluded.opened, changed = excluded.changed,
  disputed = excluded.disputed, breaking = excluded.breaking, why = excluded.why, merged = excluded.merged;

-- name: story-merge
UPDATE story SET merged = ?2 WHERE id = ?1 OR merged = ?1 AND merged > 0;

-- name: story
SELECT id, headline, lead, lang, articles, sources, independent, langs, first, first_at, lag, opened, changed, disputed, breaking, why, merged
FROM story WHERE id = coalesce((SELECT nullif(merged, 0) FROM story WHERE id = ?1), ?1);

-- name: story-last
SELECT coalesce(max(id), 0) FROM story;

-- name: arrived-between
-- The lowest and the highest number of the articles of a time, since articles are numbered as they arrive.
SELECT coalesce((SELECT id FROM article WHERE arrived >= ?1 ORDER BY arrived, id LIMIT 1), 0),
       coalesce((SELECT id FROM article WHERE arrived < ?2 ORDER BY arrived DESC, id DESC LIMIT 1), -1);

-- name: name-times
SELECT count(*) FROM (SELECT 1 FROM named WHERE entity = ?1 AND article BETWEEN ?2 AND ?3 LIMIT ?4);

-- name: stories-begun
SELECT s.id, count(DISTINCT n.entity) AS shared, json_group_array(DISTINCT n.entity)
FROM named AS n CROSS JOIN article AS a ON a.id = n.article CROSS JOIN story AS s ON s.id = a.story
WHERE n.entity IN (SELECT value FROM json_each(?1)) AND n.article BETWEEN ?2 AND ?3 AND s.first_at >= ?4 AND s.first_at < ?5
GROUP BY s.id ORDER BY shared DESC, s.id LIMIT ?6;

-- name: story-watches
SELECT m.watch, min(m.former) FROM article AS a JOIN match AS m ON m.article = a.id
WHERE a.story IN (SELECT value FROM json_each(?1) UNION SELECT s.merged FROM story AS s WHERE s.id IN (SELECT value FROM json_each(?1)) AND s.merged > 0)
GROUP BY m.watch ORDER BY m.watch;

-- name: stories
-- From each story to its articles, and not from a source's or name's many articles to the story: the plus and CROSS keep to that.
SELECT id, headline, lead, lang, articles, sources, independent, langs, first, first_at, lag, opened, changed, disputed, breaking, why, merged
FROM story AS s
WHERE merged = 0
  AND (?1 = '' OR EXISTS (SELECT 1 FROM article WHERE story = s.id AND (lang = ?1 OR lang LIKE ?1 || '-%')))
  AND (?2 = 0 OR changed < ?2 OR changed = ?2 AND id < ?6)
  AND (?3 = 0 OR EXISTS (SELECT 1 FROM article WHERE story = s.id AND +source = ?3))
  AND (?4 = '' OR EXISTS (SELECT 1 FROM article AS a CROSS JOIN named AS n ON n.article = a.id WHERE a.story = s.id AND n.entity = ?4))
ORDER BY changed DESC, id DESC
LIMIT ?5;

-- name: stories-of-source
SELECT id, headline, lead, lang, articles, sources, independent, langs, first, first_at, lag, opened, changed, disputed, breaking, why, merged
FROM story AS s
WHERE merged = 0 AND id IN (SELECT story FROM article WHERE source = ?3)
  AND (?1 = '' OR EXISTS (SELECT 1 FROM article WHERE story = s.id AND (lang = ?1 OR lang LIKE ?1 || '-%')))
  AND (?2 = 0 OR changed < ?2 OR changed = ?2 AND id < ?6)
  AND (?4 = '' OR EXISTS (SELECT 1 FROM named AS n JOIN article AS a ON a.id = n.article WHERE a.story = s.id AND n.entity = ?4))
ORDER BY +changed DESC, id DESC
LIMIT ?5;

-- name: stories-of-name
SELECT id, headline, lead, lang, articles, sources, independent, langs, first, first_at, lag, opened, changed, disputed, breaking, why, merged
FROM story AS s
WHERE merged = 0 AND ?3 = 0 AND id IN (SELECT a.story FROM named AS n CROSS JOIN article AS a WHERE n.entity = ?4 AND a.id = n.article)
  AND (?1 = '' OR EXISTS (SELECT 1 FROM article WHERE story = s.id AND (lang = ?1 OR lang LIKE ?1 || '-%')))
  AND (?2 = 0 OR changed < ?2 OR changed = ?2 AND id < ?6)
ORDER BY +changed DESC, id DESC
LIMIT ?5;

-- name: card-leads
SELECT s.id, a.body, coalesce(l.name, ''), coalesce(f.name, '')
FROM story AS s
JOIN article AS a ON a.id = s.lead LEFT JOIN source AS l ON l.id = a.source
LEFT JOIN article AS b ON b.id = s.first LEFT JOIN source AS f ON f.id = b.source
WHERE s.id IN (SELECT value FROM json_each(?1));

-- name: card-copies
SELECT story, sum(follows) FROM article WHERE story IN (SELECT value FROM json_each(?1)) GROUP BY story;

-- name: card-corrected
SELECT DISTINCT a.story
FROM article AS a JOIN link AS l ON l.article = a.id, json_each(l.evidence) AS e
WHERE a.story IN (SELECT value FROM json_each(?1)) AND l.kind = 'update' AND e.value ->> 'Kind' = 'correction';

-- name: card-renamed
-- SQLite takes a column that stands alone from the row of the max().
SELECT a.story, count(*), r.was, max(r.article)
FROM renamed AS r JOIN article AS a ON a.id = r.article WHERE a.story IN (SELECT value FROM json_each(?1)) GROUP BY a.story;

-- name: card-hours
-- Articles by full hours before now.
SELECT story, (?2 - arrived) / 3600000000 AS hour, count(*)
FROM article WHERE story IN (SELECT value FROM json_each(?1)) AND arrived > ?2 - 24 * 3600000000 AND arrived <= ?2
GROUP BY story, hour;

-- name: card-places
SELECT a.story, n.entity FROM article AS a JOIN named AS n ON n.article = a.id
WHERE a.story IN (SELECT value FROM json_each(?1)) AND n.kind = 'LOC'
GROUP BY a.story, n.entity ORDER BY a.story, sum(n.times) DESC, n.entity;

-- name: article-move
UPDATE article SET story = ?2, placed = ?3 WHERE id = ?1;

-- name: correction-add
INSERT INTO correction (said, by, done) VALUES (?1, ?2, ?3) RETURNING id;

-- name: correction-undo
UPDATE correction SET undone = ?2, undone_by = ?3 WHERE id = ?1 AND undone = 0;

-- name: correction
SELECT id, said, by, done, undone, undone_by FROM correction WHERE id = ?1;

-- name: corrections
SELECT id, said, by, done, undone, undone_by FROM correction WHERE said >= ?1 ORDER BY said DESC, id DESC;

-- name: card-spoken
-- Of each story the first report in a language: one of an outlet's own before those that follow another.
SELECT a.story, a.body FROM article AS a
WHERE a.id IN (
  SELECT id FROM (
    SELECT id, min(follows * 10000000000000000 + arrived) FROM article
    WHERE story IN (SELECT value FROM json_each(?1)) AND lang = ?2 AND source NOT IN (SELECT id FROM source WHERE muted = 1)
    GROUP BY story));

-- name: naming
SELECT n.article, a.story, n.arrived, n.times FROM named AS n JOIN article AS a ON a.id = n.article
WHERE n.entity = ?1 ORDER BY n.article DESC LIMIT ?2;

-- name: named-beside
SELECT entity, max(name), kind, count(*) AS articles FROM named
WHERE article IN (SELECT value FROM json_each(?2)) AND entity <> ?1
GROUP BY entity ORDER BY articles DESC, entity LIMIT ?3;

-- name: naming-many
SELECT count(*) FROM (SELECT 1 FROM named WHERE entity = ?1 LIMIT ?2);
