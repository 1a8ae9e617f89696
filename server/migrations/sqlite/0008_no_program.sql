-- 1 when the page that was opened last cannot run its program: Lockdown Mode, or a browser too old for it.
ALTER TABLE arrivals ADD COLUMN no_program BIGINT NOT NULL DEFAULT 0;
