-- Where the bytes of a session's pictures and documents stand. Whose a file is, what is drawn on it and whether it may be
-- looked at stands in the session's events; this table says only what is on disk.
CREATE TABLE files (
    id         TEXT   NOT NULL PRIMARY KEY, -- made by a browser; whoever announces it first has it
    session_id TEXT   NOT NULL REFERENCES sessions (id), -- no cascade: the bytes must be gone before the row is
    person_id  TEXT   NOT NULL,             -- who sends it
    stage      TEXT   NOT NULL,
    announced  BIGINT NOT NULL,             -- bytes it will have as sent; 0 until the first of them comes
    received   BIGINT NOT NULL,             -- bytes that are on disk for certain
    taken      BIGINT NOT NULL,             -- bytes of what was made of it, in all sizes together
    preview    BIGINT NOT NULL,             -- 1 when the small first picture is there
    media      TEXT,
    bytes      BIGINT NOT NULL,             -- of the whole
    width      BIGINT NOT NULL,
    height     BIGINT NOT NULL,
    refusal    TEXT,
    told       BIGINT NOT NULL,             -- 1 when the session has heard how it ended
    touched_at BIGINT NOT NULL,
    deleted_at BIGINT                       -- written in the transaction that appends the event
);
CREATE INDEX files_session ON files (session_id);
CREATE INDEX files_unfinished ON files (touched_at) WHERE told = 0;
CREATE INDEX files_deleted ON files (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX files_leaving ON files (id) WHERE stage = 'leaving';
