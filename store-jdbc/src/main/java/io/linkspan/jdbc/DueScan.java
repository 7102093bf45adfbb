package io.linkspan.jdbc;

import io.linkspan.spi.RecordKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds what has due work by reading in the order of due times, for where the walk in the order of names met too many that have only later
 * work. One call reads a bounded number of due records, and the next one continues behind them.
 */
final class DueScan {
    /** Due records read in one call, over all tenants. */
    static final int READ = 10_000;

    private static final int REMEMBERED = 10_000;
    /** Before all names behind another one: no tenant and no lookup value holds it. */
    static final String BEHIND = "\001";

    private final JdbcRecords store;
    private final Dialect dialect;
    private final int read;
    private final Map<String, Long> continued = new ConcurrentHashMap<>();

    DueScan(JdbcRecords store, Dialect dialect, int read) {
        this.store = store;
        this.dialect = dialect;
        this.read = read;
    }

    /** The names with due work that a call met of one part, and how far it came. */
    private static final class Part {
        final long from;
        final List<String> names = new ArrayList<>();
        private long records;
        private long last;

        Part(long from) {
            this.from = from;
        }

        void met(String name, long many, long latest) {
            names.add(name);
            records += many;
            last = Math.max(last, latest);
        }

        /** Where the next call begins; 0 when this one came to the end. */
        long next(int most) {
            return records < most ? 0 : Math.max(last, from + 1);
        }
    }

    /** All names, beginning with the first at or behind one. */
    static List<String> inTurn(NavigableSet<String> names, String from) {
        List<String> turns = new ArrayList<>(names.tailSet(from, true));
        turns.addAll(names.headSet(from, false));
        return turns;
    }

    /** Tenants with due work. */
    NavigableSet<String> tenants(Connection connection, RecordKind kind, long now) throws SQLException {
        Part part = part(kind.name());
        try (PreparedStatement statement = connection.prepareStatement(store.sql.dueTenants(read))) {
            statement.setString(1, kind.name());
            statement.setLong(2, part.from);
            statement.setLong(3, now);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    part.met(row.getString(1), row.getLong(2), row.getLong(3));
                }
            }
        }
        remember(kind.name(), part.next(read));
        return new TreeSet<>(part.names);
    }

    /** Of each tenant, in the order given, the lanes with due work. */
    List<List<String>> lanes(Connection connection, RecordKind kind, List<String> tenants, long now)
            throws SQLException {
        int most = Math.max(1, read / tenants.size());
        int atOnce = store.sql.lanes(1).isPresent() ? tenants.size() : 1;
        List<List<String>> lanes = new ArrayList<>();
        for (int i = 0; i < tenants.size(); i += atOnce) {
            List<String> some = tenants.subList(i, i + atOnce);
            List<Part> parts =
                    some.stream().map(tenant -> part(key(kind, tenant))).toList();
            try (PreparedStatement statement = connection.prepareStatement(store.sql.dueLanes(most))) {
                List<Long> from = parts.stream().map(part -> part.from).toList();
                dialect.bindDueLanes(statement, kind.name(), some, from, now);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        parts.get(row.getInt(1) - 1).met(row.getString(2), row.getLong(3), row.getLong(4));
                    }
                }
            }
            for (int place = 0; place < some.size(); place++) {
                remember(key(kind, some.get(place)), parts.get(place).next(most));
                lanes.add(parts.get(place).names);
            }
        }
        return lanes;
    }

    private static String key(RecordKind kind, String tenant) {
        return kind + "\n" + tenant;
    }

    private Part part(String key) {
        return new Part(continued.getOrDefault(key, 0L));
    }

    private void remember(String key, long from) {
        if (from == 0) {
            continued.remove(key);
            return;
        }
        if (continued.size() > REMEMBERED) {
            continued.clear();
        }
        continued.put(key, from);
    }
}
