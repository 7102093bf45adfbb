package io.linkspan.testkit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Runs one piece of work in several threads that start at the same moment. */
final class Together {
    static final int THREADS = 8;
    private static final long LONGEST_SECONDS = 120;

    private Together() {}

    static <T> List<T> run(IntFunction<T> work) {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch ready = new CountDownLatch(THREADS);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                futures.add(executor.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return work.apply(thread);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(LONGEST_SECONDS, TimeUnit.SECONDS));
            }
            return results;
        } catch (ExecutionException e) {
            throw new AssertionError(message(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "eight threads should end within " + LONGEST_SECONDS
                            + " seconds; the store blocks or refuses for ever",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            executor.shutdownNow();
        }
    }

    private static String message(@Nullable Throwable failure) {
        return failure instanceof AssertionError
                ? String.valueOf(failure.getMessage())
                : "one of eight threads got an exception from the store: " + failure;
    }
}
