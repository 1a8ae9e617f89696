-- The agents' notes about a session.
CREATE TABLE notes (
    session_id TEXT   NOT NULL PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
    text       TEXT   NOT NULL,
    version    BIGINT NOT NULL,
    written_by TEXT   NOT NULL,
    written_at BIGINT NOT NULL
);

-- What agents reported as not working.
CREATE TABLE problems (
    id          TEXT   NOT NULL PRIMARY KEY,
    session_id  TEXT   NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    agent_id    TEXT   NOT NULL,
    text        TEXT   NOT NULL,
    reported_at BIGINT NOT NULL
);
CREATE INDEX problems_newest ON problems (reported_at);

-- By which addresses a session can be found again. Keyed hashes: the addresses themselves are forgotten.
CREATE TABLE session_addresses (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    address    TEXT NOT NULL,
    PRIMARY KEY (session_id, address)
);
CREATE INDEX session_addresses_address ON session_addresses (address);
