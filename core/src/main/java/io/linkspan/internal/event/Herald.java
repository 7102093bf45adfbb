package io.linkspan.internal.event;

import io.linkspan.event.LinkspanEvent;
import io.linkspan.event.LinkspanListener;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tells the listeners, each through its own bounded queue. Rests on the history: what was not heard, because a process
 * stopped or a queue was full, is told from there. Thread-safe.
 */
public final class Herald implements AutoCloseable {
    private final List<Mailbox> mailboxes;
    private final @Nullable ThreadPoolExecutor own;

    private Herald(List<LinkspanListener> listeners, Executor executor, @Nullable ThreadPoolExecutor own) {
        this.mailboxes = listeners.stream()
                .map(listener -> new Mailbox(listener, executor))
                .toList();
        this.own = own;
    }

    /**
     * Over listeners.
     *
     * @param listeners who hears
     * @param executor where listeners run, or null for threads of its own, one per listener while there is something to tell
     */
    public static Herald of(List<LinkspanListener> listeners, @Nullable Executor executor) {
        if (executor != null || listeners.isEmpty()) {
            return new Herald(listeners, executor == null ? Runnable::run : executor, null);
        }
        AtomicInteger number = new AtomicInteger();
        // not bounded by number: one drain per listener runs at a time, and the thread of the last may not be free yet
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "linkspan-listener-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        return new Herald(listeners, threads, threads);
    }

    /** Tells of something that rests on no stored change; left out where a queue is full. */
    public void tell(LinkspanEvent event) {
        mailboxes.forEach(mailbox -> mailbox.put(event));
    }

    /**
     * Tells what came after a position, in order.
     *
     * @param subject whose history
     * @param told the position that the store knows as told
     * @param newest the rows at hand, by sequence
     * @param rest reads the rows after a position, for a listener to whom the rows at hand are not the next
     */
    public void tell(String subject, long told, List<Row> newest, LongFunction<List<Row>> rest) {
        for (Mailbox mailbox : mailboxes) {
            long position = mailbox.queuedTo(subject, told);
            boolean next = !newest.isEmpty() && newest.get(0).sequence() <= position + 1;
            mailbox.put(subject, told, next ? newest : rest.apply(position));
        }
    }

    /** Up to where every listener has heard a subject; all of it when there is no listener. */
    public long heardTo(String subject, long told, long last) {
        long heard = last;
        for (Mailbox mailbox : mailboxes) {
            heard = Math.min(heard, mailbox.heardTo(subject, told));
        }
        return heard;
    }

    /** The store knows the position now. */
    public void recorded(String subject, long told) {
        mailboxes.forEach(mailbox -> mailbox.forget(subject, told));
    }

    /** Whether anybody listens. */
    public boolean listened() {
        return !mailboxes.isEmpty();
    }

    /** Ends its own threads. What is still queued stays untold, and is told by the next process from the history. */
    @Override
    public void close() {
        if (own != null) {
            own.shutdownNow();
        }
    }
}
