package io.linkspan.jdbc;

import io.linkspan.TenantId;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.HistoryRetention;
import io.linkspan.spi.TokenStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** {@link JdbcRecords} for connections and account links, with their history. */
final class JdbcTokenStore extends JdbcRecords implements TokenStore, HistoryRetention {
    private final HistorySql historySql;
    private final Transactions historyTransactions;

    JdbcTokenStore(Database database) {
        super(database, database.tables().tokenRecord());
        this.historySql = new HistorySql(database.tables().history(), database.dialect());
        this.historyTransactions = new Transactions(database, database.tables().history());
    }

    @Override
    public boolean appendHistory(HistoryRecord entry) {
        Objects.requireNonNull(entry, "entry");
        Columns.check(entry);
        return historyTransactions.write(
                "append of line " + entry.sequence() + " of " + entry.subject(), connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(historySql.append())) {
                        Rows.bindHistory(statement, entry);
                        return statement.executeUpdate() == 1;
                    } catch (SQLException e) {
                        if (Failures.isTakenKey(e)) {
                            return false;
                        }
                        throw e;
                    }
                });
    }

    @Override
    public List<HistoryRecord> history(TenantId tenant, String subject, long afterSequence, int limit) {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(subject, "subject");
        String text = historySql.read(Columns.limit(limit));
        return historyTransactions.read("history of " + subject, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                statement.setString(1, tenant.value());
                statement.setString(2, subject);
                statement.setLong(3, afterSequence);
                List<HistoryRecord> lines = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        lines.add(Rows.history(row, tenant));
                    }
                }
                return List.copyOf(lines);
            }
        });
    }

    @Override
    public int removeHistory(TenantId tenant, String subject, Instant before) {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(before, "before");
        return historyTransactions.write("removal of old history of " + subject, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(historySql.remove())) {
                statement.setString(1, tenant.value());
                statement.setString(2, subject);
                statement.setLong(3, Rows.millis(before));
                return statement.executeUpdate();
            }
        });
    }
}
