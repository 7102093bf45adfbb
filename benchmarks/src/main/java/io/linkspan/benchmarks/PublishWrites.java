package io.linkspan.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.linkspan.Linkspan;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectionId;
import io.linkspan.instagram.Instagram;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.publish.Publication;
import io.linkspan.tiktok.TikTok;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the durable writes of publications with one target, from {@code submit} to the end, next to what the protocol needs. */
final class PublishWrites {
    /** What cannot be left out while a store writes one record at a time, and why; docs/publishing.md has the same table. */
    private static final List<String> NEEDED = List.of(
            "publication      accepted: after it, no crash can lose the post or accept its key twice",
            "job              a record that can be claimed, waits and ends by itself",
            "publication      its jobs exist: found unfinished otherwise, and made again",
            "claim            no other process takes the job; a worker that lost it cannot write",
            "limit            counted before the request, over all processes",
            "handle           before the commit: what became of it can be asked after any crash",
            "lane taken       one commit of an account at a time, over all processes",
            "COMMITTING       before the one request leaves: it is never sent again without evidence",
            "answer           before anything else: it may be the only copy of the post's id",
            "lane given       the next post of the account need not wait for the end of a lease",
            "end              the verdict with id and address; nothing is due any more");

    private static final int ACCOUNTS = 10;
    private static final int JOBS_PER_ACCOUNT = 4;

    private PublishWrites() {}

    /** Writes per job: by the store, and rows and write-ahead log by the server's own count. */
    private record Measured(Map<String, Double> byOperation, double writes, double rows, double walBytes) {}

    static void run(DurablePostgres server, Platforms platforms) throws SQLException {
        System.out.printf("%nthe protocol needs, for a post to one account:%n");
        NEEDED.forEach(line -> System.out.println("  " + line));
        Measured tiktok = measured(server, platforms, TikTok.PLATFORM);
        Measured instagram = measured(server, platforms, Instagram.PLATFORM);
        print("TikTok, video by bytes", tiktok);
        print("Instagram, reel", instagram);
        System.out.println();
        Goal.atMost("publish/writes-per-job-tiktok", tiktok.writes(), NEEDED.size());
        Goal.atMost("publish/writes-per-job-instagram", instagram.writes(), NEEDED.size());
    }

    private static void print(String what, Measured measured) {
        System.out.printf(
                "%n%s: %.2f durable writes per job; the server counts %.2f rows written and %,.0f bytes of log%n",
                what, measured.writes(), measured.rows(), measured.walBytes());
        measured.byOperation().forEach((operation, count) -> System.out.printf("  %-36s %6.2f%n", operation, count));
    }

    private static Measured measured(DurablePostgres server, Platforms platforms, Platform platform)
            throws SQLException {
        String address = server.create("writes_" + platform.name());
        Product product = platforms.product(address);
        List<ConnectionId> connections = new ArrayList<>();
        try (HikariDataSource pool = product.pool()) {
            JdbcStores.migrate(pool);
            try (Linkspan linkspan = product.linkspan(JdbcStores.create(pool), InstantSource.system())) {
                platforms
                        .connect(linkspan, "writes." + platform.name(), ACCOUNTS)
                        .forEach(pair ->
                                connections.add(platform.equals(TikTok.PLATFORM) ? pair.tiktok() : pair.instagram()));
                linkspan.worker().runDue(); // the first look at each connection
            }
        }
        long rows = rows(address);
        long wal = wal(address);
        CountedStores stores;
        try (HikariDataSource pool = product.pool()) {
            stores = new CountedStores(JdbcStores.create(pool));
            try (Linkspan linkspan = product.linkspan(stores, InstantSource.system())) {
                publish(linkspan, product, connections);
            }
        }
        return perJob(stores.counts(), rows(address) - rows, wal(address) - wal, connections.size() * JOBS_PER_ACCOUNT);
    }

    private static void publish(Linkspan linkspan, Product product, List<ConnectionId> connections) {
        List<Publication> submitted = new ArrayList<>();
        for (int round = 0; round < JOBS_PER_ACCOUNT; round++) {
            for (ConnectionId connection : connections) {
                String key = "w" + submitted.size();
                submitted.add(linkspan.publisher().submit(Product.OWNER, key, product.post(key, connection)));
            }
        }
        int worked = 1;
        while (worked > 0) {
            worked = linkspan.worker().runDue();
        }
        for (Publication one : submitted) {
            Publication now = linkspan.publisher().find(Product.OWNER, one.id()).orElseThrow();
            if (!now.settled()) {
                throw new IllegalStateException(now.explain().toText());
            }
        }
    }

    private static Measured perJob(Map<String, LongAdder> counts, long rows, long wal, int jobs) {
        Map<String, Double> each = new TreeMap<>();
        counts.forEach((operation, count) -> each.put(operation, count.doubleValue() / jobs));
        double all = each.values().stream().mapToDouble(Double::doubleValue).sum();
        return new Measured(each, all, (double) rows / jobs, (double) wal / jobs);
    }

    /** Counted when a session ends, which closing its pool makes it do. */
    private static long rows(String address) throws SQLException {
        return DurablePostgres.number(
                address, "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)::bigint FROM pg_stat_user_tables");
    }

    private static long wal(String address) throws SQLException {
        return DurablePostgres.number(address, "SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint");
    }
}
