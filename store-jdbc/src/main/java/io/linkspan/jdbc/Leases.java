package io.linkspan.jdbc;

import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Locks due rows and writes their leases: in one statement where the database can, otherwise in two steps. */
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

    /** A query for the rows to lock. */
    @FunctionalInterface
    interface Query {
        String selecting(String columns);
    }

    /** The rows that are leased now, as they were before. */
    List<StoredRecord> take(Connection connection, RecordKind kind, Query query, Lock lock, long until)
            throws SQLException {
        if (inOneStatement) {
            String text = store.sql.leaseOf(query.selecting(RecordSql.POSITION));
            return store.rows(connection, text, kind, statement -> statement.setLong(lock.bind(statement), until));
        }
        List<StoredRecord> locked =
                store.rows(connection, query.selecting(RecordSql.COLUMNS), kind, statement -> lock.bind(statement));
        return leased(connection, locked, until);
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
