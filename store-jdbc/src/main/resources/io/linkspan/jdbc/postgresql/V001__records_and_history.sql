-- Linkspan schema 1 for PostgreSQL. JdbcStores.migrate runs it; a person or a migration tool may do so instead, in one transaction.
-- Another table prefix: replace every "linkspan_".
-- Text keys compare byte by byte (COLLATE "C"), so that no locale can merge two ids and no collation upgrade breaks an index.

CREATE TABLE IF NOT EXISTS linkspan_schema_version (
    version INTEGER NOT NULL,
    CONSTRAINT linkspan_schema_version_pk PRIMARY KEY (version)
);

CREATE TABLE linkspan_token_record (
    tenant VARCHAR(128) COLLATE "C" NOT NULL,
    kind VARCHAR(24) COLLATE "C" NOT NULL,
    id VARCHAR(128) COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    user_id VARCHAR(128) COLLATE "C" NOT NULL,
    unique_key VARCHAR(255) COLLATE "C",
    lookup VARCHAR(128) COLLATE "C",
    status VARCHAR(40) NOT NULL,
    due_at BIGINT,
    payload BYTEA NOT NULL,
    CONSTRAINT linkspan_token_record_pk PRIMARY KEY (tenant, kind, id)
);

CREATE UNIQUE INDEX linkspan_token_record_key ON linkspan_token_record (tenant, kind, unique_key) WHERE unique_key IS NOT NULL;
CREATE INDEX linkspan_token_record_due ON linkspan_token_record (kind, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX linkspan_token_record_lookup ON linkspan_token_record (kind, lookup, tenant, id) WHERE lookup IS NOT NULL;
CREATE INDEX linkspan_token_record_user ON linkspan_token_record (tenant, kind, user_id, id);

COMMENT ON TABLE linkspan_token_record IS 'Linkspan: connections, pending connects, account links; payload is encrypted';
COMMENT ON COLUMN linkspan_token_record.due_at IS 'milliseconds since 1970-01-01T00:00:00Z';

CREATE TABLE linkspan_job_record (
    tenant VARCHAR(128) COLLATE "C" NOT NULL,
    kind VARCHAR(24) COLLATE "C" NOT NULL,
    id VARCHAR(128) COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    user_id VARCHAR(128) COLLATE "C" NOT NULL,
    unique_key VARCHAR(255) COLLATE "C",
    lookup VARCHAR(128) COLLATE "C",
    status VARCHAR(40) NOT NULL,
    due_at BIGINT,
    payload BYTEA NOT NULL,
    CONSTRAINT linkspan_job_record_pk PRIMARY KEY (tenant, kind, id)
);

CREATE UNIQUE INDEX linkspan_job_record_key ON linkspan_job_record (tenant, kind, unique_key) WHERE unique_key IS NOT NULL;
CREATE INDEX linkspan_job_record_due ON linkspan_job_record (kind, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX linkspan_job_record_lookup ON linkspan_job_record (kind, lookup, tenant, id) WHERE lookup IS NOT NULL;
CREATE INDEX linkspan_job_record_user ON linkspan_job_record (tenant, kind, user_id, id);

COMMENT ON TABLE linkspan_job_record IS 'Linkspan: publications, jobs, lanes; payload is encrypted';
COMMENT ON COLUMN linkspan_job_record.due_at IS 'milliseconds since 1970-01-01T00:00:00Z';

CREATE TABLE linkspan_history (
    tenant VARCHAR(128) COLLATE "C" NOT NULL,
    subject VARCHAR(128) COLLATE "C" NOT NULL,
    sequence_no BIGINT NOT NULL,
    happened_at BIGINT NOT NULL,
    entry VARCHAR(8192) NOT NULL,
    CONSTRAINT linkspan_history_pk PRIMARY KEY (tenant, subject, sequence_no)
);

COMMENT ON TABLE linkspan_history IS 'Linkspan: what happened to a connection or account link, append only';
COMMENT ON COLUMN linkspan_history.happened_at IS 'milliseconds since 1970-01-01T00:00:00Z';

INSERT INTO linkspan_schema_version (version) VALUES (1);
