-- name: recipient-add
INSERT INTO recipient (carrier, address, lang, zone, state, secret, consent, consented, created)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING id;

-- name: recipient-save
UPDATE recipient SET carrier = ?2, address = ?3, lang = ?4, zone = ?5, state = ?6, secret = ?7, consent = ?8, consented = ?9 WHERE id = ?1;

-- name: recipients
SELECT id, carrier, address, lang, zone, state, secret, consent, consented, created FROM recipient
WHERE carrier <> 'subscriber' ORDER BY id;

-- name: recipient
SELECT id, carrier, address, lang, zone, state, secret, consent, consented, created FROM recipient WHERE id = ?1;

-- name: recipient-state
-- Who unsubscribed stays so, though a message that was under way comes back.
UPDATE recipient SET state = CASE WHEN ?2 = 'bounced' AND state = 'unsubscribed' THEN state ELSE ?2 END,
  consent   = CASE WHEN ?2 = 'confirmed' THEN ?3 ELSE consent END,
  consented = CASE WHEN ?2 = 'confirmed' THEN ?4 ELSE consented END
WHERE id = ?1;

-- name: recipient-cancel
-- Who is told nothing any more is told nothing that waits either.
UPDATE notice SET state = 'cancelled', done = ?2, leased = 0 WHERE recipient = ?1 AND state IN ('waiting', 'held');

-- name: setting
SELECT value FROM setting WHERE key = ?1;

-- name: setting-save
INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value;

-- name: account-add
INSERT INTO account (name, hash, role, lang, created) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id;

-- name: account-save
UPDATE account SET name = ?2, hash = ?3, role = ?4, lang = ?5 WHERE id = ?1;

-- name: accounts
SELECT id, name, hash, role, lang, created FROM account WHERE (?1 = '' OR name = ?1) AND (?2 = 0 OR id = ?2) ORDER BY id;

-- name: session-save
INSERT INTO session (token, account, kind, name, csrf, created, expires, scope, used) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (token) DO UPDATE SET account = excluded.account, kind = excluded.kind, name = excluded.name, csrf = excluded.csrf,
  created = excluded.created, expires = excluded.expires, scope = excluded.scope, used = excluded.used;

-- name: session
SELECT token, account, kind, name, csrf, created, expires, scope, used FROM session WHERE token = ?1;

-- name: sessions
SELECT token, account, kind, name, csrf, created, expires, scope, used FROM session WHERE account = ?1 AND expires > ?2 ORDER BY created DESC, token;

-- name: sessions-ended
DELETE FROM session WHERE expires <= ?1;

-- name: sessions-delete
DELETE FROM session WHERE account = ?1 AND token <> ?2;

-- name: session-delete
DELETE FROM session WHERE token = ?1;

-- name: session-take
DELETE FROM session WHERE token = ?1 RETURNING token, account, kind, name, csrf, created, expires, scope, used;

-- name: session-used
UPDATE session SET used = ?2 WHERE token = ?1 AND used < ?2;

-- name: account-last
-- How many admins there are besides an account.
SELECT count(*) FROM account WHERE role = 'admin' AND id <> ?1;

-- name: account-role
UPDATE account SET role = ?2 WHERE id = ?1;

-- name: account-remove
DELETE FROM account WHERE id = ?1;

-- name: reader-forget-articles
DELETE FROM reader_article WHERE reader = ?1;

-- name: reader-forget-caught
DELETE FROM reader_caught WHERE reader = ?1;

-- name: reader-forget-choices
DELETE FROM reader_choice WHERE reader = ?1;

-- name: reader-forget-folders
DELETE FROM reader_folder WHERE reader = ?1;

-- name: reader-forget-labels
DELETE FROM reader_label WHERE reader = ?1;

-- name: reader-forget-stories
DELETE FROM reader_story WHERE reader = ?1;

-- name: audit-note
INSERT INTO audit (at, account, name, action, object) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: audit
SELECT id, at, account, name, action, object FROM audit WHERE ?1 = 0 OR id < ?1 ORDER BY id DESC LIMIT ?2;
