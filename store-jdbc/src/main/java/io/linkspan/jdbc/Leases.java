package io.linkspan.jdbc;

import io.linkspan.TenantId;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Locks due rows and writes their leases: in one statement where the database can, otherwise in two steps. Of more rows than wanted,
 * the earliest of each tenant come first, then the second earliest, and so on.
 */
final class Leases {
    static final Comparator<StoredRecord> EARLIEST =
            Comparator.comparing(record -> record.dueAt().orElse(Instant.MAX));

    private final JdbcRecords store;
    private final boolean inOneStatement;

    Leases(JdbcRecords store, Dialect dialect) {
        this.store = store;
        this.inOneStatement = dialect.updatesFromTable();
    }

    /** Binds a query, and says which parameter comes behind. */
    @FunctionalInterface
    interface Lock {
        int bind(PreparedStatement statement) throws SQLException;
    }

    private record Ranked(StoredRecord record, int rank) {}

    /** A query for the rows to lock. */
    @FunctionalInterface
    interface Query {
        String selecting(String columns);
    }

    /** The rows that are leased now, as they were before. */
    List<StoredRecord> take(Connection connection, RecordKind kind, Query query, Lock lock, long until, int limit)
            throws SQLException {
        if (inOneStatement) {
            String text = store.sql.leaseOf(query.selecting(RecordSql.POSITION), limit);
            return store.rows(connection, text, kind, statement -> statement.setLong(lock.bind(statement), until));
        }
        List<StoredRecord> locked =
                store.rows(connection, query.selecting(RecordSql.COLUMNS), kind, statement -> lock.bind(statement));
        return leased(connection, inTurn(locked, limit), until);
    }

    private static List<StoredRecord> inTurn(List<StoredRecord> locked, int limit) {
        Map<TenantId, Integer> seen = new HashMap<>();
        return locked.stream()
                .sorted(EARLIEST)
                .map(record -> new Ranked(record, seen.merge(record.tenant(), 1, Integer::sum)))
                .sorted(Comparator.comparingInt(Ranked::rank).thenComparing(Ranked::record, EARLIEST))
                .limit(limit)
                .map(Ranked::record)
                .toList();
    }

    private List<StoredRecord> leased(Connection connection, List<StoredRecord> locked, long until)
            throws SQLException {
        if (locked.isEmpty()) {
            return locked;
        }
        try (PreparedStatement statement = connection.prepareStatement(store.sql.lease())) {
            for (StoredRecord record : locked) {
                statement.setLong(1, record.version() + 1);
                statement.setLong(2, until);
                Rows.bindId(statement, 3, record.tenant(), record.kind(), record.id());
                statement.setLong(6, record.version());
                statement.addBatch();
            }
            int[] counts = Replacements.counted(statement.executeBatch());
            List<StoredRecord> leased = new ArrayList<>();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == 1) {
                    leased.add(locked.get(i));
                }
            }
            return leased;
        }
    }
}
