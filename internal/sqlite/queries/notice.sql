-- name: notice-add
-- What was planned once is never planned again.
INSERT INTO notice (id, recipient, watch, story, article, kind, fact, because, planned, due, list, cause, state, attempts, repeats, next, leased, done, reply)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'waiting', 0, 0, 0, 0, 0, '')
ON CONFLICT (id) DO NOTHING;

-- name: notice-lease
-- A frozen message whose lease ran out may be out already: the next attempt may be a second copy. What is not composed yet waits for the
-- first of its recipient and story, which may tell it as well, and while any other of them is under way: two letters on one story are never
-- written side by side. A story that was merged is the one that it became part of.
UPDATE notice SET repeats = repeats + (leased > 0 AND message IS NOT NULL), leased = ?2
WHERE id IN (
  SELECT id FROM notice AS n WHERE state = 'waiting' AND cause = '' AND due <= ?1 AND next <= ?1 AND leased <= ?1
    AND (story = 0 OR message IS NOT NULL OR NOT EXISTS (
      SELECT 1 FROM notice AS m INDEXED BY notice_together
      WHERE m.recipient = n.recipient AND m.state = 'waiting' AND m.cause = '' AND m.message IS NULL AND m.id <> n.id
        AND m.story IN (
          WITH whole(id) AS (SELECT coalesce((SELECT nullif(merged, 0) FROM story WHERE id = n.story), n.story))
          SELECT id FROM whole UNION SELECT s.id FROM story AS s, whole WHERE s.merged = whole.id AND s.merged > 0)
        AND (m.leased > ?1 OR m.due <= ?1 AND m.next <= ?1 AND (m.due, m.planned, m.id) < (n.due, n.planned, n.id))))
  ORDER BY due, planned, id LIMIT ?3
)
RETURNING id, recipient, watch, story, article, kind, fact, because, planned, due, list, cause, state, message, attempts, repeats, next, leased, done, reply, released;

-- name: notice-lease-these
-- The same of some: one that is not composed waits for the first of these of its recipient and story, and for any that is under way.
UPDATE notice SET repeats = repeats + (leased > 0 AND message IS NOT NULL), leased = ?2
WHERE id IN (
  SELECT id FROM notice AS n WHERE id IN (SELECT value FROM json_each(?3)) AND state = 'waiting' AND cause = '' AND due <= ?1 AND next <= ?1 AND leased <= ?1
    AND (story = 0 OR message IS NOT NULL OR NOT EXISTS (
      SELECT 1 FROM notice AS m INDEXED BY notice_together
      WHERE m.recipient = n.recipient AND m.state = 'waiting' AND m.cause = '' AND m.message IS NULL AND m.id <> n.id
        AND m.story IN (
          WITH whole(id) AS (SELECT coalesce((SELECT nullif(merged, 0) FROM story WHERE id = n.story), n.story))
          SELECT id FROM whole UNION SELECT s.id FROM story AS s, whole WHERE s.merged = whole.id AND s.merged > 0)
        AND (m.leased > ?1 OR m.due <= ?1 AND m.next <= ?1 AND (m.due, m.planned, m.id) < (n.due, n.planned, n.id)
          AND m.id IN (SELECT value FROM json_each(?3)))))
)
RETURNING id, recipient, watch, story, article, kind, fact, because, planned, due, list, cause, state, message, attempts, repeats, next, leased, done, reply, released;

-- name: notice-end-leases
UPDATE notice SET repeats = repeats + (message IS NOT NULL OR cause <> ''), leased = 0 WHERE state = 'waiting' AND leased > 0;

-- name: notice-together
-- A story that was merged leads to the one that it became part of.
SELECT n.id, n.recipient, n.watch, ?3, n.article, n.kind, n.fact, n.because, n.planned, n.due, n.list, n.cause, n.state
FROM notice AS n INDEXED BY notice_together
WHERE n.recipient = ?2 AND n.cause = '' AND n.id <> ?1
  AND n.story IN (
    WITH whole(id) AS (SELECT coalesce((SELECT nullif(merged, 0) FROM story WHERE id = ?3), ?3))
    SELECT id FROM whole UNION SELECT s.id FROM story AS s, whole WHERE s.merged = whole.id AND s.merged > 0)
  AND (n.state = 'waiting' AND n.message IS NULL AND n.leased <= ?4 OR n.state = 'told' AND n.reply = ?1)
