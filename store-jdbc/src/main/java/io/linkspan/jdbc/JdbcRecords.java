package io.linkspan.jdbc;

import io.linkspan.StoreException;
import io.linkspan.TenantId;
import io.linkspan.spi.HostTransactionAware;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordScan;
import io.linkspan.spi.RecordStore;
import io.linkspan.spi.StoredRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records in one table: one statement per operation. */
abstract class JdbcRecords implements RecordStore, RecordScan, HostTransactionAware {
    private static final Logger log = LoggerFactory.getLogger(JdbcRecords.class);
    private static final int MOST_WARNINGS = 1_000;

    final RecordSql sql;
    final Transactions transactions;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    JdbcRecords(Database database, String table) {
        this.sql = new RecordSql(table, database.dialect());
        this.transactions = new Transactions(database, table);
    }

    @FunctionalInterface
    interface Binder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    @Override
    public final boolean inHostTransaction() {
        return transactions.inHostTransaction();
    }

    @Override
    public final boolean insert(StoredRecord record) {
        Objects.requireNonNull(record, "record");
        if (record.version() != 1) {
            throw new IllegalArgumentException("a new record has version 1, had " + record.version());
        }
        byte[] payload = record.payload();
        Columns.check(record, payload.length);
        return transactions.write(named("insert", record.kind(), record.id()), connection -> {
            boolean inserted =
                    inserted(connection, sql.insert(), statement -> Rows.bindInsert(statement, record, payload));
            if (!inserted && transactions.readsSnapshot(connection) && !visible(connection, record)) {
                throw staleSnapshot(record);
            }
            return inserted;
        });
    }

    @Override
    public final Optional<StoredRecord> find(TenantId tenant, RecordKind kind, String id) {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
        return one(named("find", kind, id), sql.find(), kind, statement -> Rows.bindId(statement, 1, tenant, kind, id));
    }

    @Override
    public final Optional<StoredRecord> findByKey(TenantId tenant, RecordKind kind, String uniqueKey) {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(uniqueKey, "uniqueKey");
        return one(
                "find of " + kind + " by unique key",
                sql.findByKey(),
                kind,
                statement -> Rows.bindId(statement, 1, tenant, kind, uniqueKey));
    }

    @Override
    public final boolean replace(StoredRecord next) {
        Objects.requireNonNull(next, "next");
        byte[] payload = next.payload();
        Columns.check(next, payload.length);
        return transactions.write(named("replace", next.kind(), next.id()), connection -> {
            boolean replaced =
                    updated(connection, sql.replace(), statement -> Rows.bindReplace(statement, next, payload));
            return orStale(connection, replaced, next, next.version() - 1);
        });
    }

    @Override
    public final boolean delete(StoredRecord record) {
        Objects.requireNonNull(record, "record");
        return transactions.write(named("delete", record.kind(), record.id()), connection -> {
            boolean deleted = updated(connection, sql.delete(), statement -> {
                Rows.bindId(statement, 1, record.tenant(), record.kind(), record.id());
                statement.setLong(4, record.version());
            });
            return orStale(connection, deleted, record, record.version());
        });
    }

    @Override
    public final List<StoredRecord> due(RecordKind kind, Instant now, int limit) {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(now, "now");
        return many("scan for due " + kind, sql.due(Columns.limit(limit)), kind, statement -> {
            statement.setString(1, kind.name());
            statement.setLong(2, Rows.millis(now));
        });
    }

    @Override
    public final List<StoredRecord> byLookup(RecordKind kind, String lookup, int limit) {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(lookup, "lookup");
        return many("lookup of " + kind, sql.byLookup(Columns.limit(limit)), kind, statement -> {
            statement.setString(1, kind.name());
            statement.setString(2, lookup);
        });
    }

    @Override
    public final List<StoredRecord> page(TenantId tenant, RecordKind kind, String user, String afterId, int limit) {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(afterId, "afterId");
        return many("page of " + kind, sql.page(Columns.limit(limit)), kind, statement -> {
            Rows.bindId(statement, 1, tenant, kind, user);
            statement.setString(4, afterId);
        });
    }

