-- name: reader-read
INSERT INTO reader_article (reader, article, state)
SELECT ?1, id, ?3 FROM article WHERE id IN (SELECT value FROM json_each(?2))
ON CONFLICT (reader, article) DO UPDATE SET state = excluded.state;

-- name: reader-star
INSERT INTO reader_article (reader, article, starred)
SELECT ?1, id, ?3 FROM article WHERE id IN (SELECT value FROM json_each(?2))
ON CONFLICT (reader, article) DO UPDATE SET starred = CASE WHEN excluded.starred > 0 AND starred > 0 THEN starred ELSE excluded.starred END;

-- name: reader-unstar-story
UPDATE reader_article SET starred = 0 WHERE reader = ?1 AND article IN (SELECT id FROM article WHERE story = ?2);

-- name: reader-label
INSERT INTO reader_label (reader, label, article) SELECT ?1, ?3, id FROM article WHERE id IN (SELECT value FROM json_each(?2))
ON CONFLICT DO NOTHING;

-- name: reader-unlabel
DELETE FROM reader_label WHERE reader = ?1 AND label = ?3 AND article IN (SELECT value FROM json_each(?2));

-- name: reader-labels
SELECT label, count(*) FROM reader_label WHERE reader = ?1 GROUP BY label ORDER BY label;

-- name: reader-label-rename
UPDATE OR REPLACE reader_label SET label = ?3 WHERE reader = ?1 AND label = ?2;

-- name: reader-label-drop
DELETE FROM reader_label WHERE reader = ?1 AND label = ?2;

-- name: reader-look
INSERT INTO reader_story (reader, story, looked) VALUES (?1, ?2, ?3)
ON CONFLICT (reader, story) DO UPDATE SET looked = excluded.looked;

-- name: reader-look-clear
-- What was kept unread in a story is read once the whole story is.
UPDATE reader_article SET state = 0 WHERE reader = ?1 AND state = 2 AND article IN (SELECT id FROM article WHERE story = ?2 AND arrived <= ?3);

-- name: reader-catch
INSERT INTO reader_caught (reader, source, until) VALUES (?1, ?2, ?3)
ON CONFLICT (reader, source) DO UPDATE SET until = max(until, excluded.until);

-- name: reader-catch-clear
UPDATE reader_article SET state = 0 WHERE reader = ?1 AND state = 2
  AND article IN (SELECT id FROM article WHERE arrived <= ?3 AND (?2 = 0 OR source = ?2));

-- name: reader-catch-list
INSERT INTO reader_article (reader, article, state)
SELECT ?1, a.id, 1 FROM article AS a WHERE a.id IN (SELECT value FROM json_each(?2)) AND a.arrived <= ?3
ON CONFLICT (reader, article) DO UPDATE SET state = 1;

-- name: reader-since
-- Until when all is read: as the reader said, else a day before the account was made.
SELECT coalesce((SELECT until FROM reader_caught WHERE reader = ?1 AND source = 0),
                (SELECT created - 86400000000 FROM account WHERE id = ?1), 0);

-- name: reader-choose
INSERT INTO reader_choice (reader, kind, key, choice, since) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (reader, kind, key) DO UPDATE SET choice = excluded.choice, since = excluded.since;

-- name: reader-unchoose
DELETE FROM reader_choice WHERE reader = ?1 AND kind = ?2 AND key = ?3;

-- name: reader-choices
SELECT kind, key, choice, since FROM reader_choice WHERE reader = ?1 ORDER BY since DESC, kind, key;

-- name: reader-file
INSERT INTO reader_folder (reader, folder, source) SELECT ?1, ?2, id FROM source WHERE id = ?3 ON CONFLICT DO NOTHING;

-- name: reader-unfile
DELETE FROM reader_folder WHERE reader = ?1 AND folder = ?2 AND source = ?3;

-- name: reader-folders
SELECT folder, source FROM reader_folder WHERE reader = ?1 ORDER BY folder, source;

-- name: reader-folder-rename
UPDATE OR REPLACE reader_folder SET folder = ?3 WHERE reader = ?1 AND folder = ?2;

-- name: reader-folder-drop
DELETE FROM reader_folder WHERE reader = ?1 AND folder = ?2;

