package io.linkspan.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.linkspan.Linkspan;
import io.linkspan.Recovery.Restored;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.instagram.Instagram;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.publish.Decision;
import io.linkspan.publish.Post;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.testkit.sim.Ledger;
import io.linkspan.tiktok.TikTok;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** The run behind {@link RestoreRun}. The clock is moved ahead where nothing else would happen for hours. */
final class RestoredFleet implements AutoCloseable {
    private static final int ACCOUNTS = 20;
    private static final int HALF = 40;
    private static final int LATER = 10;
    /** Half of the first posts, and those for later, when the rest is submitted. */
    private static final int OPEN = HALF + 4 * LATER;

    private static final Duration IN_AN_HOUR = Duration.ofHours(1);
    private static final Duration NEXT_DAY = Duration.ofHours(30);
    /** TikTok's tokens of 24 hours are renewed by then, and those in the back-up have not ended. */
    private static final Duration UNTIL_LOSS = Duration.ofHours(23).plusMinutes(50);

    private final DurablePostgres server;
    private final Path folder;
    private final boolean recovery;
    private final String database;
    private final AtomicLong ahead = new AtomicLong();
    private final InstantSource clock = () -> Instant.now().plusMillis(ahead.get());
    private final Platforms platforms;
    private final Map<String, PublicationId> known = new LinkedHashMap<>();
    private final Set<ConnectionId> calledHealthy = new HashSet<>();
    private String address = "";
    private HikariDataSource pool = new HikariDataSource();
    private Linkspan linkspan = null;
    private List<Platforms.Pair> pairs = List.of();
    private Instant takenAt = Instant.EPOCH;
    private BackUp backUp = null;
    private int reconnected;
    private Restored restored = new Restored(0, 0, 0, 0, 0);

    /** What the ledgers and the restored store say at the end. */
    record Result(
            int known,
            int doubles,
            int lost,
            int decided,
            int there,
            int found,
            int unknown,
            int deadCalledHealthy,
            int reconnected) {}

    RestoredFleet(DurablePostgres server, Path folder, boolean recovery) throws IOException {
        this.server = server;
        this.folder = folder;
        this.recovery = recovery;
        this.database = recovery ? "with_recovery" : "without_recovery";
        this.platforms = new Platforms(folder, clock, Duration.ofSeconds(2));
    }

    private void open(String name) throws SQLException {
        address = server.create(name);
        pool = platforms.product(address).pool();
        JdbcStores.migrate(pool);
    }

    private Linkspan linkspan() {
        return platforms.product(address).linkspan(JdbcStores.create(pool), clock);
    }

    /** Half of the posts are on their way or done, the other half is just accepted, some are for later. */
    void publishAndBackUp() throws Exception {
        open(database);
        linkspan = linkspan();
        pairs = platforms.connect(linkspan, "quay", ACCOUNTS);
        submit("first", HALF, null, true);
        submit("hour", LATER, IN_AN_HOUR, true);
        submit("day", LATER, NEXT_DAY, true);
        linkspan.worker().start();
        new Queries(pool)
                .await("SELECT count(*) FROM linkspan_job_record WHERE kind = 'JOB' AND status <> 'published'", OPEN);
        submit("second", HALF, null, true);
        takenAt = clock.instant();
        backUp = BackUp.take(address, folder.resolve("dump"));
    }

    private void submit(String name, int count, Duration later, boolean inBackUp) {
        Product product = platforms.product(address);
        for (int i = 0; i < count; i++) {
            Platforms.Pair pair = pairs.get(i % pairs.size());
            String key = name + "-" + i;
            Post post = product.post(key, pair.tiktok(), pair.instagram());
            Post timed = later == null ? post : post.notBefore(clock.instant().plus(later));
            Publication accepted = linkspan.publisher().submit(Product.OWNER, key, timed);
            if (inBackUp) {
                known.put(key, accepted.id());
            }
        }
    }

    /** Everything accepted is posted, tokens are renewed, and then the database is gone. */
    void goOnUntilLost() throws Exception {
        submit("unknown", LATER, null, false);
        quiet();
        advance(IN_AN_HOUR);
        advance(UNTIL_LOSS.minus(IN_AN_HOUR));
        linkspan.close();
        pool.close();
        server.drop(database);
    }

    void restore() throws Exception {
        open(database + "_again");
        backUp.restore(address);
        System.out.printf("%njobs in the back-up, %s afterRestore:%n", recovery ? "with" : "without");
        Map<String, Long> states = new Queries(pool)
                .counts("SELECT status, count(*) FROM linkspan_job_record WHERE kind = 'JOB' GROUP BY status");
        states.forEach((state, count) -> System.out.printf("  %-20s %5d%n", state, count));
        linkspan = linkspan();
        if (recovery) {
            restored = linkspan.recovery().afterRestore(takenAt);
            System.out.println("  " + restored);
        }
        noteHealthy();
    }

