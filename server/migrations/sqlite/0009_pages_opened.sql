-- Every browser in which the link of a session was opened, not only the latest: the session's record tells of them.
CREATE TABLE pages_opened (
    session_id TEXT   NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    user_agent TEXT   NOT NULL,
    -- 1 when the page's program cannot run there: Lockdown Mode, or a browser too old for it.
    no_program BIGINT NOT NULL,
    first_at   BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    PRIMARY KEY (session_id, user_agent, no_program)
);
INSERT INTO pages_opened (session_id, user_agent, no_program, first_at, seen_at)
    SELECT session_id, user_agent, no_program, seen_at, seen_at FROM arrivals;
DROP TABLE arrivals;
