package io.linkspan.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Lets a number of threads do the same at the same time. */
final class QueueThreads {
    private QueueThreads() {}

    @FunctionalInterface
    interface Part {
        void of(int thread) throws Exception;
    }

    /** How long it took from the common start to the end of the last, in seconds. */
    static double seconds(int threads, Part part) throws Exception {
        long[] start = new long[1];
        CyclicBarrier ready = new CyclicBarrier(threads, () -> start[0] = System.nanoTime());
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Long>> ends = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                Callable<Long> timed = () -> {
                    ready.await();
                    part.of(thread);
                    return System.nanoTime();
                };
                ends.add(executor.submit(timed));
            }
            long last = Long.MIN_VALUE;
            for (Future<Long> end : ends) {
                last = Math.max(last, end.get());
            }
            return (last - start[0]) / 1e9;
        } finally {
            executor.shutdownNow();
        }
    }
}
