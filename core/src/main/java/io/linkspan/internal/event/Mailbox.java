package io.linkspan.internal.event;

import io.linkspan.event.LinkspanEvent;
import io.linkspan.event.LinkspanListener;
import io.linkspan.internal.RedactedFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bounded queue of one listener. What does not fit stays untold and is offered again from the history. Knows per subject
 * how far it has queued and how far the listener has heard. Thread-safe.
 */
final class Mailbox {
    static final int CAPACITY = 1_000;
    private static final int SUBJECTS = 10_000;
    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    private record Letter(@Nullable String subject, long sequence, LinkspanEvent event) {}

    /** Bounded: who is forgotten hears something twice. */
    private static final class Positions extends LinkedHashMap<String, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > SUBJECTS;
        }

        long after(String subject, long told) {
            return Math.max(told, getOrDefault(subject, 0L));
        }
    }

    private final LinkspanListener listener;
    private final Executor executor;
    private final Deque<Letter> letters = new ArrayDeque<>();
    private final Positions queued = new Positions();
    private final Positions heard = new Positions();
    private boolean running;
    private boolean full;

    Mailbox(LinkspanListener listener, Executor executor) {
        this.listener = listener;
        this.executor = executor;
    }

    /** Up to where the subject is queued or heard. */
    synchronized long queuedTo(String subject, long told) {
        return queued.after(subject, told);
    }

    /** Up to where the listener has heard. */
    synchronized long heardTo(String subject, long told) {
        return heard.after(subject, told);
    }

    /** The store knows it now. */
    synchronized void forget(String subject, long told) {
        queued.computeIfPresent(subject, (key, at) -> at <= told ? null : at);
        heard.computeIfPresent(subject, (key, at) -> at <= told ? null : at);
    }

    /** Queues what is new of a subject, as far as there is room. */
    void put(String subject, long told, List<Row> rows) {
        synchronized (this) {
            long position = queued.after(subject, told);
            for (Row row : rows) {
                if (row.sequence() <= position) {
                    continue;
                }
                if (!room()) {
                    break; // and nothing after it, so that the order holds
                }
                letters.add(new Letter(subject, row.sequence(), row.event()));
                position = row.sequence();
            }
            queued.put(subject, position);
        }
        run();
    }

    /** Queues an event that nobody misses. */
    void put(LinkspanEvent event) {
        synchronized (this) {
            if (!room()) {
                return;
            }
            letters.add(new Letter(null, 0, event));
        }
        run();
    }

    private boolean room() {
        if (letters.size() < CAPACITY) {
            full = false;
            return true;
        }
        if (!full) {
            full = true;
            log.warn(
                    "a listener is behind listener={} waiting={}",
                    listener.getClass().getName(),
                    letters.size());
        }
        return false;
    }

    private void run() {
        synchronized (this) {
            if (running || letters.isEmpty()) {
                return;
            }
            running = true;
        }
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) {
            synchronized (this) {
                running = false; // closing: another process tells it from the history
            }
        }
    }

    private void drain() {
        while (true) {
            Letter letter;
            synchronized (this) {
                letter = letters.poll();
                if (letter == null) {
                    running = false;
                    return;
                }
            }
            hand(letter);
            String subject = letter.subject();
            if (subject != null) {
                synchronized (this) {
                    heard.put(subject, letter.sequence());
                }
            }
        }
    }

    private void hand(Letter letter) {
        try {
            listener.on(letter.event());
        } catch (Throwable e) { // whatever a listener does, the others and the work go on
            log.warn(
                    "a listener failed listener={} event={}",
                    listener.getClass().getName(),
                    letter.event().getClass().getSimpleName(),
                    RedactedFailure.of(e));
        }
    }
}
