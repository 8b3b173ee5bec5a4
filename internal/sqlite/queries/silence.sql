-- name: silences-keep
-- Silences of watches that were deleted meanwhile are none.
INSERT INTO silence (story, watch, recipient, kind, because, article, first, last, times)
SELECT s.value ->> 0, w.id, s.value ->> 2, s.value ->> 3, s.value ->> 4, s.value ->> 5, s.value ->> 6, s.value ->> 7, s.value ->> 8
FROM json_each(?1) AS s CROSS JOIN watch AS w WHERE w.id = s.value ->> 1
ON CONFLICT (story, watch, recipient, kind, because)
DO UPDATE SET article = excluded.article, first = min(first, excluded.first), last = max(last, excluded.last), times = times + excluded.times;

-- name: silences-of-watch
-- Those behind the key ?3 of the moment ?2.
SELECT x.*, coalesce(a.story, s.id, x.story), coalesce(s.headline, ''), coalesce(s.lang, ''), a.body, coalesce(f.name, ''), coalesce(m.spans, '[]'), w.name,
  r.id, r.carrier, r.address, r.lang, r.zone, r.state
FROM (
  SELECT last, 's' || story || '.' || watch || '.' || recipient || '.' || kind || '.' || because AS key, story, watch, recipient, kind, because, article, first, times
  FROM silence INDEXED BY silence_watch
  WHERE watch = ?1 AND last <= ?2 AND (last < ?2 OR key > ?3) AND (?4 = '' OR (kind = 'digest') = (?4 = 'told')) AND (?5 = '' OR kind = ?5)
  ORDER BY last DESC, key LIMIT ?6
) AS x JOIN watch AS w ON w.id = x.watch LEFT JOIN article AS a ON a.id = x.article LEFT JOIN source AS f ON f.id = a.source
  LEFT JOIN story AS s ON s.id = coalesce(a.story, x.story)
  LEFT JOIN match AS m ON m.watch = x.watch AND m.article = x.article LEFT JOIN recipient AS r ON r.id = x.recipient
ORDER BY x.last DESC, x.key;

-- name: silences-of-story
SELECT x.*, coalesce(a.story, s.id, x.story), coalesce(s.headline, ''), coalesce(s.lang, ''), a.body, coalesce(f.name, ''), coalesce(m.spans, '[]'), w.name,
  r.id, r.carrier, r.address, r.lang, r.zone, r.state
FROM (
  SELECT last, 's' || story || '.' || watch || '.' || recipient || '.' || kind || '.' || because AS key, story, watch, recipient, kind, because, article, first, times
  FROM silence
  WHERE story IN (SELECT id FROM story WHERE id = ?1 OR merged = ?1 AND merged > 0) AND (?7 = 0 OR watch = ?7)
    AND (?8 = '[]' AND ?9 = '[]' OR watch IN (SELECT value FROM json_each(?8)) OR recipient IN (SELECT value FROM json_each(?9)))
    AND last <= ?2 AND (last < ?2 OR key > ?3) AND (?4 = '' OR (kind = 'digest') = (?4 = 'told')) AND (?5 = '' OR kind = ?5)
  ORDER BY last DESC, key LIMIT ?6
) AS x JOIN watch AS w ON w.id = x.watch LEFT JOIN article AS a ON a.id = x.article LEFT JOIN source AS f ON f.id = a.source
  LEFT JOIN story AS s ON s.id = coalesce(a.story, x.story)
  LEFT JOIN match AS m ON m.watch = x.watch AND m.article = x.article LEFT JOIN recipient AS r ON r.id = x.recipient
ORDER BY x.last DESC, x.key;

-- name: notices-of-watch
SELECT x.planned, x.id, x.recipient, x.watch, x.story, x.article, x.kind, x.fact, x.because, x.due, x.list, x.cause, x.state, x.attempts, x.repeats, x.next, x.done, x.reply, x.released,
  coalesce(a.story, s.id, x.story), coalesce(s.headline, ''), coalesce(s.lang, ''), a.body, coalesce(f.name, ''), coalesce(m.spans, '[]'), coalesce(w.name, ''),
  r.id, r.carrier, r.address, r.lang, r.zone, r.state
FROM (
  SELECT * FROM notice INDEXED BY notice_watch
  WHERE watch = ?1 AND cause = '' AND planned <= ?2 AND (planned < ?2 OR id > ?3) AND (?4 = '' OR (state IN ('cancelled', 'failed')) = (?4 = 'silent')) AND (?5 = '' OR kind = ?5)
  ORDER BY planned DESC, id LIMIT ?6
) AS x LEFT JOIN article AS a ON a.id = x.article AND x.story > 0 LEFT JOIN source AS f ON f.id = a.source
  LEFT JOIN story AS s ON s.id = coalesce(a.story, x.story)
  LEFT JOIN match AS m ON m.watch = x.watch AND m.article = x.article LEFT JOIN recipient AS r ON r.id = x.recipient LEFT JOIN watch AS w ON w.id = x.watch
