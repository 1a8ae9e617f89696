-- An agent asks a colleague to take a session over: the latest asking of each session.
CREATE TABLE handovers (
    session_id TEXT   NOT NULL PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
    asked_by   TEXT   NOT NULL,
    colleague  TEXT   NOT NULL,
    answer     TEXT   NOT NULL,
    until      BIGINT NOT NULL
);
CREATE INDEX handovers_colleague ON handovers (colleague, until);
