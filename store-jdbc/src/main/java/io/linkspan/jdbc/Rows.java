package io.linkspan.jdbc;

import io.linkspan.TenantId;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Between rows and values, both ways. */
final class Rows {
    private Rows() {}

    static void bindInsert(PreparedStatement statement, StoredRecord record, byte[] payload) throws SQLException {
        bindId(statement, 1, record.tenant(), record.kind(), record.id());
        statement.setLong(4, record.version());
        bindColumns(statement, 5, record, payload);
    }

    static void bindReplace(PreparedStatement statement, StoredRecord next, byte[] payload) throws SQLException {
        statement.setLong(1, next.version());
        bindColumns(statement, 2, next, payload);
        bindId(statement, 9, next.tenant(), next.kind(), next.id());
        statement.setLong(12, next.version() - 1);
    }

    static void bindId(PreparedStatement statement, int at, TenantId tenant, RecordKind kind, String id)
            throws SQLException {
        statement.setString(at, tenant.value());
        statement.setString(at + 1, kind.name());
        statement.setString(at + 2, id);
    }

    private static void bindColumns(PreparedStatement statement, int at, StoredRecord record, byte[] payload)
            throws SQLException {
        statement.setString(at, record.user());
        bindText(statement, at + 1, record.uniqueKey());
        bindText(statement, at + 2, record.lookup());
        statement.setString(at + 3, record.status());
        bindMoment(statement, at + 4, record.dueAt());
        bindMoment(statement, at + 5, record.attentionAt());
        statement.setBytes(at + 6, payload);
    }

    private static void bindMoment(PreparedStatement statement, int at, Optional<Instant> moment) throws SQLException {
        if (moment.isPresent()) {
            statement.setLong(at, moment.get().toEpochMilli());
        } else {
            statement.setNull(at, Types.BIGINT);
        }
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private static void bindText(PreparedStatement statement, int at, Optional<String> value) throws SQLException {
        if (value.isPresent()) {
            statement.setString(at, value.get());
        } else {
            statement.setNull(at, Types.VARCHAR);
        }
    }

    /**
     * Reads the row under the cursor.
     *
     * @throws UnreadableRow when somebody edited it into something that is no record
     */
    static StoredRecord record(ResultSet row, RecordKind kind) throws SQLException {
        String id = row.getString("id");
        try {
            return StoredRecord.builder(new TenantId(row.getString("tenant")), kind, id)
                    .version(row.getLong("version"))
                    .user(row.getString("user_id"))
                    .uniqueKey(row.getString("unique_key"))
                    .lookup(row.getString("lookup"))
                    .status(row.getString("status"))
                    .dueAt(moment(row, "due_at"))
                    .attentionAt(moment(row, "attention_at"))
                    .payload(row.getBytes("payload"))
                    .build();
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UnreadableRow(kind, id, e);
        }
    }

    static void bindHistory(PreparedStatement statement, HistoryRecord entry) throws SQLException {
        statement.setString(1, entry.tenant().value());
        statement.setString(2, entry.subject());
        statement.setLong(3, entry.sequence());
        statement.setLong(4, entry.at().toEpochMilli());
        statement.setString(5, entry.text());
    }

    static HistoryRecord history(ResultSet row, TenantId tenant) throws SQLException {
        return new HistoryRecord(
                tenant,
                row.getString("subject"),
                row.getLong("sequence_no"),
                Instant.ofEpochMilli(row.getLong("happened_at")),
                row.getString("entry"));
    }

    /** Moments beyond what a BIGINT of milliseconds holds become its ends. */
    static long millis(Instant moment) {
        try {
            return moment.toEpochMilli();
        } catch (ArithmeticException e) {
            return moment.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
    }

    /** A row that was edited by hand. */
    static final class UnreadableRow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableRow(RecordKind kind, String id, RuntimeException cause) {
            super(
                    "row " + kind + " " + id + " cannot be read, it was probably edited by hand: " + cause.getMessage(),
                    cause);
        }
    }
}
