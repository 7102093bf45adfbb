package io.linkspan.fleet;

import io.linkspan.StoreException;
import io.linkspan.TenantId;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Eight threads that append to a few records by compare-and-set. Each attempt has a mark of its own, and a record's payload is the marks of
 * all writes that took effect, in order: so it tells afterwards which did, how often, and after which.
 */
final class Writers implements AutoCloseable {
    private static final TenantId TENANT = new TenantId("tenant-failover");
    private static final int THREADS = 8;
    private static final int RECORDS = 24;

    private enum Answer {
        ACKNOWLEDGED,
        REFUSED,
        FAILED
    }

    private record Attempt(String id, long version, String mark, Answer answer, long ended) {}

    private final JobStore store;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private volatile boolean stopped;

    Writers(JobStore store) {
        this.store = store;
        for (int i = 0; i < RECORDS; i++) {
            store.insert(StoredRecord.builder(TENANT, RecordKind.JOB, "id-" + i)
                    .payload(new byte[0])
                    .build());
        }
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            threads.execute(() -> write(thread));
        }
    }

    private void write(int thread) {
        for (int number = 0; !stopped; number++) {
            String id = "id-" + ThreadLocalRandom.current().nextInt(RECORDS);
            String mark = thread + "." + number + " ";
            try {
                append(id, mark, store.find(TENANT, RecordKind.JOB, id).orElseThrow());
            } catch (StoreException | NoSuchElementException e) {
                noted(e); // nothing was written
            }
        }
    }

    private void append(String id, String mark, StoredRecord read) {
        StoredRecord next = read.next()
                .payload((text(read) + mark).getBytes(StandardCharsets.UTF_8))
                .build();
        Answer answer;
        try {
            answer = store.replace(next) ? Answer.ACKNOWLEDGED : Answer.REFUSED;
        } catch (StoreException e) {
            noted(e);
            answer = Answer.FAILED;
        }
        attempts.add(new Attempt(id, next.version(), mark, answer, System.nanoTime()));
    }

    private void noted(RuntimeException e) {
        synchronized (failures) {
            failures.merge(String.valueOf(e.getMessage()).replaceAll("id-\\d+", "id"), 1, Integer::sum);
        }
    }

    /** Waits until so many more writes are acknowledged. */
    void awaitMore(int writes, Duration limit) throws Exception {
        long wanted = count(Answer.ACKNOWLEDGED) + writes;
        try {
            Machine.await(writes + " more acknowledged writes", limit, () -> count(Answer.ACKNOWLEDGED) >= wanted);
        } catch (IOException e) {
            synchronized (failures) {
                throw new IOException(e.getMessage() + "; failures up to now: " + failures, e);
            }
        }
    }

    private long count(Answer answer) {
        return attempts.stream().filter(attempt -> attempt.answer() == answer).count();
    }

    /** The longest time between two acknowledged writes: what callers see of an interruption. */
    Duration longestSilence() {
        List<Long> moments = attempts.stream()
                .filter(attempt -> attempt.answer() == Answer.ACKNOWLEDGED)
                .map(Attempt::ended)
                .sorted()
                .toList();
        long longest = 0;
        for (int i = 1; i < moments.size(); i++) {
            longest = Math.max(longest, moments.get(i) - moments.get(i - 1));
        }
        return Duration.ofNanos(longest);
    }

    /** Stops all threads and compares what they were told with what is stored. */
    Found stop() throws InterruptedException {
        close();
        if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
            throw new AssertionError("a writer does not come back from the store");
        }
        Map<String, List<String>> stored = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            StoredRecord record = store.find(TENANT, RecordKind.JOB, "id-" + i).orElseThrow();
            List<String> marks =
                    text(record).isEmpty() ? List.of() : List.of(text(record).split(" "));
            stored.put(record.id(), marks);
            Set<String> once = new HashSet<>();
            marks.stream().filter(mark -> !once.add(mark)).forEach(mark -> problems.add("twice: " + mark));
            if (record.version() != marks.size() + 1) {
                problems.add(record.id() + " has version " + record.version() + " after " + marks.size() + " writes");
            }
        }
        return compared(stored, problems);
    }

    private Found compared(Map<String, List<String>> stored, List<String> problems) {
        int lost = 0;
        int tookEffect = 0;
        for (Attempt attempt : attempts) {
            List<String> marks = stored.get(attempt.id());
            int place = (int) attempt.version() - 2;
            boolean there = place < marks.size()
                    && marks.get(place).equals(attempt.mark().trim());
            if (attempt.answer() == Answer.ACKNOWLEDGED && !there) {
                lost++;
            } else if (attempt.answer() == Answer.REFUSED
                    && marks.contains(attempt.mark().trim())) {
                problems.add("refused but stored: " + attempt);
            } else if (attempt.answer() == Answer.FAILED && there) {
                tookEffect++;
            }
        }
        return new Found(
                count(Answer.ACKNOWLEDGED),
                lost,
                count(Answer.REFUSED),
                count(Answer.FAILED),
                tookEffect,
                List.copyOf(problems),
                failures.toString());
    }

    /**
     * What came of it.
     *
     * @param lost acknowledged writes that are not stored
     * @param tookEffect failed writes that are stored
     * @param problems writes that are stored twice, or although they were refused
     */
    record Found(
            long acknowledged,
            long lost,
            long refused,
            long failed,
            long tookEffect,
            List<String> problems,
            String failures) {}

    @Override
    public void close() {
        stopped = true;
        threads.shutdown();
    }

    private static String text(StoredRecord record) {
        return new String(record.payload(), StandardCharsets.UTF_8);
    }
}
