package io.linkspan.internal.publish;

import io.linkspan.LinkspanException;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.publish.Worker;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.util.List;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Worker}: one loop looks for what is due, a few threads do it, one heartbeat keeps their claims. */
public final class DefaultWorker implements Worker {
    private static final Logger log = LoggerFactory.getLogger(DefaultWorker.class);

    private final Kernel kernel;
    private final JobRunner runner;
    private final JobQueue queue;
    private final DueWork due;
    private final ConnectionRepository connections;
    private final Roster roster;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
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
            JobQueue queue,
            DueWork due,
            ConnectionRepository connections,
            Roster roster) {
        this.kernel = kernel;
        this.runner = runner;
        this.queue = queue;
        this.due = due;
        this.connections = connections;
        this.roster = roster;
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
        JobLoop loop = new JobLoop(kernel, queue, runner, pool, stop::get);
        long pause = kernel.settings().pollPause().toMillis();
        Duration beat = kernel.settings().jobLease().dividedBy(3);
        guarded("first heartbeat", () -> roster.signOn(runner.held()));
        polling = clockwork.scheduleWithFixedDelay(
                () -> guarded("poll", () -> poll(loop, pool, stop::get)), 0, pause, TimeUnit.MILLISECONDS);
        beating = clockwork.scheduleWithFixedDelay(
                () -> guarded("heartbeat", () -> beat(stop.get())),
                beat.toMillis(),
                beat.toMillis(),
                TimeUnit.MILLISECONDS);
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

    /** The claims first: a view may be late, a lease may not. */
    private void beat(boolean stopping) {
        runner.beat();
        roster.beat(runner.held(), stopping);
    }

    /** Jobs and the rest do not hold each other up when one of their stores fails. */
    private void poll(JobLoop loop, ExecutorService pool, BooleanSupplier stop) {
        guarded("poll for jobs", loop::fill);
        due.besidesJobs(record -> handOut(record, pool, stop));
    }

    private boolean handOut(StoredRecord record, ExecutorService pool, BooleanSupplier stop) {
        String key = DueWork.key(record);
        synchronized (handingOut) {
            if (stop.getAsBoolean() || !busy.add(key)) {
                return false;
            }
            executor(record, pool).execute(() -> {
                try {
                    if (!stop.getAsBoolean()) {
                        due.work(record);
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
        return due.besidesJobs(this::done) + due.jobs(this::done);
    }

    private boolean done(StoredRecord record) {
        due.work(record);
        return true;
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
        guarded("heartbeat", () -> roster.beat(runner.held(), true));
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
        guarded("end of the heartbeat", roster::signOff);
        log.info("worker stopped node={}", kernel.settings().node());
    }
}
