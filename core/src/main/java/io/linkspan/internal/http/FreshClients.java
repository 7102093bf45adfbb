package io.linkspan.internal.http;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
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
    private final Deque<Fresh> unused = new ConcurrentLinkedDeque<>();
    private @Nullable Fresh shared;
    private volatile boolean closed;

    FreshClients(Function<Executor, HttpClient> make) {
        this.make = make;
    }

    /** A client that nobody else has and that keeps no connection. */
    Fresh take() {
        Fresh known = unused.poll();
        return known == null ? new Fresh() : known;
    }

    /** The client that keeps connections; made when it is first needed, because it has a thread. */
    synchronized HttpClient shared() {
        if (shared == null) {
            shared = new Fresh();
        }
        return shared.client();
    }

    /** Whether no client may be used any more. */
    boolean closed() {
        return closed;
    }

    /** Ends all clients and their threads. */
    @Override
    public synchronized void close() {
        closed = true;
        if (shared != null) {
            shared.done(true);
        }
        for (Fresh client = unused.poll(); client != null; client = unused.poll()) {
            client.done(true);
        }
        threads.shutdownNow();
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
            if (!carried && !closed) {
                unused.push(this);
            } else if (SHUTDOWN != null) {
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