-- name: reader-articles
-- How a reader stands to some articles. ?3: until when all is read.
SELECT a.id, CASE coalesce(m.state, 0) WHEN 1 THEN 1 WHEN 2 THEN 0 ELSE a.arrived <= max(?3, coalesce(c.until, 0), coalesce(s.looked, 0)) END,
       coalesce(m.starred, 0),
       (SELECT json_group_array(label) FROM (SELECT label FROM reader_label WHERE reader = ?1 AND article = a.id ORDER BY label))
FROM article AS a
LEFT JOIN reader_article AS m ON m.reader = ?1 AND m.article = a.id
LEFT JOIN reader_caught AS c ON c.reader = ?1 AND c.source = a.source
LEFT JOIN reader_story AS s ON s.reader = ?1 AND s.story = a.story
WHERE a.id IN (SELECT value FROM json_each(?2));

-- name: reader-stories
-- How a reader stands to some stories. A muted name hides a story whose lead article names it, a muted source one that nobody else reports.
SELECT s.id, coalesce(l.looked, 0),
       (SELECT count(*) FROM article AS a LEFT JOIN reader_article AS m ON m.reader = ?1 AND m.article = a.id
                                         LEFT JOIN reader_caught AS c ON c.reader = ?1 AND c.source = a.source
        WHERE a.story = s.id AND CASE coalesce(m.state, 0) WHEN 1 THEN 0 WHEN 2 THEN 1 ELSE a.arrived > max(?3, coalesce(c.until, 0), coalesce(l.looked, 0)) END),
       EXISTS (SELECT 1 FROM article AS a CROSS JOIN reader_article AS m WHERE a.story = s.id AND m.reader = ?1 AND m.article = a.id AND m.starred > 0),
       coalesce((SELECT choice FROM reader_choice WHERE reader = ?1 AND kind = 'story' AND key = CAST(s.id AS TEXT)), ''),
       EXISTS (SELECT 1 FROM reader_choice AS k CROSS JOIN named AS n
               WHERE k.reader = ?1 AND k.kind = 'name' AND k.choice = 'mute' AND n.entity = k.key AND n.article = s.lead)
       OR (EXISTS (SELECT 1 FROM reader_choice WHERE reader = ?1 AND kind = 'source' AND choice = 'mute')
           AND NOT EXISTS (SELECT 1 FROM article AS a WHERE a.story = s.id AND NOT EXISTS (
             SELECT 1 FROM reader_choice WHERE reader = ?1 AND kind = 'source' AND choice = 'mute' AND key = CAST(a.source AS TEXT)))),
       EXISTS (SELECT 1 FROM reader_choice AS k CROSS JOIN named AS n
               WHERE k.reader = ?1 AND k.kind = 'name' AND k.choice = 'follow' AND n.entity = k.key AND n.article = s.lead)
FROM story AS s LEFT JOIN reader_story AS l ON l.reader = ?1 AND l.story = s.id
WHERE s.id IN (SELECT value FROM json_each(?2));

-- name: reader-starred-stories
SELECT id, headline, lead, lang, articles, sources, independent, langs, first, first_at, lag, opened, changed, disputed, breaking, why, merged
FROM story WHERE id IN (SELECT a.story FROM reader_article AS m JOIN article AS a ON a.id = m.article WHERE m.reader = ?1 AND m.starred > 0)
  AND (?2 = 0 OR (changed, id) < (?2, ?3))
ORDER BY changed DESC, id DESC LIMIT ?4;

-- name: reader-followed-stories
SELECT id, headline, lead, lang, articles, sources, independent, langs, first, first_at, lag, opened, changed, disputed, breaking, why, merged
FROM story AS s
WHERE merged = 0 AND (?2 = 0 OR (changed, id) < (?2, ?3)) AND (
  id IN (SELECT coalesce(nullif(t.merged, 0), t.id) FROM reader_choice AS k JOIN story AS t ON t.id = CAST(k.key AS INTEGER)
         WHERE k.reader = ?1 AND k.kind = 'story' AND k.choice = 'follow')
  OR EXISTS (SELECT 1 FROM reader_choice AS k CROSS JOIN article AS a WHERE k.reader = ?1 AND k.kind = 'source' AND k.choice = 'follow'
             AND a.story = s.id AND a.source = CAST(k.key AS INTEGER))
  OR EXISTS (SELECT 1 FROM reader_choice AS k CROSS JOIN named AS n WHERE k.reader = ?1 AND k.kind = 'name' AND k.choice = 'follow'
             AND n.entity = k.key AND n.article = s.lead))
