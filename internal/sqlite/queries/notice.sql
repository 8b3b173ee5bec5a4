-- name: notice-add
-- What was planned once is never planned again.
INSERT INTO notice (id, recipient, watch, story, article, kind, fact, because, planned, due, state, attempts, repeats, next, leased, done, reply)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'waiting', 0, 0, 0, 0, 0, '')
ON CONFLICT (id) DO NOTHING;

-- name: notice-lease
-- A frozen message whose lease ran out may be out already: the next attempt may be a second copy.
UPDATE notice SET repeats = repeats + (leased > 0 AND message IS NOT NULL), leased = ?2
WHERE id IN (
  SELECT id FROM notice WHERE state = 'waiting' AND due <= ?1 AND next <= ?1 AND leased <= ?1 ORDER BY due, planned, id LIMIT ?3
)
RETURNING id, recipient, watch, story, article, kind, fact, because, planned, due, state, message, attempts, repeats, next, leased, done, reply;

-- name: notice-end-leases
UPDATE notice SET repeats = repeats + (message IS NOT NULL), leased = 0 WHERE state = 'waiting' AND leased > 0;

-- name: notice-freeze
UPDATE notice SET message = ?2 WHERE id = ?1 AND message IS NULL;

-- name: notice-message
SELECT message FROM notice WHERE id = ?1;

-- name: notice-settle
-- A notice that was cancelled while it was under way is not tried again.
UPDATE notice SET state = CASE WHEN state = 'cancelled' AND ?2 = 'waiting' THEN state ELSE ?2 END, attempts = ?3, repeats = max(repeats, ?7), next = ?4, done = ?5, reply = ?6, leased = 0 WHERE id = ?1;

-- name: notice-release
-- What was never handed to anybody is composed anew: it may have been held because nobody had said yet from whom mail comes.
UPDATE notice SET state = 'waiting', next = 0, leased = 0, message = CASE WHEN attempts = 0 THEN NULL ELSE message END
WHERE state = 'held' AND (?1 = '' OR id = ?1) AND planned >= ?2;

-- name: notices-since
SELECT n.id, n.recipient, n.watch, coalesce(nullif(s.merged, 0), n.story), n.article, n.kind, n.fact, n.because, n.planned, n.due
FROM notice AS n LEFT JOIN story AS s ON s.id = n.story
WHERE n.planned >= ?1 ORDER BY n.planned, n.id;

-- name: outbox
SELECT n.id, n.recipient, n.watch, n.story, n.article, n.kind, n.fact, n.because, n.planned, n.due, n.state, n.message, n.attempts,
       n.repeats, n.next, n.leased, n.done, n.reply,
       r.id, r.carrier, r.address, r.lang, r.zone, r.state, r.secret, r.consent, r.consented, r.created,
       coalesce(w.name, ''), coalesce(s.headline, '')
FROM notice AS n LEFT JOIN recipient AS r ON r.id = n.recipient LEFT JOIN watch AS w ON w.id = n.watch LEFT JOIN story AS s ON s.id = n.story
WHERE (?1 = '' OR n.id = ?1) AND (?2 = 0 OR n.planned < ?2)
ORDER BY n.planned DESC, n.id LIMIT ?3;
