package io.linkspan.examples.customstore;

import static io.linkspan.examples.customstore.Rows.COLUMNS;
import static io.linkspan.examples.customstore.Rows.table;
import static io.linkspan.examples.customstore.Rows.time;

import io.linkspan.StoreException;
import io.linkspan.TenantId;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordScan;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.TokenStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The product's tables as both stores, with plain JDBC: one statement per operation, each a transaction of its own. */
// docs: begin
public final class JdbcAccountStore implements TokenStore, JobStore, RecordScan {
    // docs: end
    private final DataSource dataSource;

    /**
     * A store.
     *
     * @param dataSource the primary; connections come with autocommit on
     */
    public JdbcAccountStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @FunctionalInterface
    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    // docs: begin
    @Override
    public boolean insert(StoredRecord record) {
        return update(
                "INSERT INTO " + table(record.kind()) + " (" + COLUMNS + ")"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                record.tenant().value(),
                record.kind().name(),
                record.id(),
                record.version(),
                record.user(),
                record.uniqueKey().orElse(null),
                record.lookup().orElse(null),
                record.status(),
                record.dueAt().map(Rows::time).orElse(null),
                record.attentionAt().map(Rows::time).orElse(null),
                record.payload());
    }
    // docs: end

    @Override
    public Optional<StoredRecord> find(TenantId tenant, RecordKind kind, String id) {
        String where = "workspace_id = ? AND linkspan_kind = ? AND linkspan_id = ?";
        return records(kind, where, tenant.value(), kind.name(), id).stream().findFirst();
    }

    @Override
    public Optional<StoredRecord> findByKey(TenantId tenant, RecordKind kind, String uniqueKey) {
        String where = "workspace_id = ? AND linkspan_kind = ? AND linkspan_key = ?";
        return records(kind, where, tenant.value(), kind.name(), uniqueKey).stream()
                .findFirst();
    }

    // docs: begin
    @Override
    public boolean replace(StoredRecord next) {
        return update(
                "UPDATE " + table(next.kind()) + " SET linkspan_version = ?, user_id = ?, linkspan_key = ?,"
                        + " linkspan_lookup = ?, status = ?, linkspan_due_at = ?, linkspan_attention_at = ?,"
                        + " linkspan_payload = ?"
                        + " WHERE workspace_id = ? AND linkspan_kind = ? AND linkspan_id = ?"
                        + " AND linkspan_version = ?",
                next.version(),
                next.user(),
                next.uniqueKey().orElse(null),
                next.lookup().orElse(null),
                next.status(),
                next.dueAt().map(Rows::time).orElse(null),
                next.attentionAt().map(Rows::time).orElse(null),
                next.payload(),
                next.tenant().value(),
                next.kind().name(),
                next.id(),
                next.version() - 1);
    }
    // docs: end

    @Override
    public boolean delete(StoredRecord record) {
        return update(
                "DELETE FROM " + table(record.kind())
                        + " WHERE workspace_id = ? AND linkspan_kind = ? AND linkspan_id = ?"
                        + " AND linkspan_version = ?",
                record.tenant().value(),
                record.kind().name(),
                record.id(),
                record.version());
    }

    // docs: begin
    @Override
    public List<StoredRecord> due(RecordKind kind, Instant now, int limit) {
        return records(
                kind,
                "linkspan_kind = ? AND linkspan_due_at <= ? ORDER BY linkspan_kind, linkspan_due_at LIMIT " + limit,
                kind.name(),
                time(now));
    }

    @Override
    public List<StoredRecord> byLookup(RecordKind kind, String lookup, int limit) {
        return records(
                kind,
                "linkspan_kind = ? AND linkspan_lookup = ?"
                        + " ORDER BY linkspan_kind, linkspan_lookup, workspace_id, linkspan_id LIMIT " + limit,
                kind.name(),
                lookup);
    }
    // docs: end

    @Override
    public List<StoredRecord> page(TenantId tenant, RecordKind kind, String user, String afterId, int limit) {
        return records(
                kind,
                "workspace_id = ? AND linkspan_kind = ? AND user_id = ? AND linkspan_id > ?"
                        + " ORDER BY linkspan_id LIMIT " + limit,
                tenant.value(),
                kind.name(),
                user,
                afterId);
    }

    // docs: begin
    @Override
    public List<StoredRecord> attention(
            TenantId tenant, RecordKind kind, Instant afterAt, String afterId, Instant now, int limit) {
        return records(
                kind,
                "workspace_id = ? AND linkspan_kind = ? AND linkspan_attention_at <= ?"
                        + " AND (linkspan_attention_at, linkspan_id) > (?, ?)"
                        + " ORDER BY linkspan_attention_at, linkspan_id LIMIT " + limit,
                tenant.value(),
                kind.name(),
                time(now),
                time(afterAt),
                afterId);
    }
    // docs: end

    @Override
    public List<StoredRecord> scan(RecordKind kind, @Nullable StoredRecord after, int limit) {
        return records(
                kind,
                "linkspan_kind = ? AND (workspace_id, linkspan_id) > (?, ?) ORDER BY workspace_id, linkspan_id LIMIT "
                        + limit,
                kind.name(),
                after == null ? "" : after.tenant().value(),
                after == null ? "" : after.id());
    }

    @Override
    public boolean appendHistory(HistoryRecord entry) {
        return update(
                "INSERT INTO account_history (workspace_id, subject, sequence_no, happened_at, entry)"
                        + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                entry.tenant().value(),
                entry.subject(),
                entry.sequence(),
                time(entry.at()),
                entry.text());
    }

    @Override
    public List<HistoryRecord> history(TenantId tenant, String subject, long afterSequence, int limit) {
        return query(
                "SELECT * FROM account_history WHERE workspace_id = ? AND subject = ? AND sequence_no > ?"
                        + " ORDER BY sequence_no LIMIT " + limit,
                Rows::line,
                tenant.value(),
                subject,
                afterSequence);
    }

    private List<StoredRecord> records(RecordKind kind, String where, Object... values) {
        return query("SELECT " + COLUMNS + " FROM " + table(kind) + " WHERE " + where, Rows::record, values);
    }

    private <T> List<T> query(String sql, Row<T> reader, Object... values) {
        return run(sql, values, statement -> {
            List<T> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(reader.read(row));
                }
            }
            return found;
        });
    }

    private boolean update(String sql, @Nullable Object... values) {
        return run(sql, values, PreparedStatement::executeUpdate) == 1;
    }

    // docs: begin
    private <T> T run(String sql, @Nullable Object[] values, Work<T> work) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            if (!connection.getAutoCommit()) {
                throw new StoreException(
                        "the account store got a connection with autocommit off: a rollback there would lose a token"
                                + " that exists nowhere else; give it a data source that commits each statement",
                        null);
            }
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return work.on(statement);
        } catch (SQLException e) {
            throw new StoreException("account store failed, SQLSTATE " + e.getSQLState() + ", in: " + sql, e);
        }
    }
    // docs: end
}
