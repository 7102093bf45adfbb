package io.linkspan.jdbc;

import java.util.Optional;

/** H2 2.x. A failed statement leaves its transaction usable; DDL commits by itself, so scripts are repeatable. */
final class H2Dialect implements Dialect {
    @Override
    public String scripts() {
        return "h2";
    }

    @Override
    public String insertUnlessTaken() {
        return "";
    }

    @Override
    public String tableLookup() {
        return "SELECT 1 FROM information_schema.tables WHERE lower(table_name) = ? AND table_schema = CURRENT_SCHEMA";
    }

    @Override
    public Optional<String> migrationLock() {
        return Optional.empty();
    }
}
