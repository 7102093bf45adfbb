package io.linkspan.jdbc;

import java.util.Optional;

/** PostgreSQL. An error ends a transaction, so a taken key must not be one; DDL is transactional. */
final class PostgresDialect implements Dialect {
    /** Any number that others are unlikely to lock; the letters "linkspan". */
    private static final long LOCK = 0x6c696e6b7370616eL;

    @Override
    public String scripts() {
        return "postgresql";
    }

    @Override
    public String insertUnlessTaken() {
        return " ON CONFLICT DO NOTHING";
    }

    @Override
    public String tableLookup() {
        return "SELECT 1 FROM (SELECT to_regclass(?) AS found) t WHERE found IS NOT NULL";
    }

    @Override
    public Optional<String> migrationLock() {
        return Optional.of("SELECT pg_advisory_xact_lock(" + LOCK + ")");
    }
}
