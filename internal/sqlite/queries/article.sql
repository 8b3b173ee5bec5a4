-- name: article-save
INSERT INTO article (id, page, source, story, lang, published, arrived, version, body, analysis, placed)
SELECT ?1, p.id, ?3, ?4, ?5, CASE WHEN ?6 = 0 THEN p.fetched ELSE ?6 END, p.fetched, ?7, ?8, ?9, ?10 FROM page AS p WHERE p.id = ?2
ON CONFLICT (id) DO UPDATE SET page = excluded.page, source = excluded.source, story = excluded.story, lang = excluded.lang,
  published = excluded.published, arrived = excluded.arrived, version = excluded.version, body = excluded.body,
  analysis = excluded.analysis, placed = excluded.placed;

-- name: article-forget-links
DELETE FROM link WHERE article = ?1;

-- name: article-forget-references
DELETE FROM reference WHERE article = ?1;

-- name: article-reference
INSERT INTO reference (article, other, words) VALUES (?1, ?2, ?3) ON CONFLICT (article, other) DO UPDATE SET words = excluded.words;

-- name: references-of
SELECT r.article, r.other, coalesce(a.story, 0), r.words FROM reference AS r LEFT JOIN article AS a ON a.id = r.other
WHERE r.article IN (SELECT value FROM json_each(?1)) ORDER BY 1, 2;

-- name: article-forget-renamed
DELETE FROM renamed WHERE article = ?1;

-- name: article-renamed
INSERT INTO renamed (article, old, was) VALUES (?1, ?2, ?3);

-- name: article-forget-names
DELETE FROM named WHERE article = ?1;

-- name: article-forget-matches
DELETE FROM match WHERE article = ?1;

-- name: article-forget-words
DELETE FROM words WHERE rowid = ?1;

-- name: article-words
INSERT INTO words (rowid, tokens) VALUES (?1, ?2);

-- name: article-name
INSERT INTO named (article, entity, kind, name, times, arrived) SELECT id, ?2, ?3, ?4, 1, arrived FROM article WHERE id = ?1
ON CONFLICT (article, entity) DO UPDATE SET times = times + 1;

-- name: article-link
INSERT INTO link (article, other, kind, direction, score, evidence) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (article, other, kind) DO UPDATE
SET direction = excluded.direction, score = excluded.score, evidence = excluded.evidence;

-- name: article-follows
UPDATE article SET follows = ?2 WHERE id = ?1;

-- name: article-match
-- A watch that was deleted meanwhile matches nothing any more.
INSERT INTO match (watch, article, arrived, spans)
SELECT w.id, a.id, a.arrived, ?3 FROM watch AS w, article AS a WHERE w.id = ?1 AND a.id = ?2
ON CONFLICT (watch, article) DO UPDATE SET spans = excluded.spans, former = 0;

-- name: article-merge
UPDATE article SET story = ?2 WHERE story = ?1;

-- name: entry
SELECT a.story, a.arrived, a.body, a.analysis, a.placed, a.source, s.name, s.home, s.lang, s.country, s.muted, s.licence, s.created
FROM article AS a LEFT JOIN source AS s ON s.id = a.source WHERE a.id = ?1;

-- name: entry-of-address
SELECT a.story, a.arrived, a.body, a.analysis, a.placed, a.source, s.name, s.home, s.lang, s.country, s.muted, s.licence, s.created
FROM page AS p JOIN article AS a ON a.page = p.id LEFT JOIN source AS s ON s.id = a.source
WHERE p.url = ?1 AND p.id < ?2 ORDER BY p.id DESC LIMIT 1;

-- name: entries-of-story
SELECT a.story, a.arrived, a.body, a.analysis, a.placed, a.source, s.name, s.home, s.lang, s.country, s.muted, s.licence, s.created
FROM article AS a LEFT JOIN source AS s ON s.id = a.source WHERE a.story = ?1 ORDER BY a.published, a.id;

-- name: entries-earliest
SELECT a.story, a.arrived, a.body, a.analysis, a.placed, a.source, s.name, s.home, s.lang, s.country, s.muted, s.licence, s.created
FROM article AS a LEFT JOIN source AS s ON s.id = a.source WHERE a.story = ?1 ORDER BY a.published, a.id LIMIT ?2;

