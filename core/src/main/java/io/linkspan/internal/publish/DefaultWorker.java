package io.linkspan.internal.publish;

import io.linkspan.LinkspanException;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.internal.connection.Connector;
import io.linkspan.internal.connection.Deletions;
import io.linkspan.internal.connection.Disconnector;
import io.linkspan.internal.connection.HealthCheck;
import io.linkspan.internal.connection.Removals;
import io.linkspan.internal.connection.Renewer;
import io.linkspan.internal.connection.UnwantedGrants;
import io.linkspan.publish.Worker;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Worker}: one loop looks for what is due, a few threads do it, one heartbeat keeps their claims. */
public final class DefaultWorker implements Worker {
    private static final Logger log = LoggerFactory.getLogger(DefaultWorker.class);
    private static final int BATCH = 100;
    /** So many due jobs are put in a fair order at once. */
    private static final int JOBS_AT_A_GLANCE = 1000;

    private static final Duration REST = Duration.ofSeconds(30);

    private final Kernel kernel;
    private final JobRunner runner;
    private final JobRepository jobs;
    private final DefaultPublisher publisher;
    private final ConnectionRepository connections;
    private final Connector connector;
    private final Renewer renewer;
    private final HealthCheck healthCheck;
    private final Disconnector disconnector;
    private final Consumer<StoredRecord> links;
    private final Removals removals;
    private final Deletions deletions;
    private final UnwantedGrants unwanted;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    /** Records whose last work failed, and until when they are left alone, so that they do not crowd out the others. */
    private final Map<String, Instant> resting = new ConcurrentHashMap<>();

    private final Map<String, ExecutorService> tending = new ConcurrentHashMap<>();
    /** Held while work is handed out, so that a close knows all that was. */
    private final Object handingOut = new Object();

    private AtomicBoolean closing = new AtomicBoolean();
    private @Nullable ExecutorService threads;
    private @Nullable ScheduledExecutorService timer;
    private @Nullable Future<?> polling;
    private @Nullable Future<?> beating;

    DefaultWorker(
            Kernel kernel,
            JobRunner runner,
            JobRepository jobs,
            DefaultPublisher publisher,
            ConnectionRepository connections,
            Connector connector,
            Renewer renewer,
            HealthCheck healthCheck,
            Disconnector disconnector,
            Removals removals,
            Deletions deletions,
            Consumer<StoredRecord> links) {
        this.kernel = kernel;
        this.runner = runner;
        this.jobs = jobs;
        this.publisher = publisher;
        this.connections = connections;
        this.connector = connector;
        this.renewer = renewer;
        this.healthCheck = healthCheck;
        this.disconnector = disconnector;
        this.links = links;
        this.removals = removals;
        this.deletions = deletions;
        this.unwanted = new UnwantedGrants(kernel, connections);
    }

    @Override
    public synchronized Worker start() {
        if (timer != null) {
            throw new IllegalStateException("the worker runs already");
        }
        ExecutorService pool =
                Executors.newFixedThreadPool(kernel.settings().threads(), task -> thread(task, "linkspan-worker"));
        ScheduledExecutorService clockwork =
                Executors.newScheduledThreadPool(2, task -> thread(task, "linkspan-timer"));
        threads = pool;
        timer = clockwork;
        AtomicBoolean stop = new AtomicBoolean();
        closing = stop;
        long pause = kernel.settings().pollPause().toMillis();
        Duration beat = kernel.settings().jobLease().dividedBy(3);
        polling = clockwork.scheduleWithFixedDelay(
                () -> guarded("poll", () -> poll(pool, stop::get)), 0, pause, TimeUnit.MILLISECONDS);
        beating = clockwork.scheduleWithFixedDelay(
                () -> guarded("heartbeat", runner::beat), beat.toMillis(), beat.toMillis(), TimeUnit.MILLISECONDS);
        log.info(
                "worker started node={} threads={}",
                kernel.settings().node(),
                kernel.settings().threads());
        return this;
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void guarded(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.warn("the {} failed and is repeated", what, e);
        }
    }

    private void poll(ExecutorService pool, BooleanSupplier stop) {
        each(record -> handOut(record, pool, stop));
    }

    private boolean handOut(StoredRecord record, ExecutorService pool, BooleanSupplier stop) {
        String key = key(record);
        synchronized (handingOut) {
            if (stop.getAsBoolean() || !busy.add(key)) {
                return false;
            }
            executor(record, pool).execute(() -> {
                try {
                    if (!stop.getAsBoolean()) {
                        work(record, stop);
                    }
                } finally {
                    busy.remove(key);
                }
            });
            return true;
        }
    }

    /** Connections have threads of their own, a few per platform, so that a herd of renewals holds up no post. */
    private ExecutorService executor(StoredRecord record, ExecutorService pool) {
        if (record.kind() != RecordKind.CONNECTION) {
            return pool;
        }
        String platform;
        try {
            platform = connections.read(record).doc().platform();
        } catch (LinkspanException e) {
            return pool; // said when it is worked on
        }
        return tending.computeIfAbsent(
                platform,
                name -> Executors.newFixedThreadPool(
                        kernel.settings().renewalsAtOnce(), task -> thread(task, "linkspan-tend-" + name)));
    }

