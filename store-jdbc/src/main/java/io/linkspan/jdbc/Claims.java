package io.linkspan.jdbc;

import io.linkspan.TenantId;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Chooses whose turn it is. Where all that is due fits into the batch, that is all. Otherwise the earliest of each tenant come first,
 * found by jumping from tenant to tenant in an index; of many tenants only some are looked at, and the next call goes on behind them.
 */
final class Claims {
    private static final int TENANTS_PER_RECORD = 4;
    private static final Comparator<StoredRecord> EARLIEST =
            Comparator.comparing(record -> record.dueAt().orElse(Instant.MAX));

    private final JdbcJobStore store;
    private final Dialect dialect;
    private final Map<RecordKind, String> lastTenant = new ConcurrentHashMap<>();

    Claims(JdbcJobStore store, Dialect dialect) {
        this.store = store;
        this.dialect = dialect;
    }

    private record Head(String tenant, long dueAt) {}

    private record Due(int count, long now) {}

    private record Ranked(StoredRecord record, int rank) {}

    List<StoredRecord> claim(Connection connection, RecordKind kind, long lease, int limit) throws SQLException {
        Due due = due(connection, kind, limit + 1);
        if (due.count() == 0) {
            return List.of();
        }
        Map<String, StoredRecord> chosen = new LinkedHashMap<>();
        if (due.count() > limit) {
            for (StoredRecord record : shares(connection, kind, due.now(), limit)) {
                chosen.put(key(record), record);
            }
        }
        if (chosen.size() < limit) {
            for (StoredRecord record : earliest(connection, kind, due.now(), limit)) {
                if (chosen.size() < limit) {
                    chosen.putIfAbsent(key(record), record);
                }
            }
        }
        List<StoredRecord> found = chosen.values().stream().sorted(EARLIEST).toList();
        return found.isEmpty()
                ? found
                : store.leased(connection, found, Instant.ofEpochMilli(Math.addExact(due.now(), lease)));
    }

    private static String key(StoredRecord record) {
        return record.tenant() + "\n" + record.id();
    }

    private Due due(Connection connection, RecordKind kind, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(store.sql.dueCount(most))) {
            statement.setString(1, kind.name());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Due(row.getInt(1), row.getLong(2));
            }
        }
    }

    private List<StoredRecord> earliest(Connection connection, RecordKind kind, long now, int limit)
            throws SQLException {
        return store.rows(connection, store.sql.lockDue(limit), kind, statement -> {
            statement.setString(1, kind.name());
            statement.setLong(2, now);
        });
    }

    /** The earliest of each tenant, then the second earliest, and so on. */
    private List<StoredRecord> shares(Connection connection, RecordKind kind, long now, int limit) throws SQLException {
        List<String> tenants = turns(connection, kind, now, limit);
        if (tenants.size() < 2) {
            return List.of();
        }
        List<Ranked> ranked = new ArrayList<>();
        int share = (limit + tenants.size() - 1) / tenants.size();
        for (int from = 0; from < tenants.size(); from += dialect.tenantsAtOnce()) {
            int to = Math.min(tenants.size(), from + dialect.tenantsAtOnce());
            ranked.addAll(ranked(locked(connection, kind, now, tenants.subList(from, to), share)));
        }
        return ranked.stream()
                .sorted(Comparator.comparingInt(Ranked::rank).thenComparing(Ranked::record, EARLIEST))
                .limit(limit)
                .map(Ranked::record)
                .toList();
    }

    private List<StoredRecord> locked(Connection connection, RecordKind kind, long now, List<String> tenants, int share)
            throws SQLException {
        return store.rows(connection, store.sql.lockDue(tenants.size(), share), kind, statement -> {
            int at = 1;
            for (String tenant : tenants) {
                statement.setString(at++, kind.name());
                statement.setString(at++, tenant);
                statement.setLong(at++, now);
            }
        });
    }

    private static List<Ranked> ranked(List<StoredRecord> records) {
        Map<TenantId, Integer> seen = new HashMap<>();
        return records.stream()
                .sorted(EARLIEST)
                .map(record -> new Ranked(record, seen.merge(record.tenant(), 1, Integer::sum)))
                .toList();
    }

    /** The tenants whose turn it is, at most as many as the limit; the next call goes on behind the last of them. */
    private List<String> turns(Connection connection, RecordKind kind, long now, int limit) throws SQLException {
        int most = limit * TENANTS_PER_RECORD;
        List<Head> heads = heads(connection, kind, lastTenant.getOrDefault(kind, ""), most);
        List<String> tenants = heads.stream()
                .filter(head -> head.dueAt() <= now)
                .map(Head::tenant)
                .limit(limit)
                .toList();
        if (tenants.size() == limit) {
            lastTenant.put(kind, tenants.get(limit - 1));
        } else {
            lastTenant.put(kind, heads.size() < most ? "" : heads.get(most - 1).tenant());
        }
        return tenants;
    }

    private List<Head> heads(Connection connection, RecordKind kind, String after, int most) throws SQLException {
        List<Head> heads = new ArrayList<>(headsBehind(connection, kind, after, most));
        if (heads.size() < most && !after.isEmpty()) {
            Set<String> seen = heads.stream().map(Head::tenant).collect(Collectors.toSet());
            headsBehind(connection, kind, "", most - heads.size()).stream()
                    .filter(head -> !seen.contains(head.tenant()))
                    .forEach(heads::add);
        }
        return heads;
    }

    private List<Head> headsBehind(Connection connection, RecordKind kind, String tenant, int most)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(store.sql.heads(most))) {
            statement.setString(1, kind.name());
            statement.setString(2, tenant);
            if (dialect.headsNeedKindTwice()) {
                statement.setString(3, kind.name());
            }
            List<Head> heads = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    long dueAt = row.getLong("due_at");
                    heads.add(new Head(row.getString("tenant"), row.wasNull() ? Long.MAX_VALUE : dueAt));
                }
            }
            return heads;
        }
    }
}
