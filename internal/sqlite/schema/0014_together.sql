-- Whether something else waits for the same reader and story is asked of every notice that is leased, and what waits together of every
-- letter. By reader alone, thousands of others were looked at each time.
CREATE INDEX notice_together ON notice(recipient, story) WHERE cause = '';
