package io.linkspan.internal.http;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Clients without kept connections. One that carried a request is ended; one that never connected is as good as new.
 *
 * <p>Left to themselves, clients hold three threads and several open files each until the garbage collector comes by, which a
 * thousand renewals do not wait for.
 */
final class FreshClients {
    private static final @Nullable MethodHandle SHUTDOWN = shutdown();

    private final Function<Executor, HttpClient> make;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "linkspan-http");
        thread.setDaemon(true);
        return thread;
    });
    private final Deque<Fresh> unused = new ConcurrentLinkedDeque<>();

    FreshClients(Function<Executor, HttpClient> make) {
        this.make = make;
    }

    /** A client that nobody else has and that keeps no connection. */
    Fresh take() {
        Fresh known = unused.poll();
        return known == null ? new Fresh() : known;
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
            if (!carried) {
                unused.push(this);
            } else if (SHUTDOWN != null) {
                end(SHUTDOWN);
            } else {
                Thread thread = selector;
                if (thread != null) {
                    thread.interrupt();
                }
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
