package io.linkspan.jdbc;

import io.linkspan.spi.RecordKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Divides a batch among tenants and each share among the tenant's lanes, so that one account's backlog costs the others a batch at most.
 * Lanes are found by jumping through an index; of many only some are visited, and the next call continues behind them.
 */
final class FairLanes {
    /** Visited in one call, over all tenants: in one query, or each with its own. */
    private static final int VISITED = 256;

    private static final int VISITED_ONE_BY_ONE = 64;

    private static final int LANES_PER_RECORD = 4;
    private static final int REMEMBERED = 10_000;
    /** Before all lanes behind another one: no lookup value holds it. */
    private static final String BEHIND = "\001";

    private final JdbcRecords store;
    private final Dialect dialect;
    private final Map<String, String> nextLane = new ConcurrentHashMap<>();

    FairLanes(JdbcRecords store, Dialect dialect) {
        this.store = store;
        this.dialect = dialect;
    }

    /** What one tenant may take, and the lanes it has. */
    private static final class Share {
        final String tenant;
        final int most;
        final String from;
        /** Lanes from {@link #from} on, and then from the first: whether something is due there. */
        final Map<String, Boolean> behind = new LinkedHashMap<>();

        final Map<String, Boolean> before = new LinkedHashMap<>();

        Share(String tenant, int most, String from) {
            this.tenant = tenant;
            this.most = most;
            this.from = from;
        }

        void seen(boolean isBehind, String lane, boolean due) {
            (isBehind ? behind : before).put(lane, due);
        }

        boolean lacks() {
            return !from.isEmpty() && due().size() < most;
        }

        List<String> due() {
            List<String> due = new ArrayList<>();
            behind.forEach((lane, isDue) -> {
                if (isDue) {
                    due.add(lane);
                }
            });
            before.forEach((lane, isDue) -> {
                if (isDue && !behind.containsKey(lane)) {
                    due.add(lane);
                }
            });
            return due.subList(0, Math.min(due.size(), most));
        }

        /** Where the next call begins. */
        String next(int visited) {
            List<String> due = due();
            if (due.size() == most) {
                return due.get(most - 1) + BEHIND;
            }
            return behind.size() < visited ? "" : List.copyOf(behind.keySet()).get(visited - 1) + BEHIND;
        }

        List<Turn> turns() {
            List<String> due = due();
            List<Turn> turns = new ArrayList<>();
            for (int i = 0; i < due.size(); i++) {
                turns.add(new Turn(tenant, due.get(i), part(most, due.size(), i)));
            }
            return turns;
        }
    }

    /** An even part of a whole; the first ones have what is left over. */
    private static int part(int whole, int parts, int place) {
        return whole / parts + (place < whole % parts ? 1 : 0);
    }

    List<Turn> turns(Connection connection, RecordKind kind, List<String> tenants, long now, int limit)
            throws SQLException {
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < tenants.size(); i++) {
            String tenant = tenants.get(i);
            shares.add(new Share(tenant, part(limit, tenants.size(), i), nextLane.getOrDefault(key(kind, tenant), "")));
        }
        if (shares.isEmpty()) {
            return List.of();
        }
        int wanted = shares.get(0).most;
        boolean together = store.sql.lanes(1).isPresent();
        int visited = Math.max(
                wanted * (together ? LANES_PER_RECORD : 1), (together ? VISITED : VISITED_ONE_BY_ONE) / shares.size());
        visit(connection, kind, shares, true, now, visited, wanted);
        List<Share> lacking = shares.stream().filter(Share::lacks).toList();
        if (!lacking.isEmpty()) {
            visit(connection, kind, lacking, false, now, visited, wanted);
        }
        if (nextLane.size() > REMEMBERED) {
            nextLane.clear();
        }
        shares.forEach(share -> nextLane.put(key(kind, share.tenant), share.next(visited)));
        return shares.stream().flatMap(share -> share.turns().stream()).toList();
    }

    private static String key(RecordKind kind, String tenant) {
        return kind + "\n" + tenant;
    }

    private void visit(
            Connection connection, RecordKind kind, List<Share> shares, boolean behind, long now, int most, int wanted)
            throws SQLException {
        Optional<String> jumping = store.sql.lanes(most);
        if (jumping.isEmpty()) {
            for (Share share : shares) {
                jump(connection, kind, share, behind, now, most);
            }
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(jumping.get())) {
            dialect.bindLanes(
                    statement,
                    kind.name(),
                    shares.stream().map(share -> share.tenant).toList(),
                    shares.stream().map(share -> behind ? share.from : "").toList(),
                    now,
                    wanted);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    shares.get(row.getInt(1) - 1).seen(behind, row.getString(2), row.getLong(3) <= now);
                }
            }
        }
    }

    private void jump(Connection connection, RecordKind kind, Share share, boolean behind, long now, int most)
            throws SQLException {
        String from = behind ? share.from : "";
        try (PreparedStatement statement = connection.prepareStatement(store.sql.nextLane())) {
            for (int jumps = 0; jumps < most && share.due().size() < share.most; jumps++) {
                statement.setString(1, kind.name());
                statement.setString(2, share.tenant);
                statement.setString(3, from);
                try (ResultSet row = statement.executeQuery()) {
                    if (!row.next()) {
                        return;
                    }
                    String lane = row.getString(1);
                    share.seen(behind, lane, row.getLong(2) <= now);
                    from = lane + BEHIND;
                }
            }
        }
    }
}