    @Override
    public final List<StoredRecord> attention(
            TenantId tenant, RecordKind kind, Instant afterAt, String afterId, Instant now, int limit) {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(afterAt, "afterAt");
        Objects.requireNonNull(afterId, "afterId");
        Objects.requireNonNull(now, "now");
        return many("scan for attention to " + kind, sql.attention(Columns.limit(limit)), kind, statement -> {
            statement.setString(1, tenant.value());
            statement.setString(2, kind.name());
            statement.setLong(3, Rows.millis(afterAt));
            statement.setLong(4, Rows.millis(now));
            statement.setLong(5, Rows.millis(afterAt));
            statement.setString(6, afterId);
        });
    }

    @Override
    public final List<StoredRecord> scan(RecordKind kind, @Nullable StoredRecord after, int limit) {
        Objects.requireNonNull(kind, "kind");
        Columns.limit(limit);
        List<StoredRecord> records = new ArrayList<>();
        if (after != null) {
            records.addAll(many(
                    "scan of " + kind,
                    sql.scanTenant(limit),
                    kind,
                    statement -> Rows.bindId(statement, 1, after.tenant(), kind, after.id())));
        }
        if (records.size() < limit) {
            records.addAll(many("scan of " + kind, sql.scanBehindTenant(limit - records.size()), kind, statement -> {
                statement.setString(1, after == null ? "" : after.tenant().value());
                statement.setString(2, kind.name());
            }));
        }
        return List.copyOf(records);
    }

    private boolean visible(Connection connection, StoredRecord record) throws SQLException {
        if (stored(connection, record).isPresent()) {
            return true;
        }
        String key = record.uniqueKey().orElse(null);
        return key != null
                && !rows(
                                connection,
                                sql.findByKey(),
                                record.kind(),
                                statement -> Rows.bindId(statement, 1, record.tenant(), record.kind(), key))
                        .isEmpty();
    }

    private Optional<StoredRecord> stored(Connection connection, StoredRecord record) throws SQLException {
        return rows(
                        connection,
                        sql.find(),
                        record.kind(),
                        statement -> Rows.bindId(statement, 1, record.tenant(), record.kind(), record.id()))
                .stream()
                .findFirst();
    }

    /** A write that was lost to another one must be seen to be lost, or the caller tries again for ever. */
    private boolean orStale(Connection connection, boolean written, StoredRecord record, long expected)
            throws SQLException {
        if (!written
                && transactions.readsSnapshot(connection)
                && stored(connection, record)
                        .filter(row -> row.version() == expected)
                        .isPresent()) {
            throw staleSnapshot(record);
        }
        return written;
    }

    private StoreException staleSnapshot(StoredRecord record) {
        return new StoreException(
                record.kind() + " " + record.id() + " in " + sql.table()
                        + " was changed by another transaction after this one began,"
                        + " and this one cannot see it. Use the isolation READ COMMITTED for transactions that Linkspan"
                        + " joins, roll this one back and repeat it.",
                null);
    }

    static String named(String operation, RecordKind kind, String id) {
        return operation + " of " + kind + " " + id;
    }

    private static boolean inserted(Connection connection, String text, Binder binder) throws SQLException {
        try {
            return updated(connection, text, binder);
        } catch (SQLException e) {
            if (Failures.isTakenKey(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean updated(Connection connection, String text, Binder binder) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            binder.bind(statement);
            return statement.executeUpdate() == 1;
        }
    }

    private Optional<StoredRecord> one(String operation, String text, RecordKind kind, Binder binder) {
        return transactions.read(operation, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                binder.bind(statement);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? Optional.of(Rows.record(row, kind)) : Optional.<StoredRecord>empty();
                }
            } catch (Rows.UnreadableRow e) {
                throw new StoreException(e.getMessage() + "; repair or delete it in " + sql.table(), e);
            }
        });
    }

    /** One bad row must not stop the others: it is left out, and said once. */
    private List<StoredRecord> many(String operation, String text, RecordKind kind, Binder binder) {
        return transactions.read(operation, connection -> rows(connection, text, kind, binder));
    }

    final List<StoredRecord> rows(Connection connection, String text, RecordKind kind, Binder binder)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            binder.bind(statement);
            List<StoredRecord> records = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    try {
                        records.add(Rows.record(row, kind));
                    } catch (Rows.UnreadableRow e) {
                        warnOnce(e);
                    }
                }
            }
            return List.copyOf(records);
        }
    }

    private void warnOnce(Rows.UnreadableRow unreadable) {
        String message = String.valueOf(unreadable.getMessage());
        if (warned.size() < MOST_WARNINGS && warned.add(message)) {
            log.warn("left out table={} problem={} remedy=repair or delete the row", sql.table(), message);
        }
    }
}
