-- An address can be fetched again when its feed says that the item was updated since.
ALTER TABLE seen ADD COLUMN updated INTEGER NOT NULL DEFAULT 0;  -- as the feed said when the page was kept
ALTER TABLE seen ADD COLUMN versions INTEGER NOT NULL DEFAULT 0; -- pages kept
