package io.linkspan.jdbc;

import io.linkspan.spi.RecordKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Divides a batch among tenants and each share among the tenant's lanes, so that one account's backlog costs the others a batch at most.
 * Lanes are found by jumping through an index; of many only some are visited, and the next call continues behind them. Where most of
 * those have only later work, what is due of the tenant is read as well.
 */
final class FairLanes {
    /** Visited in one call, over all tenants: in one query, or each with its own. */
    private static final int VISITED = 256;

    private static final int VISITED_ONE_BY_ONE = 64;

    private static final int LANES_PER_RECORD = 4;
    private static final int REMEMBERED = 10_000;

    private final JdbcRecords store;
    private final Dialect dialect;
    private final DueScan scan;
    private final Map<String, String> nextLane = new ConcurrentHashMap<>();

    FairLanes(JdbcRecords store, Dialect dialect, DueScan scan) {
        this.store = store;
        this.dialect = dialect;
        this.scan = scan;
    }

    /** What one tenant may take, and the lanes it has. */
    private static final class Share {
        final String tenant;
        final int most;
        final String from;
        /** Lanes from {@link #from} on, and then from the first: whether something is due there. */
        final Map<String, Boolean> behind = new LinkedHashMap<>();

        final Map<String, Boolean> before = new LinkedHashMap<>();
        /** Lanes that were found among what is due. */
        final List<String> read = new ArrayList<>();

        Share(String tenant, int most, String from) {
            this.tenant = tenant;
            this.most = most;
            this.from = from;
        }

        void seen(boolean isBehind, String lane, boolean due) {
            (isBehind ? behind : before).put(lane, due);
        }

        /** Whether the walk came to the last lane and has to begin again with the first. */
        boolean lacks(int visited) {
            return due().size() < most && !unfinished(visited) && !from.isEmpty();
        }

        /** Whether most lanes of a walk that did not come to its end have only later work. */
        boolean hidden(int visited) {
            boolean passed = before.size() >= visited && Collections.disjoint(before.keySet(), behind.keySet());
            int due = due().size();
            return due < most && due < visited / 2 && (unfinished(visited) || passed);
        }

        private boolean unfinished(int visited) {
            return behind.size() >= visited;
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
            due.addAll(read);
            List<String> turns = read.isEmpty() ? due : DueScan.inTurn(new TreeSet<>(due), from);
            return turns.subList(0, Math.min(turns.size(), most));
        }

        /** Where the next call begins. */
        String next(int visited) {
            List<String> due = due();
            if (due.size() == most && !(unfinished(visited) && due.get(most - 1).compareTo(from) < 0)) {
                return due.get(most - 1) + DueScan.BEHIND;
            }
            return !unfinished(visited) ? "" : List.copyOf(behind.keySet()).get(visited - 1) + DueScan.BEHIND;
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
        List<Share> lacking =
                shares.stream().filter(share -> share.lacks(visited)).toList();
        if (!lacking.isEmpty()) {
            visit(connection, kind, lacking, false, now, visited, wanted);
        }
        List<Share> hidden =
                shares.stream().filter(share -> share.hidden(visited)).toList();
        if (!hidden.isEmpty()) {
            read(connection, kind, hidden, now);
        }
        if (nextLane.size() > REMEMBERED) {
            nextLane.clear();
        }
        shares.forEach(share -> nextLane.put(key(kind, share.tenant), share.next(visited)));
        return shares.stream().flatMap(share -> share.turns().stream()).toList();
    }

    private void read(Connection connection, RecordKind kind, List<Share> shares, long now) throws SQLException {
        List<String> tenants = shares.stream().map(share -> share.tenant).toList();
        List<List<String>> lanes = scan.lanes(connection, kind, tenants, now);
        for (int i = 0; i < shares.size(); i++) {
            shares.get(i).read.addAll(lanes.get(i));
        }
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
                    from = lane + DueScan.BEHIND;
                }
            }
        }
    }
}
