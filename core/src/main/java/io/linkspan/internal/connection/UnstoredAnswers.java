package io.linkspan.internal.connection;

import io.linkspan.internal.RedactedFailure;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results of token requests that no store accepted when they were known: an answer with tokens, or that nothing was sent. The memory of
 * this process is the only place that has them, so each is written again until a store accepts it: by the worker, and by the calls of
 * the host. Thread-safe.
 */
final class UnstoredAnswers {
    private static final Logger log = LoggerFactory.getLogger(UnstoredAnswers.class);

    private final ConcurrentMap<String, Supplier<?>> waiting = new ConcurrentHashMap<>();
    private final AtomicBoolean retrying = new AtomicBoolean();
    private final BooleanSupplier inHostTransaction;

    /** Writes nothing again in a transaction of the host, whose rollback would lose the only copy. */
    UnstoredAnswers(BooleanSupplier inHostTransaction) {
        this.inHostTransaction = inHostTransaction;
    }

    /**
     * Writes what an answer came to. When the write fails it is repeated later, and so has to find out by itself what was
     * written the first time; the failure is passed on.
     */
    <T extends @Nullable Object> T write(String key, Supplier<T> write) {
        try {
            T result = uninterrupted(write);
            waiting.remove(key);
            return result;
        } catch (RuntimeException e) {
            if (waiting.put(key, write) == null) {
                log.warn(
                        "the result of a token request could not be stored and is kept in memory, for={}",
                        shown(key),
                        RedactedFailure.of(e));
            }
            throw e;
        }
    }

    /** Writes the answer that waits under a key, if there is one. */
    boolean settle(String key) {
        Supplier<?> late = waiting.get(key);
        if (late != null) {
            uninterrupted(late);
            waiting.remove(key, late);
        }
        return late != null;
    }

    /** Writes all that waits, unless the host may roll it back; what still fails stays. */
    void retry() {
        if (!waiting.isEmpty() && !mayBeRolledBack()) {
            writeAll();
        }
    }

    private boolean mayBeRolledBack() {
        try {
            return inHostTransaction.getAsBoolean();
        } catch (RuntimeException e) { // the store is still away
            log.debug("a store does not say whether a transaction of the host is running", e);
            return true;
        }
    }

    private void writeAll() {
        if (!retrying.compareAndSet(false, true)) {
            return; // another thread does it
        }
        try {
            for (String key : List.copyOf(waiting.keySet())) {
                try {
                    settle(key);
                } catch (RuntimeException e) {
                    log.debug("still not stored, for={}", shown(key), e);
                }
            }
        } finally {
            retrying.set(false);
        }
    }

    /** Writes all that waits for the last time. */
    void close() {
        writeAll();
        if (!waiting.isEmpty()) {
            log.warn(
                    "closed while {} results of token requests could not be stored; an account whose new tokens are among them"
                            + " has to connect again: {}",
                    waiting.size(),
                    waiting.keySet().stream().map(UnstoredAnswers::shown).toList());
        }
    }

    private static String shown(String key) {
        return key.replace('\n', ' ');
    }

    /** An interrupt ends a call, and not the write of what the platform has answered by then. */
    static <T extends @Nullable Object> T uninterrupted(Supplier<T> write) {
        boolean interrupted = Thread.interrupted();
        try {
            return write.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