ORDER BY x.planned DESC, x.id;

-- name: notices-of-story
-- What its articles gave occasion to, and the digests that tell it.
SELECT x.planned, x.id, x.recipient, x.watch, x.story, x.article, x.kind, x.fact, x.because, x.due, x.list, x.cause, x.state, x.attempts, x.repeats, x.next, x.done, x.reply, x.released,
  coalesce(a.story, s.id, x.story), coalesce(s.headline, ''), coalesce(s.lang, ''), a.body, coalesce(f.name, ''), coalesce(m.spans, '[]'), coalesce(w.name, ''),
  r.id, r.carrier, r.address, r.lang, r.zone, r.state
FROM (
  SELECT * FROM notice
  WHERE (id IN (SELECT n.id FROM article AS o CROSS JOIN notice AS n INDEXED BY notice_article WHERE o.story = ?1 AND n.article = o.id AND n.cause = '' AND n.story > 0)
      OR id IN (SELECT d.id FROM notice AS d INDEXED BY notice_digest JOIN json_each(d.because) AS b
           WHERE d.cause = '' AND d.kind = 'digest' AND d.planned >= (SELECT opened - 172800000000 FROM story WHERE id = ?1)
             AND b.value ->> 'Kind' = 'story' AND b.value ->> 'Value' IN (SELECT id FROM story WHERE id = ?1 OR merged = ?1 AND merged > 0)))
    AND (?7 = 0 OR watch = ?7)
    AND (?8 = '[]' AND ?9 = '[]' OR watch IN (SELECT value FROM json_each(?8)) OR recipient IN (SELECT value FROM json_each(?9)))
    AND planned <= ?2 AND (planned < ?2 OR id > ?3) AND (?4 = '' OR (state IN ('cancelled', 'failed')) = (?4 = 'silent')) AND (?5 = '' OR kind = ?5)
  ORDER BY planned DESC, id LIMIT ?6
) AS x LEFT JOIN article AS a ON a.id = x.article AND x.story > 0 LEFT JOIN source AS f ON f.id = a.source
  LEFT JOIN story AS s ON s.id = coalesce(a.story, x.story)
  LEFT JOIN match AS m ON m.watch = x.watch AND m.article = x.article LEFT JOIN recipient AS r ON r.id = x.recipient LEFT JOIN watch AS w ON w.id = x.watch
ORDER BY x.planned DESC, x.id;

-- name: noise-found
-- Articles are numbered as their pages were fetched, so that those before the first of the time need not be looked at.
SELECT watch, count(*) FROM match
WHERE watch IN (SELECT value FROM json_each(?1)) AND article >= (SELECT id FROM article WHERE arrived >= ?2 ORDER BY arrived, id LIMIT 1) AND arrived >= ?2 AND former = 0 GROUP BY watch;

-- name: noise-letters
-- Those of the reader who was owed the most.
SELECT watch, max(letters) FROM (
  SELECT watch, recipient, count(*) AS letters FROM notice INDEXED BY notice_watch
  WHERE cause = '' AND watch IN (SELECT value FROM json_each(?1)) AND planned >= ?2 AND state NOT IN ('told', 'cancelled') GROUP BY watch, recipient
) GROUP BY watch;

-- name: noise-silent
-- Not those that were told already.
SELECT watch, count(DISTINCT story) FROM silence WHERE watch IN (SELECT value FROM json_each(?1)) AND last >= ?2 AND kind NOT IN ('digest', 'told', 'not-asked') GROUP BY watch;

-- name: silences-crowded
SELECT watch, count(*) FROM silence INDEXED BY silence_watch GROUP BY watch HAVING count(*) > ?1;

-- name: silences-mark
-- The moment of the nth newest of a watch.
SELECT last FROM silence INDEXED BY silence_watch WHERE watch = ?1 ORDER BY last DESC LIMIT 1 OFFSET ?2;

-- name: silences-count
SELECT count(*) FROM silence INDEXED BY silence_watch;

-- name: silences-mark-all
SELECT last FROM silence ORDER BY last DESC LIMIT 1 OFFSET ?1;

-- name: silences-thin
DELETE FROM silence WHERE (story, watch, recipient, kind, because) IN
  (SELECT story, watch, recipient, kind, because FROM silence INDEXED BY silence_watch WHERE watch = ?1 AND last <= ?2);

-- name: silences-next
SELECT max(story) FROM (SELECT story FROM silence WHERE story > ?1 ORDER BY story LIMIT ?2);

-- name: silences-forget
DELETE FROM silence WHERE story > ?1 AND story <= ?2 AND last < ?3;
