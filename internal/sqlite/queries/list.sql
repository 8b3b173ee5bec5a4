-- name: list-save
INSERT INTO list (id, slug, orders) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, orders = excluded.orders;

-- name: lists
SELECT id, slug, orders FROM list WHERE ?1 = 0 OR id = ?1 ORDER BY slug;

-- name: list-delete
DELETE FROM list WHERE id = ?1;

-- name: list-empty
DELETE FROM subscription WHERE list = ?1;

-- name: list-cancel
UPDATE notice SET state = 'cancelled', done = ?2, leased = 0, reply = 'the list is gone' WHERE list = ?1 AND cause <> '' AND state IN ('waiting', 'held');

-- name: subscriber-add
-- Who had left and comes again has to be asked again; who could not be reached stays so.
INSERT INTO recipient (carrier, address, lang, zone, state, secret, consent, consented, created, who)
VALUES ('subscriber', ?1, ?2, 'UTC', 'unconfirmed', '', '', 0, ?3, ?4)
ON CONFLICT (carrier, address) DO UPDATE SET state = CASE WHEN state = 'unsubscribed' THEN 'unconfirmed' ELSE state END, who = excluded.who;

-- name: subscriber
SELECT id, carrier, address, lang, zone, state, secret, consent, consented, created FROM recipient WHERE who = ?1 AND who <> '';

-- name: subscriber-settle
-- A person is told anything as long as one of their subscriptions stands.
UPDATE recipient SET
  state = CASE
    WHEN state = 'bounced' THEN state
    WHEN EXISTS (SELECT 1 FROM subscription WHERE subscriber = ?1 AND state = 'confirmed') THEN 'confirmed'
    WHEN EXISTS (SELECT 1 FROM subscription WHERE subscriber = ?1 AND state = 'unconfirmed') THEN 'unconfirmed'
    ELSE 'unsubscribed' END,
  consent = CASE WHEN ?2 <> '' THEN ?2 ELSE consent END, consented = CASE WHEN ?2 <> '' THEN ?3 ELSE consented END
WHERE id = ?1;

-- name: subscriber-bounced
UPDATE recipient SET state = 'bounced' WHERE id = ?1;

-- name: subscriber-delete
DELETE FROM recipient WHERE id = ?1;

-- name: subscriber-forget
-- What was sent to a person who asked to be forgotten was sent to nobody any more.
UPDATE notice SET message = NULL, reply = '', state = CASE WHEN state IN ('waiting', 'held') THEN 'cancelled' ELSE state END, leased = 0 WHERE recipient = ?1;

-- name: subscription-ask
INSERT INTO subscription (list, subscriber, state, lang, basis, consent, form, asks, asked, since)
VALUES (?1, ?2, 'unconfirmed', ?3, '', ?4, ?5, 1, ?6, ?6)
ON CONFLICT (list, subscriber) DO UPDATE SET
  asks = asks + 1, asked = excluded.asked, lang = excluded.lang,
  since = CASE WHEN state = 'unconfirmed' THEN since ELSE excluded.since END,
  state = 'unconfirmed'
WHERE state <> 'confirmed';

-- name: subscription-confirm
INSERT INTO subscription (list, subscriber, state, lang, basis, consent, form, asks, asked, since)
VALUES (?1, ?2, 'confirmed', ?3, ?4, ?5, ?6, 0, 0, ?7)
ON CONFLICT (list, subscriber) DO UPDATE SET state = 'confirmed', asks = 0, lang = excluded.lang, basis = excluded.basis, consent = excluded.consent,
  form = excluded.form, since = CASE WHEN state = 'confirmed' THEN since ELSE excluded.since END;

-- name: subscription-end
UPDATE subscription SET state = 'unsubscribed', asks = 0, since = ?3 WHERE subscriber = ?2 AND (?1 = 0 OR list = ?1) AND state <> 'unsubscribed';