ORDER BY changed DESC, id DESC LIMIT ?4;

-- name: reader-all-newest
-- The articles that a reader may go through, by arrival. ?2: until when all is read. ?3: 0 all, 1 unread, 2 read. Arrival and id lie
-- between (?4, ?5) and (?6, ?7), both left out.
SELECT a.id, a.arrived
FROM article AS a
LEFT JOIN reader_article AS m ON m.reader = ?1 AND m.article = a.id
LEFT JOIN reader_caught AS c ON c.reader = ?1 AND c.source = a.source
LEFT JOIN reader_story AS s ON s.reader = ?1 AND s.story = a.story
WHERE NOT EXISTS (SELECT 1 FROM reader_choice WHERE reader = ?1 AND kind = 'source' AND choice = 'mute' AND key = CAST(a.source AS TEXT))
  AND (a.arrived, a.id) > (?4, ?5) AND (a.arrived, a.id) < (?6, ?7)
  AND (?3 = 0 OR (?3 = 1) = (CASE coalesce(m.state, 0) WHEN 1 THEN 0 WHEN 2 THEN 1 ELSE a.arrived > max(?2, coalesce(c.until, 0), coalesce(s.looked, 0)) END))
ORDER BY a.arrived DESC, a.id DESC
LIMIT ?8;

-- name: reader-all-oldest
SELECT a.id, a.arrived
FROM article AS a
LEFT JOIN reader_article AS m ON m.reader = ?1 AND m.article = a.id
LEFT JOIN reader_caught AS c ON c.reader = ?1 AND c.source = a.source
LEFT JOIN reader_story AS s ON s.reader = ?1 AND s.story = a.story
WHERE NOT EXISTS (SELECT 1 FROM reader_choice WHERE reader = ?1 AND kind = 'source' AND choice = 'mute' AND key = CAST(a.source AS TEXT))
  AND (a.arrived, a.id) > (?4, ?5) AND (a.arrived, a.id) < (?6, ?7)
  AND (?3 = 0 OR (?3 = 1) = (CASE coalesce(m.state, 0) WHEN 1 THEN 0 WHEN 2 THEN 1 ELSE a.arrived > max(?2, coalesce(c.until, 0), coalesce(s.looked, 0)) END))
ORDER BY a.arrived, a.id
LIMIT ?8;

-- name: reader-source-newest
SELECT a.id, a.arrived
FROM article AS a
LEFT JOIN reader_article AS m ON m.reader = ?1 AND m.article = a.id
LEFT JOIN reader_caught AS c ON c.reader = ?1 AND c.source = a.source
LEFT JOIN reader_story AS s ON s.reader = ?1 AND s.story = a.story
WHERE a.source = ?9 AND (a.arrived, a.id) > (?4, ?5) AND (a.arrived, a.id) < (?6, ?7)
  AND (?3 = 0 OR (?3 = 1) = (CASE coalesce(m.state, 0) WHEN 1 THEN 0 WHEN 2 THEN 1 ELSE a.arrived > max(?2, coalesce(c.until, 0), coalesce(s.looked, 0)) END))
ORDER BY a.arrived DESC, a.id DESC
LIMIT ?8;

-- name: reader-source-oldest
SELECT a.id, a.arrived
FROM article AS a
LEFT JOIN reader_article AS m ON m.reader = ?1 AND m.article = a.id
LEFT JOIN reader_caught AS c ON c.reader = ?1 AND c.source = a.source
LEFT JOIN reader_story AS s ON s.reader = ?1 AND s.story = a.story
WHERE a.source = ?9 AND (a.arrived, a.id) > (?4, ?5) AND (a.arrived, a.id) < (?6, ?7)
  AND (?3 = 0 OR (?3 = 1) = (CASE coalesce(m.state, 0) WHEN 1 THEN 0 WHEN 2 THEN 1 ELSE a.arrived > max(?2, coalesce(c.until, 0), coalesce(s.looked, 0)) END))
ORDER BY a.arrived, a.id
LIMIT ?8;

