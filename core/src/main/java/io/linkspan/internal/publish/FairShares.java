package io.linkspan.internal.publish;

import io.linkspan.TenantId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Divides the threads of a worker among tenants. One tenant may use all of them while no other has work. While it holds more than half,
 * half as many spare threads are kept for the others, so that calls of one tenant that hang delay no other tenant. Thread-safe.
 *
 * @param <T> a piece of work
 */
final class FairShares<T> {
    private final int threads;
    private final int half;
    private final List<Work<T>> waiting = new ArrayList<>();
    private final Map<TenantId, Integer> running = new HashMap<>();
    private int total;

    /** A piece of work of a tenant; urgent work comes before all other that may start. */
    record Work<T>(TenantId tenant, boolean urgent, T task) {}

    FairShares(int threads) {
        this.threads = threads;
        this.half = half(threads);
    }

    private static int half(int threads) {
        return Math.max(1, threads / 2);
    }

    /** The most that run at the same time, spare threads included. */
    static int most(int threads) {
        return threads + half(threads);
    }

    /** Takes work in hand. */
    synchronized void add(Work<T> work) {
        waiting.add(work);
    }

    /** Starts the next piece of work, if one may: urgent work first, then of the tenant with the fewest running, as they came. */
    synchronized Optional<Work<T>> start() {
        Optional<Work<T>> next = waiting.stream()
                .filter(work -> mayStart(work.tenant()))
                .min(Comparator.comparing((Work<T> work) -> !work.urgent())
                        .thenComparing(work -> running(work.tenant())));
        next.ifPresent(work -> {
            waiting.remove(work);
            running.merge(work.tenant(), 1, Integer::sum);
            total++;
        });
        return next;
    }

    /** Notes that a started piece of work ended. */
    synchronized void ended(TenantId tenant) {
        running.computeIfPresent(tenant, (it, count) -> count == 1 ? null : count - 1);
        total--;
    }

    /** How much is in hand: running and waiting. */
    synchronized int held() {
        return total + waiting.size();
    }

    /** Whether work of this tenant would find a thread. */
    synchronized boolean mayStart(TenantId tenant) {
        return total < threads || (running(tenant) < half && spare());
    }

    /** Whether one tenant holds more than half of the threads, and a spare one is free for another. */
    synchronized boolean spare() {
        return total < most(threads) && running.values().stream().anyMatch(count -> 2 * count > threads);
    }

    /** Hands out what has not been started; it is not in hand any more. */
    synchronized List<T> empty() {
        List<T> tasks = waiting.stream().map(Work::task).toList();
        waiting.clear();
        return tasks;
    }

    private int running(TenantId tenant) {
        return running.getOrDefault(tenant, 0);
    }
}
