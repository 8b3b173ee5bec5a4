CREATE INDEX notice_held ON notice(planned) WHERE state = 'held';
