-- What Linkspan needs: eight columns among the product's own, two small tables, and an index for each question that is asked.

-- A connection is a row of social_accounts; rows from before have no linkspan_id and are left alone.
-- Ids compare byte by byte (COLLATE "C"); times keep their zone and at least milliseconds.
ALTER TABLE social_accounts
    ADD COLUMN linkspan_kind TEXT,
    ADD COLUMN linkspan_id TEXT COLLATE "C",
    ADD COLUMN linkspan_version BIGINT,
    ADD COLUMN linkspan_key TEXT COLLATE "C",
    ADD COLUMN linkspan_lookup TEXT COLLATE "C",
    ADD COLUMN linkspan_due_at TIMESTAMPTZ,
    ADD COLUMN linkspan_attention_at TIMESTAMPTZ,
    ADD COLUMN linkspan_payload BYTEA;

-- Linkspan inserts the row, the product describes it a moment later.
ALTER TABLE social_accounts
    ALTER COLUMN platform DROP NOT NULL,
    ALTER COLUMN external_id DROP NOT NULL,
    ALTER COLUMN display_name DROP NOT NULL;

-- A user who leaves is disconnected first: a cascade would drop the only token that can end the grant.
ALTER TABLE social_accounts DROP CONSTRAINT social_accounts_owner;
ALTER TABLE social_accounts ADD CONSTRAINT social_accounts_owner FOREIGN KEY (workspace_id, user_id)
    REFERENCES users (workspace_id, id) ON DELETE RESTRICT;

-- Not named linkspan_..., since the job store of JdbcStores brings tables of those names.
-- Everything else that belongs to connecting: pending connects, aliases, links, grants to end, signed messages seen.
CREATE TABLE account_records (
    workspace_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    status TEXT NOT NULL,
    linkspan_kind TEXT NOT NULL,
    linkspan_id TEXT COLLATE "C" NOT NULL,
    linkspan_version BIGINT NOT NULL,
    linkspan_key TEXT COLLATE "C",
    linkspan_lookup TEXT COLLATE "C",
    linkspan_due_at TIMESTAMPTZ,
    linkspan_attention_at TIMESTAMPTZ,
    linkspan_payload BYTEA NOT NULL
);

CREATE TABLE account_history (
    workspace_id TEXT NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    sequence_no BIGINT NOT NULL,
    happened_at TIMESTAMPTZ NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (workspace_id, subject, sequence_no)
);

CREATE UNIQUE INDEX social_accounts_linkspan ON social_accounts (workspace_id, linkspan_kind, linkspan_id);
CREATE UNIQUE INDEX social_accounts_key ON social_accounts (workspace_id, linkspan_kind, linkspan_key);
CREATE INDEX social_accounts_user ON social_accounts (workspace_id, linkspan_kind, user_id, linkspan_id);
CREATE INDEX social_accounts_lookup ON social_accounts (linkspan_kind, linkspan_lookup, workspace_id, linkspan_id)
    WHERE linkspan_lookup IS NOT NULL;
CREATE INDEX social_accounts_due ON social_accounts (linkspan_kind, linkspan_due_at)
    WHERE linkspan_due_at IS NOT NULL;
CREATE INDEX social_accounts_attention ON social_accounts (workspace_id, linkspan_kind, linkspan_attention_at, linkspan_id)
    WHERE linkspan_attention_at IS NOT NULL;

CREATE UNIQUE INDEX account_records_linkspan ON account_records (workspace_id, linkspan_kind, linkspan_id);
CREATE UNIQUE INDEX account_records_key ON account_records (workspace_id, linkspan_kind, linkspan_key);
CREATE INDEX account_records_user ON account_records (workspace_id, linkspan_kind, user_id, linkspan_id);
CREATE INDEX account_records_lookup ON account_records (linkspan_kind, linkspan_lookup, workspace_id, linkspan_id)
    WHERE linkspan_lookup IS NOT NULL;
CREATE INDEX account_records_due ON account_records (linkspan_kind, linkspan_due_at)
    WHERE linkspan_due_at IS NOT NULL;
CREATE INDEX account_records_attention ON account_records (workspace_id, linkspan_kind, linkspan_attention_at, linkspan_id)
    WHERE linkspan_attention_at IS NOT NULL;

-- What a job store keeps: publications, jobs, lanes, workers. The same columns and indexes, and no product's business.
CREATE TABLE post_records (LIKE account_records INCLUDING INDEXES);
