-- Where the link of a session was last opened: the page asks what its link leads to as soon as it is there.
CREATE TABLE arrivals (
    session_id TEXT   NOT NULL PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
    user_agent TEXT   NOT NULL,
    seen_at    BIGINT NOT NULL
);
