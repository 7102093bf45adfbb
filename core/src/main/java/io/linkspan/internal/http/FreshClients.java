package io.linkspan.internal.http;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP clients of one Linkspan and their threads. For calls that leave once at most there are clients without kept connections:
 * one that carried a request is ended; one that never connected is as good as new. All others share one.
 *
 * <p>Left to themselves, clients hold three threads and several open files each until the garbage collector comes by, which a
 * thousand renewals do not wait for.
 */
final class FreshClients implements AutoCloseable {
    private static final @Nullable MethodHandle SHUTDOWN = shutdown();
    /** How a client shows the number that is in the name of its thread (Java 17 to 20). */
    private static final Pattern NUMBER = Pattern.compile("\\((\\d+)\\)$");

    private final Function<Executor, HttpClient> make;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "linkspan-http");
        thread.setDaemon(true);
        return thread;
    });
    /** All that were made and are not ended, so that a close ends each of them. */
    private final Set<Fresh> alive = new HashSet<>();

    private final Deque<Fresh> unused = new ArrayDeque<>();
    private @Nullable Fresh shared;
    private volatile boolean closed;

    FreshClients(Function<Executor, HttpClient> make) {
        this.make = make;
    }

    /** A client that nobody else has and that keeps no connection; none after the close. */
    Optional<Fresh> take() {
        Optional<Fresh> known = known();
        return known.isPresent() ? known : made();
    }

    private synchronized Optional<Fresh> known() {
        return Optional.ofNullable(unused.poll());
    }

    /** Made outside of the lock, for it takes a while; one that came too late for the close is ended here. */
    private Optional<Fresh> made() {
        if (closed) {
            return Optional.empty();
        }
        Fresh made = new Fresh();
        synchronized (this) {
            if (!closed) {
                alive.add(made);
                return Optional.of(made);
            }
        }
        made.end();
        return Optional.empty();
    }

    /** The client that keeps connections; made when it is first needed, because it has a thread. None after the close. */
    synchronized Optional<HttpClient> shared() {
        if (shared == null) {
            shared = made().orElse(null);
        }
        return closed ? Optional.empty() : Optional.ofNullable(shared).map(Fresh::client);
    }

    /** Whether no client may be used any more. */
    boolean closed() {
        return closed;
    }

    /** Ends all clients and their threads, also those that carry a request. */
    @Override
    public synchronized void close() {
        closed = true;
        unused.clear();
        alive.forEach(Fresh::end);
        alive.clear();
        threads.shutdownNow();
    }

    private synchronized boolean kept(Fresh client, boolean carried) {
        if (carried || closed) {
            alive.remove(client);
            return false;
        }
        unused.push(client);
        return true;
    }

    /** The thread of a client, which a client that never connected has not shown yet (before Java 21). */
    private static Optional<Thread> selector(HttpClient client) {
        Matcher number = NUMBER.matcher(client.toString());
        if (!number.find()) {
            return Optional.empty(); // the garbage collector ends it
        }
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        Thread[] found = new Thread[2 * all.activeCount() + 16];
        int count = all.enumerate(found);
        String name = "HttpClient-" + number.group(1) + "-SelectorManager";
        return Arrays.stream(found, 0, count)
                .filter(thread -> thread.getName().equals(name))
                .findFirst();
    }

    /** Since Java 21. */
    private static @Nullable MethodHandle shutdown() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(HttpClient.class, "shutdownNow", MethodType.methodType(void.class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return null;
        }
    }

    /** A client for one request. */
    final class Fresh implements Executor {
        private final HttpClient client = make.apply(this);
        private volatile @Nullable Thread selector;

        HttpClient client() {
            return client;
        }

        /** Work comes from the client's own thread, which ends the client when it is interrupted (Java 17). */
        @Override
        public void execute(Runnable work) {
            Thread current = Thread.currentThread();
            if (current.getName().endsWith("-SelectorManager")) {
                selector = current;
            }
            threads.execute(work);
        }

        /** Gives the client back. */
        void done(boolean carried) {
            if (!kept(this, carried)) {
                end();
            }
        }

        private void end() {
            if (SHUTDOWN != null) {
                end(SHUTDOWN);
            } else {
                Optional.ofNullable(selector).or(() -> selector(client)).ifPresent(Thread::interrupt);
            }
        }

        private void end(MethodHandle shutdown) {
            try {
                shutdown.invokeExact(client);
            } catch (Throwable e) {
                throw new IllegalStateException("the HTTP client did not shut down", e);
            }
        }
    }
}