-- name: reader-some
SELECT a.id, a.arrived
FROM article AS a
LEFT JOIN reader_article AS m ON m.reader = ?1 AND m.article = a.id
LEFT JOIN reader_caught AS c ON c.reader = ?1 AND c.source = a.source
LEFT JOIN reader_story AS s ON s.reader = ?1 AND s.story = a.story
WHERE a.id IN (
    SELECT article FROM match WHERE ?9 = 'watch' AND (?10 = -1 OR watch = ?10)
    UNION ALL SELECT article FROM reader_article WHERE ?9 = 'starred' AND reader = ?1 AND starred > 0
    UNION ALL SELECT article FROM reader_label WHERE ?9 = 'label' AND reader = ?1 AND label = ?10
    UNION ALL SELECT b.id FROM reader_folder AS f JOIN article AS b ON b.source = f.source WHERE ?9 = 'folder' AND f.reader = ?1 AND f.folder = ?10)
  AND (a.arrived, a.id) > (?4, ?5) AND (a.arrived, a.id) < (?6, ?7)
  AND (?3 = 0 OR (?3 = 1) = (CASE coalesce(m.state, 0) WHEN 1 THEN 0 WHEN 2 THEN 1 ELSE a.arrived > max(?2, coalesce(c.until, 0), coalesce(s.looked, 0)) END))
ORDER BY CASE WHEN ?11 THEN a.arrived ELSE -a.arrived END, CASE WHEN ?11 THEN a.id ELSE -a.id END
LIMIT ?8;

-- name: reader-unread
-- Unread articles by source, with the arrival of the newest. ?2: until when all is read.
SELECT a.source, count(*), max(a.arrived)
FROM article AS a
LEFT JOIN reader_article AS m ON m.reader = ?1 AND m.article = a.id
LEFT JOIN reader_caught AS c ON c.reader = ?1 AND c.source = a.source
LEFT JOIN reader_story AS s ON s.reader = ?1 AND s.story = a.story
WHERE (a.arrived > ?2 OR m.state = 2) AND CASE coalesce(m.state, 0) WHEN 1 THEN 0 WHEN 2 THEN 1 ELSE a.arrived > max(coalesce(c.until, 0), coalesce(s.looked, 0)) END
GROUP BY a.source;

-- name: reader-unread-watches
SELECT w.watch, count(*), max(a.arrived)
FROM match AS w JOIN article AS a ON a.id = w.article
LEFT JOIN reader_article AS m ON m.reader = ?1 AND m.article = a.id
LEFT JOIN reader_caught AS c ON c.reader = ?1 AND c.source = a.source
LEFT JOIN reader_story AS s ON s.reader = ?1 AND s.story = a.story
WHERE CASE coalesce(m.state, 0) WHEN 1 THEN 0 WHEN 2 THEN 1 ELSE a.arrived > max(?2, coalesce(c.until, 0), coalesce(s.looked, 0)) END
GROUP BY w.watch;

-- name: entries-of
SELECT a.story, a.arrived, a.body, a.analysis, a.placed, a.source, s.name, s.home, s.lang, s.country, s.muted, s.licence, s.created
FROM article AS a LEFT JOIN source AS s ON s.id = a.source WHERE a.id IN (SELECT value FROM json_each(?1)) ORDER BY a.arrived, a.id;

-- name: links-of
SELECT article, other, kind, direction, score, evidence FROM link WHERE article IN (SELECT value FROM json_each(?1)) ORDER BY 1, 2, 3;

-- name: reader-adopt-articles
UPDATE OR IGNORE reader_article SET reader = ?2 WHERE reader = ?1;

-- name: reader-adopt-stories
UPDATE OR IGNORE reader_story SET reader = ?2 WHERE reader = ?1;

-- name: reader-adopt-caught
UPDATE OR IGNORE reader_caught SET reader = ?2 WHERE reader = ?1;

-- name: reader-adopt-labels
UPDATE OR IGNORE reader_label SET reader = ?2 WHERE reader = ?1;

-- name: reader-adopt-choices
UPDATE OR IGNORE reader_choice SET reader = ?2 WHERE reader = ?1;

-- name: reader-adopt-folders
UPDATE OR IGNORE reader_folder SET reader = ?2 WHERE reader = ?1;