    @Override
    public int runDue() {
        return each(record -> {
            work(record, () -> false);
            return true;
        });
    }

    private int each(Predicate<StoredRecord> visitor) {
        Instant now = kernel.now();
        resting.values().removeIf(until -> !now.isBefore(until));
        int batch = Math.min(1000, BATCH + resting.size());
        int worked = 0;
        renewer.flush();
        for (RecordKind kind : List.of(
                RecordKind.PENDING_CONNECT,
                RecordKind.CONNECTION,
                RecordKind.ACCOUNT_LINK,
                RecordKind.UNWANTED_GRANT,
                RecordKind.WEBHOOK_SEEN)) {
            worked += visit(kernel.tokens().due(kind, now, batch), visitor);
        }
        worked += visit(kernel.jobs().due(RecordKind.PUBLICATION, now, batch), visitor);
        worked += visit(FairOrder.of(kernel.jobs().due(RecordKind.JOB, now, JOBS_AT_A_GLANCE)), visitor);
        return worked;
    }

    private int visit(List<StoredRecord> due, Predicate<StoredRecord> visitor) {
        Instant now = kernel.now();
        int worked = 0;
        for (StoredRecord record : due) {
            record.dueAt()
                    .ifPresent(since -> kernel.observer()
                            .meter()
                            .time(
                                    "linkspan.queue.lag",
                                    Duration.between(since, now),
                                    Map.of("kind", record.kind().name().toLowerCase(Locale.ROOT))));
            Instant until = resting.get(key(record));
            boolean rests = until != null && now.isBefore(until);
            worked += !rests && visitor.test(record) ? 1 : 0;
        }
        return worked;
    }

    private static String key(StoredRecord record) {
        return record.kind() + "\n" + record.tenant() + "\n" + record.id();
    }

    /** Works on one record; what goes wrong with it harms no other. */
    private void work(StoredRecord record, BooleanSupplier stop) {
        try {
            action(record.kind(), stop).accept(record);
            resting.remove(key(record));
        } catch (LinkspanException e) {
            resting.put(key(record), kernel.now().plus(REST));
            log.warn("work on {} {} failed and is repeated: {}", record.kind(), record.id(), e.getMessage());
        } catch (RuntimeException e) {
            resting.put(key(record), kernel.now().plus(REST));
            log.error("work on {} {} failed unexpectedly and is repeated", record.kind(), record.id(), e);
        }
    }

    private Consumer<StoredRecord> action(RecordKind kind, BooleanSupplier stop) {
        return switch (kind) {
            case PENDING_CONNECT -> connector::recover;
            case CONNECTION -> this::connection;
            case WEBHOOK_SEEN -> deletions::goOn;
            case PUBLICATION -> publisher::fanOut;
            case JOB -> record -> job(jobs.read(record), stop);
            case UNWANTED_GRANT -> unwanted::work;
            case ACCOUNT_LINK -> links;
            case ACCOUNT_ALIAS, LANE -> record -> {};
        };
    }

    private void job(JobRepository.Stored stored, BooleanSupplier stop) {
        if (!jobs.toldAgain(stored)) {
            runner.run(stored, stop);
        }
    }

    private void connection(StoredRecord record) {
        ConnectionRepository.Stored stored = connections.read(record);
        if (connections.untold(stored)) {
            stored = connections.tellAgain(stored);
            if (stored.record()
                    .dueAt()
                    .filter(due -> !due.isAfter(kernel.now()))
                    .isEmpty()) {
                return; // there was nothing else
            }
        }
        if (stored.doc().revoke() != null && stored.doc().sides().local() != Sides.Local.HELD) {
            disconnector.step(stored);
        } else if (removals.due(stored)) {
            removals.look(stored);
        } else if (stored.doc().checkAt() != null
                && !kernel.now().isBefore(stored.doc().checkAt())) {
            healthCheck.check(stored);
        } else {
            renewer.tend(stored);
        }
    }

    @Override
    public synchronized void close() {
        if (timer == null || threads == null) {
            return;
        }
        if (polling != null) {
            polling.cancel(false);
        }
        List<ExecutorService> pools;
        synchronized (handingOut) { // nothing is handed out after this
            closing.set(true);
            pools = Stream.concat(Stream.of(threads), tending.values().stream()).toList();
            tending.clear();
            pools.forEach(ExecutorService::shutdown);
        }
        long deadline = System.nanoTime() + kernel.settings().refreshCall().toNanos();
        try {
            for (ExecutorService pool : pools) {
                if (!pool.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    pool.shutdownNow();
                }
            }
        } catch (InterruptedException e) {
            pools.forEach(ExecutorService::shutdownNow);
            Thread.currentThread().interrupt();
        }
        // the heartbeat stops last, so that running steps keep their claims
        if (beating != null) {
            beating.cancel(false);
        }
        timer.shutdown();
        timer = null;
        threads = null;
        log.info("worker stopped node={}", kernel.settings().node());
    }
}
