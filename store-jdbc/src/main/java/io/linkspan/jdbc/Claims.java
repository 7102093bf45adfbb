package io.linkspan.jdbc;

import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses whose turn it is. Where all that is due fits into the batch, that is all. Otherwise each tenant has a share of it, found by
 * jumping from tenant to tenant in an index; of many tenants only some are visited, and the next call continues behind them. Where most
 * of those have only later work, what is due is read as well.
 */
final class Claims {
    private static final int TENANTS_PER_RECORD = 4;
    /** Visited in one call at least, so that a small batch meets more than a few. */
    private static final int VISITED = 64;

    private final JdbcJobStore store;
    private final Dialect dialect;
    private final Leases leases;
    private final DueScan scan;
    private final FairLanes lanes;
    private final Map<RecordKind, String> lastTenant = new ConcurrentHashMap<>();

    Claims(JdbcJobStore store, Dialect dialect, int dueRead) {
        this.store = store;
        this.dialect = dialect;
        this.leases = new Leases(store, dialect);
        this.scan = new DueScan(store, dialect, dueRead);
        this.lanes = new FairLanes(store, dialect, scan);
    }

    private record Head(String tenant, long dueAt) {}

    private record Due(int count, long now) {}

    List<StoredRecord> claim(Connection connection, RecordKind kind, long lease, int limit) throws SQLException {
        Due due = due(connection, kind, limit + 1);
        if (due.count() == 0) {
            return List.of();
        }
        long until = Math.addExact(due.now(), lease);
        List<StoredRecord> taken = new ArrayList<>();
        if (due.count() > limit) {
            taken.addAll(shares(connection, kind, due.now(), until, limit));
        }
        if (taken.size() < limit) {
            taken.addAll(earliest(connection, kind, due.now(), until, limit - taken.size()));
        }
        Instant leased = Instant.ofEpochMilli(until);
        return taken.stream()
                .sorted(Leases.EARLIEST)
                .map(record -> record.next().dueAt(leased).build())
                .toList();
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

    private List<StoredRecord> earliest(Connection connection, RecordKind kind, long now, long until, int limit)
            throws SQLException {
        return leases.take(
                connection,
                kind,
                columns -> store.sql.lockDue(columns, limit),
                statement -> {
                    statement.setString(1, kind.name());
                    statement.setLong(2, now);
                    return 3;
                },
                until);
    }

    /** To each tenant its share, and of that to each of its lanes. */
    private List<StoredRecord> shares(Connection connection, RecordKind kind, long now, long until, int limit)
            throws SQLException {
        List<Turn> turns = lanes.turns(connection, kind, turns(connection, kind, now, limit), now, limit);
        if (turns.size() < Math.min(2, limit)) {
            return List.of(); // one lane to take from: the earliest are the same
        }
        List<StoredRecord> taken = new ArrayList<>();
        for (int from = 0; from < turns.size() && taken.size() < limit; from += dialect.turnsAtOnce()) {
            List<Turn> some = turns.subList(from, Math.min(turns.size(), from + dialect.turnsAtOnce()));
            taken.addAll(leases.take(
                    connection,
                    kind,
                    columns -> store.sql.lockDue(columns, some),
                    statement -> dialect.bindLockDue(statement, kind.name(), some, now),
                    until));
        }
        return taken;
    }

    /** The tenants whose turn it is, at most as many as the limit; the next call goes on behind the last of them. */
    private List<String> turns(Connection connection, RecordKind kind, long now, int limit) throws SQLException {
        int most = Math.max(limit * TENANTS_PER_RECORD, VISITED);
        String behind = lastTenant.getOrDefault(kind, "");
        List<Head> heads = heads(connection, kind, behind, now, most, limit);
        List<String> tenants = due(heads, now).map(Head::tenant).limit(limit).toList();
        boolean unfinished = heads.size() >= most;
        if (unfinished && tenants.size() < limit) {
            NavigableSet<String> all = scan.tenants(connection, kind, now);
            all.addAll(tenants);
            tenants = DueScan.inTurn(all, behind + DueScan.BEHIND).stream()
                    .limit(limit)
                    .toList();
        }
        if (tenants.size() == limit && !(unfinished && tenants.get(limit - 1).compareTo(behind) <= 0)) {
            lastTenant.put(kind, tenants.get(limit - 1));
        } else {
            lastTenant.put(kind, !unfinished ? "" : heads.get(most - 1).tenant());
        }
        return tenants;
    }

    private static Stream<Head> due(List<Head> heads, long now) {
        return heads.stream().filter(head -> head.dueAt() <= now);
    }

    private List<Head> heads(Connection connection, RecordKind kind, String behind, long now, int most, int wanted)
            throws SQLException {
        List<Head> heads = new ArrayList<>(headsBehind(connection, kind, behind, now, most, wanted));
        int left = wanted - (int) due(heads, now).count();
        if (heads.size() < most && left > 0 && !behind.isEmpty()) {
            Set<String> seen = heads.stream().map(Head::tenant).collect(Collectors.toSet());
            headsBehind(connection, kind, "", now, most - heads.size(), left).stream()
                    .filter(head -> !seen.contains(head.tenant()))
                    .forEach(heads::add);
        }
        return heads;
    }

    private List<Head> headsBehind(
            Connection connection, RecordKind kind, String behind, long now, int most, int wanted) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(store.sql.heads(most))) {
            dialect.bindHeads(statement, kind.name(), behind, now, most, wanted);
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
