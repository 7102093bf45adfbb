package io.linkspan.fleet;

import com.zaxxer.hikari.HikariDataSource;
import io.linkspan.Linkspan;
import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.StoreException;
import io.linkspan.instagram.Instagram;
import io.linkspan.instagram.InstagramReelOptions;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.publish.Decision;
import io.linkspan.publish.Fleet;
import io.linkspan.publish.Media;
import io.linkspan.publish.Post;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import io.linkspan.tiktok.TikTok;
import io.linkspan.tiktok.TikTokPrivacyLevel;
import io.linkspan.tiktok.TikTokVideoOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One run in real time: worker processes share one database, posts are accepted all the while, workers are killed and replaced, the
 * primary of the database dies in the middle; at the end the ledgers of the platforms are compared with what was accepted.
 */
final class FleetRun {
    private static final int THREADS = 4;
    private static final int ACCEPTING = 3;
    private static final int TRIES = 100;
    private static final Set<Phase> SETTLED = Set.of(Phase.PUBLISHED, Phase.IN_DOUBT, Phase.AWAITING_DECISION);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Plan plan;
    private final Platforms platforms;
    private final Product product;
    private final Linkspan linkspan;
    private final JobStore store;
    private final Takeovers takeovers = new Takeovers();
    private final Map<String, Accepted> accepted = new ConcurrentHashMap<>();
    private final List<String> broken = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger repeatedSubmits = new AtomicInteger();
    private List<Platforms.Target> targets = List.of();
    private int kills;

    private FleetRun(Plan plan, Platforms platforms, Product product, Linkspan linkspan, JobStore store) {
        this.plan = plan;
        this.platforms = platforms;
        this.product = product;
        this.linkspan = linkspan;
        this.store = store;
    }

    /** A post that was accepted. */
    record Accepted(String publication, Platforms.Target target) {}

    /**
     * Runs.
     *
     * @param plan what to do
     * @param folder for media
     * @param database address of the database, migrated
     * @param failover kills a server in the middle; null for none
     */
    static FleetReport run(Plan plan, Path folder, String database, Database.@Nullable Failover failover)
            throws Exception {
        try (Platforms platforms = new Platforms(folder)) {
            Product product = platforms.product(database).named("driver", THREADS);
            try (HikariDataSource pool = product.pool(ACCEPTING + 3)) {
                JdbcStores.migrate(pool);
                JdbcStores stores = JdbcStores.create(pool);
                try (Linkspan linkspan = product.linkspan(stores, event -> {})) {
                    return new FleetRun(plan, platforms, product, linkspan, stores.jobs()).run(failover);
                }
            }
        }
    }