ORDER BY n.planned, n.id;

-- name: notice-tell-in
UPDATE notice SET state = 'told', reply = ?2, done = ?3, leased = 0
WHERE id = ?1 AND id <> ?2 AND state = 'waiting' AND message IS NULL AND leased <= ?3
  AND EXISTS (SELECT 1 FROM notice WHERE id = ?2 AND state = 'waiting' AND message IS NULL)
  AND NOT EXISTS (SELECT 1 FROM letter WHERE cause = ?2);

-- name: notice-tell-on
-- What was to be told in a letter that is told in another itself.
UPDATE notice SET reply = ?2 WHERE recipient = (SELECT recipient FROM notice WHERE id = ?1) AND state = 'told' AND reply = ?1;

-- name: notices-unwritten
-- What some readers are to be told of stories that no letter is written of yet; not what is owed to whoever heard something wrong, and not
-- what others are told in.
SELECT n.id, n.recipient, n.watch, coalesce(nullif(s.merged, 0), n.story), n.article, n.kind, n.fact, n.because, n.planned, n.due, n.list, n.cause
FROM notice AS n INDEXED BY notice_recipient LEFT JOIN story AS s ON s.id = n.story
WHERE n.recipient IN (SELECT value FROM json_each(?1)) AND n.state = 'waiting' AND n.cause = '' AND n.list = 0 AND n.story > 0
  AND n.kind <> 'correction' AND n.message IS NULL AND n.leased <= ?2
  AND NOT EXISTS (SELECT 1 FROM notice AS t INDEXED BY notice_recipient WHERE t.recipient = n.recipient AND t.state = 'told' AND t.reply = n.id)
ORDER BY n.planned, n.id;

-- name: notice-drop
DELETE FROM notice WHERE id = ?1 AND state = 'waiting' AND message IS NULL AND leased <= ?2;

-- name: notice-because
UPDATE notice SET because = ?2 WHERE id = ?1 AND message IS NULL;

-- name: notice-freeze
UPDATE notice SET message = ?2 WHERE id = ?1 AND message IS NULL;

-- name: notice-message
SELECT message FROM notice WHERE id = ?1;

-- name: notice-settle
-- A notice that was cancelled while it was under way is not tried again; one that ended in another's letter stays there.
UPDATE notice SET state = CASE WHEN state = 'cancelled' AND ?2 = 'waiting' OR state = 'told' THEN state ELSE ?2 END, attempts = ?3, repeats = max(repeats, ?7), next = ?4,
  done = CASE WHEN state = 'told' THEN done ELSE ?5 END, reply = CASE WHEN state = 'told' THEN reply ELSE ?6 END, leased = 0
WHERE id = ?1;

-- name: notice-release
-- What was never handed to anybody is composed anew: it may have been held because nobody had said yet from whom mail comes.
UPDATE notice SET state = 'waiting', next = 0, leased = 0, released = ?3, message = CASE WHEN attempts = 0 THEN NULL ELSE message END
WHERE state = 'held' AND id = ?1 AND planned >= ?2;

-- name: notice-release-all
-- Only what was held for want of a carrier: what waits for a person goes on waiting.
UPDATE notice SET state = 'waiting', next = 0, leased = 0, message = CASE WHEN attempts = 0 THEN NULL ELSE message END
WHERE state = 'held' AND planned >= ?1 AND recipient IN (SELECT id FROM recipient WHERE carrier IN ('mail', 'subscriber'));

-- name: notice-drop-held
-- Old news is no news: it is not sent because a mail server was set up at last.
UPDATE notice SET state = 'cancelled', done = ?2, reply = 'too old when a mail server was set up'
WHERE state = 'held' AND planned < ?1 AND recipient IN (SELECT id FROM recipient WHERE carrier IN ('mail', 'subscriber'));

