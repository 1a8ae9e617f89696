-- One rating of each person for each session.
CREATE TABLE ratings (
    session_id TEXT   NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    person_id  TEXT   NOT NULL,
    role       TEXT   NOT NULL,
    stars      BIGINT NOT NULL,
    words      TEXT   NOT NULL,
    rated_at   BIGINT NOT NULL,
    PRIMARY KEY (session_id, person_id)
);
CREATE INDEX ratings_newest ON ratings (rated_at);