    private FleetReport run(Database.@Nullable Failover failover) throws Exception {
        targets = platforms.connect(linkspan, plan.connections());
        System.out.println("connected " + targets.size() + " accounts");
        long begin = System.nanoTime();
        List<WorkerSlot> slots = new ArrayList<>();
        ExecutorService accepting = Executors.newFixedThreadPool(ACCEPTING);
        AtomicReference<@Nullable Duration> failoverTook = new AtomicReference<>();
        try {
            for (int i = 0; i < plan.workers(); i++) {
                slots.add(new WorkerSlot(product, "worker-" + (char) ('a' + i), this::told));
            }
            List<Future<?>> submits = new ArrayList<>();
            for (int i = 0; i < ACCEPTING; i++) {
                int first = i;
                submits.add(accepting.submit(() -> acceptEach(first)));
            }
            work(slots, submits, begin, failover, failoverTook);
            for (Future<?> submit : submits) {
                submit.get();
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            for (WorkerSlot slot : slots) {
                if (!slot.terminate()) {
                    broken.add("a worker did not end at SIGTERM");
                }
            }
            FleetAudit audit = FleetAudit.of(platforms, linkspan, accepted);
            List<String> violations = new ArrayList<>(broken);
            violations.addAll(audit.violations());
            return new FleetReport(
                    plan, took, kills, failoverTook.get(), repeatedSubmits.get(), takeovers.waits(), audit, violations);
        } finally {
            accepting.shutdownNow();
            slots.forEach(WorkerSlot::close);
        }
    }

    /** Kills until everything was accepted and has its end, or the limit is reached. */
    private void work(
            List<WorkerSlot> slots,
            List<Future<?>> submits,
            long begin,
            Database.@Nullable Failover failover,
            AtomicReference<@Nullable Duration> failoverTook)
            throws InterruptedException {
        Random random = new Random(1);
        long nextKill = begin + plan.killEvery().toNanos();
        Thread failing = null;
        int shown = 0;
        while (System.nanoTime() - begin < plan.limit().toNanos()) {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            if (failover != null && failing == null && posted() > plan.publications() / 2) {
                failing = new Thread(() -> failOver(failover, failoverTook), "failover");
                failing.start();
            }
            boolean done = submits.stream().allMatch(Future::isDone) && onlyDoubtIsLeft();
            if (done && (failing != null || failover == null) && answered()) {
                break;
            }
            if (!done && System.nanoTime() > nextKill) {
                kill(slots.get(random.nextInt(slots.size())));
                nextKill = System.nanoTime() + plan.killEvery().toNanos();
            }
            lookAtOrphans();
            if (++shown % 15 == 0) {
                show();
            }
        }
        if (failing != null) {
            failing.join();
        }
    }

    private void failOver(Database.Failover failover, AtomicReference<@Nullable Duration> took) {
        long begin = System.nanoTime();
        try {
            Database.Mending killed = failover.kill();
            took.set(Duration.ofNanos(System.nanoTime() - begin));
            killed.mend();
        } catch (IOException e) {
            broken.add("the database did not fail over: " + e.getMessage());
        }
    }

    private long posted() {
        return platforms.ledger(TikTok.PLATFORM).posts().size()
                + (long) platforms.ledger(Instagram.PLATFORM).posts().size();
    }

    private void show() {
        try {
            Fleet fleet = linkspan.fleet();
            System.out.println(accepted.size() + " accepted, " + posted() + " posted, " + kills + " killed, "
                    + fleet.workers().stream().filter(Fleet.Member::alive).count() + " workers not silent, lag "
                    + fleet.lag().toSeconds() + " s, " + fleet.jobs());
        } catch (StoreException e) {
            System.out.println("the database does not answer: " + e.getMessage());
        }
    }

    /** What is published may still be looked for by its address, which is not waited for. */
    private boolean onlyDoubtIsLeft() {
        try {
            return SETTLED.containsAll(linkspan.fleet().jobs().keySet());
        } catch (StoreException e) {
            return false;
        }
    }

    /** Whether nobody has to answer any more; a person looks at the profile and answers truly. */
    private boolean answered() {
        if (!plan.person()) {
            return true;
        }
        Set<String> seen = new HashSet<>();
        for (Platform platform : List.of(TikTok.PLATFORM, Instagram.PLATFORM)) {
            platforms.ledger(platform).posts().forEach(post -> seen.add(post.text()));
        }
        List<Accepted> missing = accepted.entrySet().stream()
                .filter(entry -> !seen.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        missing.forEach(this::tryAgain);
        return missing.isEmpty();
    }

    private void tryAgain(Accepted post) {
        Owner owner = Product.owner(post.target().number());
        PublicationId id = new PublicationId(post.publication());
        linkspan.publisher()
                .find(owner, id)
                .map(publication -> publication.jobs().get(0))
                .filter(job -> job.state().phase() == Phase.AWAITING_DECISION)
                .ifPresent(job -> linkspan.publisher().decide(owner, id, job.id(), Decision.TRY_AGAIN, "person"));
    }

    private void kill(WorkerSlot slot) throws InterruptedException {
        long killedAt = System.nanoTime();
        String node = slot.killAndReplace();
        kills++;
        for (Takeovers.Orphan orphan : takeovers.heldBy(node)) {
            if (record(orphan)
                    .filter(record -> record.status().equals("committing"))
                    .isPresent()) {
                takeovers.orphaned(orphan.job(), node, killedAt);
            }
        }
    }

    /** A claim is told by nobody, but it is a write: the record of a job that was taken over has another version. */
    private void lookAtOrphans() {
        takeovers
                .waiting()
                .forEach(orphan -> record(orphan).ifPresent(record -> takeovers.seen(orphan.job(), record.version())));
    }

    /** The record of a job; empty while nobody can tell, as during the failover. */
    private Optional<StoredRecord> record(Takeovers.Orphan orphan) {
        try {
            return accepted.values().stream()
                    .filter(post -> post.publication().equals(orphan.publication()))
                    .findFirst()
                    .flatMap(post ->
                            store.find(Product.owner(post.target().number()).tenant(), RecordKind.JOB, orphan.job()));
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    private void told(String node, String line) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("moved") && words.length == 4) {
            takeovers.moved(node, words[1], words[2], words[3]);
        }
    }

    private void acceptEach(int first) {
        for (int i = first; i < plan.publications(); i += ACCEPTING) {
            Platforms.Target target = targets.get(i % targets.size());
            String key = "post-" + i;
            accepted.put(key, new Accepted(submit(key, target).id().value(), target));
        }
    }

    /** As a host does it: an answer that did not come is asked for again, with the same key. */
    private Publication submit(String key, Platforms.Target target) {
        Post post = Post.video(Media.file(product.video()))
                .caption(key)
                .options(
                        TikTok.PLATFORM,
                        TikTokVideoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE)
                                .build()
                                .toMap())
                .options(
                        Instagram.PLATFORM,
                        InstagramReelOptions.builder().build().toMap())
                .to(target.id());
        for (int tries = 1; ; tries++) {
            try {
                return linkspan.publisher().submit(Product.owner(target.number()), key, post);
            } catch (StoreException e) {
                if (tries == TRIES) {
                    throw e;
                }
                repeatedSubmits.incrementAndGet();
            }
        }
    }
}
