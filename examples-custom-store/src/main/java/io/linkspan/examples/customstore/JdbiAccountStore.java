package io.linkspan.examples.customstore;

import static io.linkspan.examples.customstore.Rows.COLUMNS;
import static io.linkspan.examples.customstore.Rows.table;
import static io.linkspan.examples.customstore.Rows.time;

import io.linkspan.StoreException;
import io.linkspan.TenantId;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordScan;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.TokenStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The product's tables as a token store, with Jdbi: one statement per operation, each a transaction of its own. */
public final class JdbiAccountStore implements TokenStore, RecordScan {
    private static final String ONE =
            " WHERE workspace_id = :workspace AND linkspan_kind = :kind AND linkspan_id = :id";

    private final Jdbi jdbi;

    /**
     * A store.
     *
     * @param jdbi on the primary; connections come with autocommit on
     */
    public JdbiAccountStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public boolean insert(StoredRecord record) {
        return update(
                "INSERT INTO " + table(record.kind()) + " (" + COLUMNS + ") VALUES (:workspace, :kind, :id, :version,"
                        + " :user, :key, :lookup, :status, :dueAt, :attentionAt, :payload) ON CONFLICT DO NOTHING",
                columns(record));
    }

    @Override
    public Optional<StoredRecord> find(TenantId tenant, RecordKind kind, String id) {
        return records(kind, ONE, Map.of("workspace", tenant.value(), "id", id)).stream()
                .findFirst();
    }

    @Override
    public Optional<StoredRecord> findByKey(TenantId tenant, RecordKind kind, String uniqueKey) {
        return records(
                        kind,
                        " WHERE workspace_id = :workspace AND linkspan_kind = :kind AND linkspan_key = :key",
                        Map.of("workspace", tenant.value(), "key", uniqueKey))
                .stream()
                .findFirst();
    }

    // docs: begin
    @Override
    public boolean replace(StoredRecord next) {
        return update(
                "UPDATE " + table(next.kind()) + " SET linkspan_version = :version, user_id = :user,"
                        + " linkspan_key = :key, linkspan_lookup = :lookup, status = :status,"
                        + " linkspan_due_at = :dueAt, linkspan_attention_at = :attentionAt, linkspan_payload = :payload"
                        + ONE + " AND linkspan_version = :version - 1",
                columns(next));
    }
    // docs: end

    @Override
    public boolean delete(StoredRecord record) {
        return update(
                "DELETE FROM " + table(record.kind()) + ONE + " AND linkspan_version = :version", columns(record));
    }

    @Override
    public List<StoredRecord> due(RecordKind kind, Instant now, int limit) {
        return records(
                kind,
                " WHERE linkspan_kind = :kind AND linkspan_due_at <= :now ORDER BY linkspan_kind, linkspan_due_at LIMIT "
                        + limit,
                Map.of("now", time(now)));
    }

    @Override
    public List<StoredRecord> byLookup(RecordKind kind, String lookup, int limit) {
        return records(
                kind,
                " WHERE linkspan_kind = :kind AND linkspan_lookup = :lookup"
                        + " ORDER BY linkspan_kind, linkspan_lookup, workspace_id, linkspan_id LIMIT " + limit,
                Map.of("lookup", lookup));
    }

    @Override
    public List<StoredRecord> page(TenantId tenant, RecordKind kind, String user, String afterId, int limit) {
        return records(
                kind,
                " WHERE workspace_id = :workspace AND linkspan_kind = :kind AND user_id = :user"
                        + " AND linkspan_id > :after ORDER BY linkspan_id LIMIT " + limit,
                Map.of("workspace", tenant.value(), "user", user, "after", afterId));
    }

    @Override
    public List<StoredRecord> attention(
            TenantId tenant, RecordKind kind, Instant afterAt, String afterId, Instant now, int limit) {
        return records(
                kind,
                " WHERE workspace_id = :workspace AND linkspan_kind = :kind AND linkspan_attention_at <= :now"
                        + " AND (linkspan_attention_at, linkspan_id) > (:afterAt, :after)"
                        + " ORDER BY linkspan_attention_at, linkspan_id LIMIT " + limit,
                Map.of("workspace", tenant.value(), "now", time(now), "afterAt", time(afterAt), "after", afterId));
    }

    @Override
    public List<StoredRecord> scan(RecordKind kind, @Nullable StoredRecord after, int limit) {
        return records(
                kind,
                " WHERE linkspan_kind = :kind AND (workspace_id, linkspan_id) > (:workspace, :after)"
                        + " ORDER BY workspace_id, linkspan_id LIMIT " + limit,
                Map.of(
                        "workspace",
                        after == null ? "" : after.tenant().value(),
                        "after",
                        after == null ? "" : after.id()));
    }

    @Override
    public boolean appendHistory(HistoryRecord entry) {
        return update(
                "INSERT INTO account_history (workspace_id, subject, sequence_no, happened_at, entry)"
                        + " VALUES (:workspace, :subject, :sequence, :at, :text) ON CONFLICT DO NOTHING",
                Map.of(
                        "workspace", entry.tenant().value(),
                        "subject", entry.subject(),
                        "sequence", entry.sequence(),
                        "at", time(entry.at()),
                        "text", entry.text()));
    }

    @Override
    public List<HistoryRecord> history(TenantId tenant, String subject, long afterSequence, int limit) {
        return run(handle -> handle.createQuery("SELECT * FROM account_history WHERE workspace_id = :workspace"
                        + " AND subject = :subject AND sequence_no > :after ORDER BY sequence_no LIMIT " + limit)
                .bind("workspace", tenant.value())
                .bind("subject", subject)
                .bind("after", afterSequence)
                .map((row, context) -> Rows.line(row))
                .list());
    }

    // docs: begin
    private static Map<String, @Nullable Object> columns(StoredRecord record) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("workspace", record.tenant().value());
        columns.put("kind", record.kind().name());
        columns.put("id", record.id());
        columns.put("version", record.version());
        columns.put("user", record.user());
        columns.put("key", record.uniqueKey().orElse(null));
        columns.put("lookup", record.lookup().orElse(null));
        columns.put("status", record.status());
        columns.put("dueAt", record.dueAt().map(Rows::time).orElse(null));
        columns.put("attentionAt", record.attentionAt().map(Rows::time).orElse(null));
        columns.put("payload", record.payload());
        return columns;
    }
    // docs: end

    private List<StoredRecord> records(RecordKind kind, String where, Map<String, ?> values) {
        return run(handle -> {
            Query query = handle.createQuery("SELECT " + COLUMNS + " FROM " + table(kind) + where);
            return query.bind("kind", kind.name())
                    .bindMap(values)
                    .map((row, context) -> Rows.record(row))
                    .list();
        });
    }

    private boolean update(String sql, Map<String, ? extends @Nullable Object> values) {
        return 1 == run(handle -> handle.createUpdate(sql).bindMap(values).execute());
    }

    /** Jdbi's own message shows bound values, so only the database's exception is passed on. */
    private <T> T run(HandleCallback<T, RuntimeException> work) {
        try (Handle handle = jdbi.open()) {
            if (handle.isInTransaction()) {
                throw new StoreException(
                        "the token store got a connection with autocommit off: a rollback there would lose a token"
                                + " that exists nowhere else; give it a data source that commits each statement",
                        null);
            }
            return work.withHandle(handle);
        } catch (JdbiException e) {
            throw new StoreException("token store failed; see the cause", e.getCause());
        }
    }
}
