-- Portable column types only (TEXT ids, BIGINT unix milliseconds, BIGINT 0/1 flags), so that the PostgreSQL
-- migrations can say the same thing. Secrets are stored as SHA-256 text, never in clear, unless a comment says why.

-- One row a session: what lists and look-ups need. Written in the transaction that appends the events.
CREATE TABLE sessions (
    id            TEXT   NOT NULL PRIMARY KEY,
    status        TEXT   NOT NULL,
    mode          TEXT   NOT NULL,
    case_id       TEXT,
    customer_name TEXT,
    created_by    TEXT,              -- no foreign key: a session's history outlives the account
    created_at    BIGINT NOT NULL,
    last_at       BIGINT NOT NULL,
    ended_at      BIGINT,
    last_seq      BIGINT NOT NULL
);
CREATE INDEX sessions_live ON sessions (last_at) WHERE ended_at IS NULL;

CREATE TABLE session_agents (
    session_id TEXT   NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    agent_id   TEXT   NOT NULL,
    PRIMARY KEY (session_id, agent_id)
);
CREATE INDEX session_agents_agent ON session_agents (agent_id);

CREATE TABLE events (
    session_id TEXT   NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    seq        BIGINT NOT NULL,
    at_ms      BIGINT NOT NULL,
    by_person  TEXT,
    cause      TEXT,
    body       TEXT   NOT NULL,
    PRIMARY KEY (session_id, seq)
);

CREATE TABLE agents (
    id            TEXT   NOT NULL PRIMARY KEY,
    email         TEXT   NOT NULL UNIQUE,  -- lowercased
    name          TEXT   NOT NULL,
    password_hash TEXT   NOT NULL,         -- argon2id, PHC text
    admin         BIGINT NOT NULL,
    disabled      BIGINT NOT NULL,
    verified_at   BIGINT,
    created_at    BIGINT NOT NULL
);

CREATE TABLE email_domains (
    domain   TEXT   NOT NULL PRIMARY KEY,  -- lowercased, without the @
    added_by TEXT,
    added_at BIGINT NOT NULL
);

CREATE TABLE web_sessions (
    token_hash   TEXT   NOT NULL PRIMARY KEY,
    agent_id     TEXT   NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    user_agent   TEXT   NOT NULL
);
CREATE INDEX web_sessions_agent ON web_sessions (agent_id);

CREATE TABLE one_time_tokens (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    kind       TEXT   NOT NULL,
    agent_id   TEXT   REFERENCES agents (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT
);

CREATE TABLE audit (
    id       TEXT   NOT NULL PRIMARY KEY,
    at_ms    BIGINT NOT NULL,
    by_agent TEXT,
    action   TEXT   NOT NULL,
    target   TEXT   NOT NULL,
    note     TEXT   NOT NULL
);
CREATE INDEX audit_at ON audit (at_ms);

CREATE TABLE invites (
    id          TEXT   NOT NULL PRIMARY KEY,
    secret_hash TEXT   NOT NULL UNIQUE,
    session_id  TEXT   NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    channel     TEXT   NOT NULL,
    created_by  TEXT,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    revoked_at  BIGINT
);
CREATE INDEX invites_session ON invites (session_id);

CREATE TABLE seats (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    session_id TEXT   NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    person_id  TEXT   NOT NULL,
    invite_id  TEXT   REFERENCES invites (id) ON DELETE CASCADE,
    device     TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX seats_session ON seats (session_id);
CREATE INDEX seats_invite ON seats (invite_id);

CREATE TABLE deliveries (
    id            TEXT   NOT NULL PRIMARY KEY,
    session_id    TEXT   REFERENCES sessions (id) ON DELETE CASCADE,
    invite_id     TEXT   REFERENCES invites (id) ON DELETE CASCADE,
    agent_id      TEXT,
    channel       TEXT   NOT NULL,
    target_masked TEXT   NOT NULL,
    target        TEXT,   -- clear, because it must be sent to and may be resent to; forgotten with the session
    message       TEXT,   -- clear, because a queued message must survive a restart; forgotten once handed over
    provider_id   TEXT,
    status        TEXT   NOT NULL,
    reason        TEXT,
    attempts      BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL
);
CREATE INDEX deliveries_session ON deliveries (session_id);
CREATE INDEX deliveries_unfinished ON deliveries (created_at) WHERE status IN ('queued', 'sending');

-- What would have been sent, while no provider is configured. In clear: showing it is its whole purpose.
CREATE TABLE outbox (
    id         TEXT   NOT NULL PRIMARY KEY,
    session_id TEXT   REFERENCES sessions (id) ON DELETE CASCADE,
    agent_id   TEXT,
    channel    TEXT   NOT NULL,
    target     TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    body       TEXT   NOT NULL,
    at_ms      BIGINT NOT NULL
);
CREATE INDEX outbox_at ON outbox (at_ms);

CREATE TABLE pins (
    id             TEXT   NOT NULL PRIMARY KEY,
    pin            TEXT   NOT NULL,
    session_id     TEXT   NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    created_at     BIGINT NOT NULL,
    expires_at     BIGINT NOT NULL,
    misses         BIGINT NOT NULL,
    knocks_declined BIGINT NOT NULL,
    retired_at     BIGINT
);
CREATE UNIQUE INDEX pins_live ON pins (pin) WHERE retired_at IS NULL;
CREATE UNIQUE INDEX pins_session ON pins (session_id) WHERE retired_at IS NULL;

-- Counted attempts (wrong PINs, failed sign-ins, text messages) by scope and fixed window.
CREATE TABLE counters (
    scope        TEXT   NOT NULL,
    window_start BIGINT NOT NULL,
    hits         BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    PRIMARY KEY (scope, window_start)
);
CREATE INDEX counters_expiry ON counters (expires_at);

-- Keys this installation made for itself (for example to sign one-way scopes of counters).
CREATE TABLE server_keys (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
