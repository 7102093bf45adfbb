package io.linkspan.jdbc;

import io.linkspan.spi.ClaimingStore;
import io.linkspan.spi.CountingStore;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@link JdbcRecords} for publications, jobs and lanes, which also hands out work in batches. */
final class JdbcJobStore extends JdbcRecords implements JobStore, ClaimingStore, CountingStore {
    private final Claims claims;

    JdbcJobStore(Database database) {
        super(database, database.tables().jobRecord());
        this.claims = new Claims(this, database.dialect());
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

    /** In order of their ids, so that two nodes with the same records wait for each other instead of blocking each other. */
    @Override
    public List<Boolean> replaceAll(List<StoredRecord> next) {
        if (next.isEmpty()) {
            return List.of();
        }
        Columns.limit(next.size());
        List<byte[]> payloads = next.stream().map(StoredRecord::payload).toList();
        for (int i = 0; i < next.size(); i++) {
            Columns.check(next.get(i), payloads.get(i).length);
        }
        List<Integer> order = IntStream.range(0, next.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> next.get(i).tenant().value())
                        .thenComparing(i -> next.get(i).id()))
                .toList();
        return transactions.together("replace of " + next.size() + " records", connection -> {
            Boolean[] replaced = new Boolean[next.size()];
            int[] counts = replaceInOrder(connection, next, payloads, order);
            for (int i = 0; i < counts.length; i++) {
                replaced[order.get(i)] = counts[i] == 1;
            }
            return List.of(replaced);
        });
    }

    private int[] replaceInOrder(
            Connection connection, List<StoredRecord> next, List<byte[]> payloads, List<Integer> order)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.replace())) {
            for (int i : order) {
                Rows.bindReplace(statement, next.get(i), payloads.get(i));
                statement.addBatch();
            }
            return counted(statement.executeBatch());
        }
    }

    /** A driver that is told to send batches in bulk does not count, and without counts nobody knows who won. */
    static int[] counted(int[] counts) throws SQLException {
        if (Arrays.stream(counts).anyMatch(count -> count < 0)) {
            throw new BatchUpdateException(
                    "the driver does not count the rows of a batch; switch its bulk mode off (useBulkStmts=false)",
                    "HY000",
                    counts);
        }
        return counts;
    }

    List<StoredRecord> leased(Connection connection, List<StoredRecord> found, Instant until) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.lease())) {
            for (StoredRecord record : found) {
                statement.setLong(1, record.version() + 1);
                statement.setLong(2, until.toEpochMilli());
                Rows.bindId(statement, 3, record.tenant(), record.kind(), record.id());
                statement.setLong(6, record.version());
                statement.addBatch();
            }
            int[] counts = counted(statement.executeBatch());
            List<StoredRecord> leased = new ArrayList<>();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == 1) {
                    leased.add(found.get(i).next().dueAt(until).build());
                }
            }
            return List.copyOf(leased);
        }
    }
}
