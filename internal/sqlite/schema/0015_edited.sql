-- A watch whose query was changed has to be gone through: what only an earlier query found is told no more.
ALTER TABLE watch ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;
ALTER TABLE match ADD COLUMN former INTEGER NOT NULL DEFAULT 0; -- 1: only an earlier query of the watch found the article