-- name: subscription-cancel
UPDATE notice SET state = 'cancelled', done = ?3, leased = 0, reply = 'unsubscribed'
WHERE recipient = ?2 AND (?1 = 0 OR list = ?1) AND state IN ('waiting', 'held');

-- name: subscriptions
SELECT list, subscriber, state, lang, basis, consent, form, asks, asked, since FROM subscription
WHERE subscriber = ?1 AND (?2 = 0 OR list = ?2) ORDER BY list;

-- name: subscribed
SELECT s.subscriber FROM subscription AS s JOIN recipient AS r ON r.id = s.subscriber
WHERE s.list = ?1 AND s.subscriber > ?3 AND s.state = 'confirmed' AND r.state = 'confirmed'
  AND (?2 = 0 OR EXISTS (
    SELECT 1 FROM notice AS n WHERE n.list = ?1 AND n.recipient = s.subscriber AND n.cause <> '' AND n.state IN ('sent', 'waiting')
      AND (n.story IN (SELECT ?2 UNION SELECT id FROM story WHERE merged = ?2 AND merged > 0)
        OR n.story = 0 AND n.cause IN ( -- copies of the list's digests that told it
          SELECT d.id FROM notice AS d, json_each(d.because) AS b
          WHERE d.recipient = (SELECT CAST(orders ->> 'Recipient' AS INTEGER) FROM list WHERE id = ?1) AND d.kind = 'digest' AND b.value ->> 'Kind' = 'story'
            AND CAST(b.value ->> 'Value' AS INTEGER) IN (SELECT ?2 UNION SELECT id FROM story WHERE merged = ?2 AND merged > 0)))))
ORDER BY s.subscriber LIMIT ?4;

-- name: suppress
INSERT INTO suppressed (who, list, why, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (who, list) DO UPDATE SET why = excluded.why, at = excluded.at;

-- name: suppress-end
-- A person's own new consent ends what their own unsubscribing began.
DELETE FROM suppressed WHERE who = ?1 AND list IN (0, ?2) AND why IN ('unsubscribed', 'erased');

-- name: suppressed
SELECT why FROM suppressed WHERE who = ?1 AND list IN (0, ?2) ORDER BY list LIMIT 1;

-- name: subscription-tallies
SELECT list, state, count(*) FROM subscription GROUP BY list, state;

-- name: mailed-add
INSERT INTO mailed (list, url) VALUES (?1, ?2) ON CONFLICT DO NOTHING;

-- name: mailed
SELECT url FROM mailed WHERE list = ?1 AND url IN (SELECT value FROM json_each(?2)) ORDER BY url;

-- name: letter-freeze
INSERT INTO letter (cause, lang, body) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING;

-- name: letter
SELECT body FROM letter WHERE cause = ?1 AND lang = ?2;

-- name: copy-lease
-- A lease that ran out may have ended after the message was out.
UPDATE notice SET repeats = repeats + (leased > 0), leased = ?2
WHERE id IN (SELECT id FROM notice WHERE state = 'waiting' AND cause <> '' AND due <= ?1 AND next <= ?1 AND leased <= ?1 ORDER BY due, id LIMIT ?3)
RETURNING id, recipient, watch, story, article, kind, fact, because, planned, due, list, cause, state, message, attempts, repeats, next, leased, done, reply, released;

-- name: copies
SELECT state, count(*) FROM notice WHERE cause = ?1 AND cause <> '' GROUP BY state;

-- name: copies-of
SELECT n.id, n.recipient, n.watch, n.story, n.article, n.kind, n.fact, n.because, n.planned, n.due, n.list, n.cause, n.state, n.message, n.attempts,
       n.repeats, n.next, n.leased, n.done, n.reply, n.released,
       r.id, r.carrier, r.address, r.lang, r.zone, r.state, r.secret, r.consent, r.consented, r.created, '', ''
FROM notice AS n LEFT JOIN recipient AS r ON r.id = n.recipient
WHERE n.cause = ?1 AND n.cause <> '' AND (?2 = '' OR n.state = ?2) AND n.id > ?3 ORDER BY n.id LIMIT ?4;