-- name: entries-referring
-- The articles of other stories that speak of this one.
SELECT a.story, a.arrived, a.body, a.analysis, a.placed, a.source, s.name, s.home, s.lang, s.country, s.muted, s.licence, s.created
FROM article AS a LEFT JOIN source AS s ON s.id = a.source
WHERE a.story <> ?1 AND a.id IN (SELECT r.article FROM article AS o CROSS JOIN reference AS r ON r.other = o.id WHERE o.story = ?1)
ORDER BY a.published, a.id LIMIT ?2;

-- name: entries-latest
SELECT a.story, a.arrived, a.body, a.analysis, a.placed, a.source, s.name, s.home, s.lang, s.country, s.muted, s.licence, s.created
FROM article AS a LEFT JOIN source AS s ON s.id = a.source
WHERE a.id IN (SELECT id FROM article WHERE story = ?1 ORDER BY arrived DESC, id DESC LIMIT ?2) ORDER BY a.id;

-- name: links-latest
SELECT l.article, l.other, l.kind, l.direction, l.score, l.evidence FROM link AS l
WHERE l.article IN (SELECT id FROM article WHERE story = ?1 ORDER BY arrived DESC, id DESC LIMIT ?2) ORDER BY 1, 2, 3;

-- name: entries-window
-- In the order in which the articles were processed.
SELECT a.story, a.arrived, a.body, a.analysis, a.placed, a.source, s.name, s.home, s.lang, s.country, s.muted, s.licence, s.created
FROM article AS a LEFT JOIN source AS s ON s.id = a.source WHERE a.arrived >= ?1 AND a.id > ?2 ORDER BY a.id LIMIT ?3;

-- name: entries-between
SELECT a.story, a.arrived, a.body, a.analysis, a.placed, a.source, s.name, s.home, s.lang, s.country, s.muted, s.licence, s.created
FROM article AS a LEFT JOIN source AS s ON s.id = a.source
WHERE (a.arrived, a.id) > (?1, ?2) AND a.arrived < ?3 ORDER BY a.arrived, a.id LIMIT ?4;

-- name: links
SELECT article, other, kind, direction, score, evidence FROM link WHERE article = ?1
UNION ALL
SELECT article, other, kind, direction, score, evidence FROM link WHERE other = ?1
ORDER BY 1, 2, 3;

-- name: links-of-articles
SELECT article, other, kind, direction, score, evidence FROM link WHERE article IN (SELECT value FROM json_each(?1)) ORDER BY 1, 2, 3;

-- name: named-in
SELECT n.entity, n.name, n.kind, count(*) AS articles
FROM json_each(?1) AS hit JOIN named AS n ON n.article = hit.value
GROUP BY +n.entity -- the plus keeps the planner from walking all names ever
HAVING articles >= 2
ORDER BY articles DESC, n.entity
LIMIT 10;

-- name: links-window
SELECT l.article, l.other, l.kind, l.direction, l.score, l.evidence
FROM article AS a JOIN link AS l ON l.article = a.id WHERE a.id IN (
  SELECT id FROM article WHERE arrived >= ?1 AND id > ?2 ORDER BY id LIMIT ?3
) ORDER BY 1, 2, 3;

-- name: links-of-story
SELECT l.article, l.other, l.kind, l.direction, l.score, l.evidence
FROM article AS a JOIN link AS l ON l.article = a.id WHERE a.story = ?1 ORDER BY 1, 2, 3;

-- name: rising
SELECT entity, name, kind, sum(arrived >= ?1) AS lately, sum(arrived < ?1) AS earlier
FROM named WHERE arrived >= ?2
GROUP BY +entity -- the plus keeps the planner from walking all names ever in the order of the group
HAVING lately >= 2 AND lately > earlier
ORDER BY (lately - earlier) / sqrt(earlier + 1.0) DESC, lately DESC, entity
LIMIT ?3;

-- name: counts
SELECT (SELECT count(*) FROM source WHERE removed = 0),
       (SELECT count(*) FROM source AS s WHERE removed = 0 AND EXISTS (SELECT 1 FROM feed WHERE source = s.id AND problem = '' AND gone = 0)),
       (SELECT count(*) FROM article),
       (SELECT count(*) FROM story WHERE merged = 0),
       (SELECT count(*) FROM watch WHERE off = 0),
       (SELECT count(*) FROM page),
       (SELECT count(*) FROM page WHERE id > coalesce((SELECT page FROM cursor WHERE name = ?1), 0)),
       (SELECT count(*) FROM notice WHERE state = 'waiting' AND cause = '' AND due < ?2),
       (SELECT coalesce(max(arrived), 0) FROM article);
