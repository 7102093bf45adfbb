package io.linkspan.jdbc;

import io.linkspan.spi.ClaimingStore;
import io.linkspan.spi.CountingStore;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@link JdbcRecords} for publications, jobs and lanes, which also hands out work in batches. */
final class JdbcJobStore extends JdbcRecords implements JobStore, ClaimingStore, CountingStore {
    private final Claims claims;
    private final boolean fromTable;

    JdbcJobStore(Database database) {
        this(database, DueScan.READ);
    }

    JdbcJobStore(Database database, int dueRead) {
        super(database, database.tables().jobRecord());
        this.claims = new Claims(this, database.dialect(), dueRead);
        this.fromTable = database.dialect().updatesFromTable();
    }

    @Override
    public List<StoredRecord> claim(RecordKind kind, Duration lease, int limit) {
        Objects.requireNonNull(kind, "kind");
        if (lease.toMillis() < 1) {
            throw new IllegalArgumentException("lease must be 1 millisecond or more, was " + lease);
        }
        Columns.limit(limit);
        return transactions.together(
                "claim of " + kind, connection -> claims.claim(connection, kind, lease.toMillis(), limit));
    }

    @Override
    public Instant now() {
        return transactions.read("reading the clock", connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql.now())) {
                row.next();
                return Instant.ofEpochMilli(row.getLong(1));
            }
        });
    }

    @Override
    public List<OpenWork> open(RecordKind kind, Instant now) {
        return transactions.read("counting of " + kind, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.open())) {
                statement.setLong(1, now.toEpochMilli());
                statement.setString(2, kind.name());
                List<OpenWork> rows = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        long due = row.getLong(3);
                        rows.add(new OpenWork(
                                row.getString(1),
                                row.getLong(2),
                                due,
                                due == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(row.getLong(4)))));
                    }
                }
                return rows;
            }
        });
    }

    @Override
    public List<Boolean> replaceAll(List<StoredRecord> next) {
        if (next.isEmpty()) {
            return List.of();
        }
        Columns.limit(next.size());
        Replacements replacements = new Replacements(sql, next);
        return transactions.together(
                "replace of " + next.size() + " records",
                fromTable ? replacements::fromTable : replacements::oneByOne,
                replacements::oneByOne);
    }
}