-- name: notice-held
SELECT count(*) FROM notice WHERE state = 'held' AND recipient IN (SELECT id FROM recipient WHERE carrier IN ('mail', 'subscriber'));

-- name: notice-cancel
UPDATE notice SET state = 'cancelled', done = ?2, leased = 0, reply = ?3 WHERE id = ?1 AND state IN ('waiting', 'held');

-- name: notice-retry
-- What failed; and what a program was told already, which knows by its id that it comes again.
UPDATE notice SET state = 'waiting', next = 0, due = min(due, ?2), released = ?2
WHERE id = ?1 AND (state = 'failed' OR state = 'sent' AND recipient IN (SELECT id FROM recipient WHERE carrier = 'webhook'));

-- name: notices-since
SELECT n.id, n.recipient, n.watch, coalesce(nullif(s.merged, 0), n.story), n.article, n.kind, n.fact, n.because, n.planned, n.due, n.list, n.cause
FROM notice AS n LEFT JOIN story AS s ON s.id = n.story
WHERE n.cause = '' AND n.planned >= ?1 ORDER BY n.planned, n.id;

-- name: notices-strayed
SELECT n.id, n.recipient, n.watch, a.story, n.article, n.kind, n.fact, n.because, n.planned, n.due, n.list, n.cause
FROM notice AS n JOIN article AS a ON a.id = n.article LEFT JOIN story AS s ON s.id = n.story
WHERE n.cause = '' AND n.planned >= ?1 AND n.story > 0 AND a.story <> coalesce(nullif(s.merged, 0), n.story) ORDER BY n.planned, n.id;

-- name: outbox
-- What follows the notice ?3 that was planned at ?1.
SELECT n.id, n.recipient, n.watch, n.story, n.article, n.kind, n.fact, n.because, n.planned, n.due, n.list, n.cause, n.state, n.message, n.attempts,
       n.repeats, n.next, n.leased, n.done, n.reply, n.released,
       r.id, r.carrier, r.address, r.lang, r.zone, r.state, r.secret, r.consent, r.consented, r.created,
       coalesce(w.name, ''), coalesce(s.headline, '')
FROM notice AS n LEFT JOIN recipient AS r ON r.id = n.recipient LEFT JOIN watch AS w ON w.id = n.watch LEFT JOIN story AS s ON s.id = n.story
WHERE n.cause = '' AND n.planned <= ?1 AND (n.planned < ?1 OR n.id > ?3)
ORDER BY n.planned DESC, n.id LIMIT ?2;

-- name: delivery
SELECT n.id, n.recipient, n.watch, n.story, n.article, n.kind, n.fact, n.because, n.planned, n.due, n.list, n.cause, n.state, n.message, n.attempts,
       n.repeats, n.next, n.leased, n.done, n.reply, n.released,
       r.id, r.carrier, r.address, r.lang, r.zone, r.state, r.secret, r.consent, r.consented, r.created,
       coalesce(w.name, ''), coalesce(s.headline, '')
FROM notice AS n LEFT JOIN recipient AS r ON r.id = n.recipient LEFT JOIN watch AS w ON w.id = n.watch LEFT JOIN story AS s ON s.id = n.story
WHERE n.id = ?1;

-- name: unreleased
SELECT n.id, n.recipient, n.watch, n.story, n.article, n.kind, n.fact, n.because, n.planned, n.due, n.list, n.cause, n.state, n.message, n.attempts,
       n.repeats, n.next, n.leased, n.done, n.reply, n.released,
       r.id, r.carrier, r.address, r.lang, r.zone, r.state, r.secret, r.consent, r.consented, r.created,
       coalesce(w.name, ''), coalesce(s.headline, '')
FROM notice AS n LEFT JOIN recipient AS r ON r.id = n.recipient LEFT JOIN watch AS w ON w.id = n.watch LEFT JOIN story AS s ON s.id = n.story
WHERE n.state = 'held' AND r.carrier = 'list' ORDER BY n.planned, n.id LIMIT 100;
