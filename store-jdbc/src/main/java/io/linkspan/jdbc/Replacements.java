package io.linkspan.jdbc;

import io.linkspan.spi.StoredRecord;
import java.sql.Array;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Many replacements, each by compare-and-set, in order of their ids, so that two nodes with the same records wait for each other instead
 * of blocking each other.
 */
final class Replacements {
    static final String UNCOUNTED =
            "the driver does not count the rows of a batch; switch its bulk mode off (useBulkStmts=false)";

    /** Of payloads in one statement. */
    private static final int MOST_BYTES = 16 * 1_048_576;

    private static final Comparator<Next> ORDER =
            Comparator.comparing((Next one) -> one.record.tenant().value()).thenComparing(one -> one.record.id());

    private final RecordSql sql;
    private final List<Next> ordered;
    private final Boolean[] replaced;

    private static final class Next {
        final StoredRecord record;
        final byte[] payload;
        final int place;

        Next(StoredRecord record, int place) {
            this.record = record;
            this.payload = record.payload();
            this.place = place;
            Columns.check(record, payload.length);
        }
    }

    Replacements(RecordSql sql, List<StoredRecord> next) {
        this.sql = sql;
        this.replaced = new Boolean[next.size()];
        this.ordered = IntStream.range(0, next.size())
                .mapToObj(place -> new Next(next.get(place), place))
                .sorted(ORDER)
                .toList();
    }

    /** One statement per record, sent together. */
    List<Boolean> oneByOne(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.replace())) {
            for (Next one : ordered) {
                Rows.bindReplace(statement, one.record, one.payload);
                statement.addBatch();
            }
            int[] counts = counted(statement.executeBatch());
            for (int i = 0; i < counts.length; i++) {
                replaced[ordered.get(i).place] = counts[i] == 1;
            }
            return List.of(replaced);
        }
    }

    /** One statement for as many as fit; it changes a row once, so a record that is here twice goes one by one. */
    List<Boolean> fromTable(Connection connection) throws SQLException {
        if (twice()) {
            return oneByOne(connection);
        }
        Arrays.fill(replaced, false);
        int from = 0;
        for (int to = 0, bytes = 0; to < ordered.size(); to++) {
            int length = ordered.get(to).payload.length;
            if (to > from && bytes + length > MOST_BYTES) {
                replace(connection, ordered.subList(from, to));
                from = to;
                bytes = 0;
            }
            bytes += length;
        }
        replace(connection, ordered.subList(from, ordered.size()));
        return List.of(replaced);
    }

    private boolean twice() {
        return IntStream.range(1, ordered.size()).anyMatch(i -> ORDER.compare(ordered.get(i - 1), ordered.get(i)) == 0);
    }

    private void replace(Connection connection, List<Next> some) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.replaceFromTable())) {
            texts(statement, 1, some, record -> record.tenant().value());
            texts(statement, 2, some, record -> record.kind().name());
            texts(statement, 3, some, StoredRecord::id);
            numbers(statement, 4, some, StoredRecord::version);
            texts(statement, 5, some, StoredRecord::user);
            texts(statement, 6, some, record -> record.uniqueKey().orElse(null));
            texts(statement, 7, some, record -> record.lookup().orElse(null));
            texts(statement, 8, some, StoredRecord::status);
            numbers(
                    statement,
                    9,
                    some,
                    record -> record.dueAt().map(at -> at.toEpochMilli()).orElse(null));
            numbers(
                    statement,
                    10,
                    some,
                    record -> record.attentionAt().map(at -> at.toEpochMilli()).orElse(null));
            array(statement, 11, "bytea", some.stream().map(one -> one.payload).toArray(byte[][]::new));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    replaced[some.get(row.getInt(1) - 1).place] = true;
                }
            }
        }
    }

    private static void texts(
            PreparedStatement statement, int at, List<Next> some, Function<StoredRecord, @Nullable String> column)
            throws SQLException {
        array(
                statement,
                at,
                "varchar",
                some.stream().map(one -> column.apply(one.record)).toArray(String[]::new));
    }

    private static void numbers(
            PreparedStatement statement, int at, List<Next> some, Function<StoredRecord, @Nullable Long> column)
            throws SQLException {
        array(
                statement,
                at,
                "bigint",
                some.stream().map(one -> column.apply(one.record)).toArray(Long[]::new));
    }

    private static void array(PreparedStatement statement, int at, String type, @Nullable Object[] values)
            throws SQLException {
        Array array = statement.getConnection().createArrayOf(type, values);
        statement.setArray(at, array);
    }

    /** A driver that is told to send batches in bulk does not count, and without counts nobody knows who won. */
    static int[] counted(int[] counts) throws SQLException {
        if (Arrays.stream(counts).anyMatch(count -> count < 0)) {
            throw new BatchUpdateException(UNCOUNTED, "HY000", counts);
        }
        return counts;
    }
}