    Result goOnToTheEnd() throws Exception {
        linkspan.worker().start();
        quiet();
        noteHealthy();
        Set<ConnectionId> dead = reconnect();
        advance(Duration.ofMinutes(45)); // jobs that waited for a new consent go on
        int[] decided = decide();
        for (int step = 0; step < 12; step++) {
            advance(Duration.ofMinutes(45));
        }
        advance(Duration.ofHours(24)); // a pair that was called healthy is renewed by then
        dead.addAll(reconnect());
        linkspan.worker().close();
        Map<String, Integer> posts = posts();
        int doubles = posts.values().stream().mapToInt(count -> count - 1).sum();
        int unknown = (int)
                posts.keySet().stream().filter(key -> key.contains(" unknown-")).count();
        dead.retainAll(calledHealthy);
        return new Result(
                2 * known.size(),
                doubles,
                lost(posts),
                decided[0],
                decided[1],
                recovery ? restored.read() + restored.undecided() - decided[0] : 0,
                unknown,
                dead.size(),
                reconnected);
    }

    /** Connections shown as authorized now; whether their tokens were dead is seen when they are renewed. */
    private void noteHealthy() {
        linkspan.connections().list(Product.OWNER).stream()
                .filter(one -> one.status().kind() == ConnectionStatus.Kind.AUTHORIZED)
                .forEach(one -> calledHealthy.add(one.id()));
    }

    /** What a person does when asked for a new consent. */
    private Set<ConnectionId> reconnect() {
        Set<ConnectionId> dead = new HashSet<>();
        for (Platforms.Pair pair : pairs) {
            for (ConnectionId id : List.of(pair.tiktok(), pair.instagram())) {
                ConnectionStatus.Kind kind = linkspan.connections()
                        .find(Product.OWNER, id)
                        .orElseThrow()
                        .status()
                        .kind();
                if (kind == ConnectionStatus.Kind.REAUTHORIZATION_REQUIRED) {
                    dead.add(id);
                    reconnected++;
                    platforms.connect(
                            linkspan, id.equals(pair.tiktok()) ? TikTok.PLATFORM : Instagram.PLATFORM, pair.account());
                }
            }
        }
        return dead;
    }

    /** What a person does who looks at the profile; how many jobs asked, and how many posts were there. */
    private int[] decide() {
        int[] counts = new int[2];
        Map<String, Integer> posts = posts();
        for (Map.Entry<String, PublicationId> one : known.entrySet()) {
            for (PublishJob job : publication(one.getValue()).jobs()) {
                if (job.state().phase() == Phase.AWAITING_DECISION) {
                    boolean there = posts.containsKey(job.platform() + " " + one.getKey());
                    counts[0]++;
                    counts[1] += there ? 1 : 0;
                    Decision answer = there ? Decision.IT_IS_THERE : Decision.TRY_AGAIN;
                    linkspan.publisher().decide(Product.OWNER, one.getValue(), job.id(), answer, "mira");
                }
            }
        }
        return counts;
    }

    private Publication publication(PublicationId id) {
        return linkspan.publisher().find(Product.OWNER, id).orElseThrow();
    }

    private int lost(Map<String, Integer> posts) {
        return (int) known.entrySet().stream()
                .flatMap(one -> publication(one.getValue()).jobs().stream()
                        .filter(job -> job.state().phase() != Phase.PUBLISHED
                                || !posts.containsKey(job.platform() + " " + one.getKey())))
                .count();
    }

    /** Posts by platform and text, which is the idempotency key. */
    private Map<String, Integer> posts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        count(counts, TikTok.PLATFORM + " ", platforms.tiktok().ledger());
        count(counts, Instagram.PLATFORM + " ", platforms.instagram().ledger());
        return counts;
    }

    private static void count(Map<String, Integer> counts, String platform, Ledger ledger) {
        ledger.posts().forEach(post -> counts.merge(platform + post.text(), 1, Integer::sum));
    }

    private void advance(Duration by) throws Exception {
        ahead.addAndGet(by.toMillis());
        quiet();
    }

    /** Until nothing is due for five seconds of the clock, which runs as the system's. */
    private void quiet() throws Exception {
        Queries queries = new Queries(pool);
        long open;
        do {
            long soon = clock.millis() + 5_000;
            open = queries.number("SELECT (SELECT count(*) FROM linkspan_job_record WHERE due_at < " + soon
                    + ") + (SELECT count(*) FROM linkspan_token_record WHERE due_at < " + soon + ")");
            Thread.sleep(100);
        } while (open > 0);
    }

    @Override
    public void close() {
        if (linkspan != null) {
            linkspan.close();
        }
        pool.close();
        platforms.close();
    }
}
