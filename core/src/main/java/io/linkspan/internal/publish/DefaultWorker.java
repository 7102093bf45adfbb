package io.linkspan.internal.publish;

import io.linkspan.LinkspanException;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.RedactedFailure;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.publish.Worker;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
    /** How long threads that were interrupted may take to end. */
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(10);

    private final Kernel kernel;
    private final JobRunner runner;
    private final JobQueue queue;
    private final DueWork due;
    private final ConnectionRepository connections;
    private final Roster roster;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Map<String, ExecutorService> tending = new ConcurrentHashMap<>();
    /** All threads that work is done in, and the one of the heartbeat, so that a close can wait for their end. */
    private final Set<Thread> working = ConcurrentHashMap.newKeySet();

    private final Set<Thread> beating = ConcurrentHashMap.newKeySet();
    /** Held while work is handed out, so that a close knows all that was. */
    private final Object handingOut = new Object();

    private AtomicBoolean closing = new AtomicBoolean();
    private @Nullable ExecutorService threads;
    private @Nullable JobLoop loop;
    private @Nullable ScheduledExecutorService poller;
    private @Nullable ScheduledExecutorService heart;

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
        if (threads != null) {
            return this;
        }
        kernel.hostTransactions().refuse("worker().start()");
        ExecutorService pool = Executors.newFixedThreadPool(
                FairShares.most(kernel.settings().threads()), task -> thread(task, "linkspan-worker", working));
        AtomicBoolean stop = new AtomicBoolean();
        JobLoop jobLoop = new JobLoop(kernel, queue, runner, pool, stop::get);
        long pause = kernel.settings().pollPause().toMillis();
        long beat = kernel.settings().jobLease().dividedBy(3).toMillis();
        guarded("first heartbeat", () -> roster.signOn(runner.held()));
        threads = pool;
        loop = jobLoop;
        closing = stop;
        heart = timer(() -> guarded("heartbeat", () -> beat(stop.get())), beat, beat, beating);
        poller = timer(() -> guarded("poll", () -> poll(jobLoop, pool, stop::get)), 0, pause, working);
        log.info(
                "worker started node={} threads={}",
                kernel.settings().node(),
                kernel.settings().threads());
        return this;
    }

    /** One thread that does one thing again and again, until it is shut down. The task keeps its failures to itself. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private static ScheduledExecutorService timer(Runnable task, long first, long pause, Set<Thread> started) {
        ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(work -> thread(work, "linkspan-timer", started));
        timer.scheduleWithFixedDelay(task, first, pause, TimeUnit.MILLISECONDS);
        return timer;
    }

    private static Thread thread(Runnable task, String name, Set<Thread> started) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        started.add(thread);
        return thread;
    }

    /** A timer ends for ever at the first throwable that leaves its task, so none does. */
    private static void guarded(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.warn("the {} failed and is repeated", what, RedactedFailure.of(e));
        }
    }

    /** The claims first: a view may be late, a lease may not. */
    private void beat(boolean stopping) {
        runner.beat();
        roster.beat(runner.held(), stopping);
        roster.freeJobsOfWrongClocks();
    }

    /** Jobs and the rest do not hold each other up when one of their stores fails. */
    private void poll(JobLoop jobLoop, ExecutorService pool, BooleanSupplier stop) {
        guarded("poll for jobs", jobLoop::poll);
        if (!stop.getAsBoolean()) {
            due.besidesJobs(record -> handOut(record, pool, stop));
        }
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
                        guarded("work on " + record.kind(), () -> due.work(record));
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
                        kernel.settings().renewalsAtOnce(), task -> thread(task, "linkspan-tend-" + name, working)));
    }

    @Override
    public int runDue() {
        kernel.hostTransactions().refuse("worker().runDue()");
        return due.besidesJobs(this::done) + due.jobs(this::done);
    }

    private boolean done(StoredRecord record) {
        if (Thread.currentThread().isInterrupted()) {
            return false; // the rest stays due
        }
        due.work(record);
        return true;
    }

    /** Whether the calling thread is one that a close waits for. */
    public boolean isWorking() {
        Thread here = Thread.currentThread();
        return working.contains(here) || beating.contains(here);
    }

    @Override
    public void close() {
        if (isWorking()) { // before the lock, which another close may hold that waits for this thread
            throw new IllegalStateException(
                    "the worker was closed from one of its own threads (%s), where it would wait for"
                                    .formatted(Thread.currentThread().getName())
                            + " itself. It keeps running; close it from another thread.");
        }
        end();
    }

    private synchronized void end() {
        if (threads == null || loop == null || poller == null || heart == null) {
            return;
        }
        boolean interrupted =
                Thread.interrupted(); // the wait is the same, or threads would outlive the database they use
        try {
            poller.shutdown();
            List<ExecutorService> pools;
            synchronized (handingOut) { // nothing is handed out after this
                closing.set(true);
                loop.giveBack();
                pools = Stream.concat(Stream.of(poller, threads), tending.values().stream())
                        .toList();
                tending.clear();
                pools.forEach(ExecutorService::shutdown);
            }
            guarded("heartbeat", () -> roster.beat(runner.held(), true));
            interrupted |= ended(pools, working, kernel.settings().refreshCall());
            // the heartbeat stops last, so that running steps keep their claims
            heart.shutdown();
            interrupted |= ended(List.of(heart), beating, AFTER_INTERRUPT);
            threads = null;
            guarded("end of the heartbeat", roster::signOff);
            log.info("worker stopped node={}", kernel.settings().node());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Waits until all threads ended. They are interrupted when that takes too long, or as soon as the caller is.
     *
     * @return whether the caller was interrupted; its flag is cleared
     */
    private static boolean ended(List<ExecutorService> pools, Set<Thread> started, Duration most) {
        boolean interrupted = false;
        boolean stopping = false;
        long deadline = System.nanoTime() + most.toNanos();
        Optional<Thread> next = alive(started);
        while (next.isPresent()) {
            boolean late = System.nanoTime() - deadline >= 0;
            if (stopping && late) {
                log.warn("the worker stops while a step goes on that ignores interrupts");
                break;
            }
            if (!stopping && (late || interrupted)) {
                stopping = true;
                deadline = System.nanoTime() + AFTER_INTERRUPT.toNanos();
                pools.forEach(ExecutorService::shutdownNow);
            }
            try {
                TimeUnit.NANOSECONDS.timedJoin(next.get(), deadline - System.nanoTime());
            } catch (InterruptedException e) {
                interrupted = true;
            }
            next = alive(started);
        }
        started.clear();
        return interrupted;
    }

    private static Optional<Thread> alive(Set<Thread> started) {
        return started.stream().filter(Thread::isAlive).findFirst();
    }
}
