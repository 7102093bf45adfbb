package io.linkspan.publish;

import io.linkspan.TenantId;
import io.linkspan.connection.ConnectionId;
import io.linkspan.internal.explain.PlainWords;
import io.linkspan.publish.PublishState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Who works on the jobs of one database, and what waits; read by {@link io.linkspan.Linkspan#fleet()}. It spans all tenants: show it to
 * operators, not to users. Immutable.
 *
 * @param asOf when it was read, by the clock of the reader
 * @param workers every started worker that was heard of within the last hour, by name and start
 * @param jobs open jobs by phase, in the order of the phases; a finished job with an event not yet delivered is open too
 * @param complete false when the store cannot count and more than 1,000 jobs are open; then {@code jobs} holds the first 1,000
 */
public record Fleet(Instant asOf, List<Member> workers, Map<Phase, Backlog> jobs, boolean complete) {
    /**
     * Copies what it is given.
     *
     * @param asOf when it was read
     * @param workers every started worker
     * @param jobs open jobs by phase
     * @param complete whether all open jobs were counted
     */
    public Fleet {
        workers = List.copyOf(workers);
        Map<Phase, Backlog> ordered = new EnumMap<>(Phase.class);
        ordered.putAll(jobs);
        jobs = Collections.unmodifiableMap(ordered);
    }

    /**
     * Since when the job waits for a worker that waits longest.
     *
     * @return empty when none waits
     */
    public Optional<Instant> oldestDue() {
        return jobs.values().stream()
                .flatMap(backlog -> backlog.oldestDue().stream())
                .min(Comparator.naturalOrder());
    }

    /**
     * How far the workers are behind.
     *
     * @return the age of {@link #oldestDue()}, zero when no job waits
     */
    public Duration lag() {
        return oldestDue()
                .map(since -> Duration.between(since, asOf))
                .filter(lag -> !lag.isNegative())
                .orElse(Duration.ZERO);
    }

    /**
     * How many jobs wait for a worker.
     *
     * @return their number
     */
    public long due() {
        return jobs.values().stream().mapToLong(Backlog::due).sum();
    }

    /**
     * Tells all of it in lines.
     *
     * @return plain text, one line per worker and phase
     */
    public String describe() {
        StringBuilder text = new StringBuilder();
        text.append("fleet as of ")
                .append(PlainWords.time(asOf))
                .append(": ")
                .append(workers.size())
                .append(" workers, ");
        text.append(due()).append(" jobs due, lag ").append(lag().toSeconds()).append(" s");
        text.append(complete ? "" : ", counted no further than 1,000 jobs").append('\n');
        for (Member worker : workers) {
            text.append("worker ").append(worker.node()).append(": ");
            text.append(worker.alive() ? worker.stopping() ? "stopping" : "alive" : "silent");
            text.append(", ")
                    .append(worker.leases().size())
                    .append(" jobs held, ")
                    .append(worker.threads());
            text.append(" threads, last beat ")
                    .append(worker.lastBeat())
                    .append(", started ")
                    .append(PlainWords.time(worker.startedAt()));
            worker.clockAhead(asOf)
                    .ifPresent(ahead -> text.append(", its clock is ")
                            .append(ahead.toMinutes())
                            .append(" min ahead: set it by NTP"));
            text.append('\n');
        }
        jobs.forEach((phase, backlog) -> {
            text.append(phase.name().toLowerCase(Locale.ROOT))
                    .append(": ")
                    .append(backlog.open())
                    .append(" open, ");
            text.append(backlog.due()).append(" due");
            backlog.oldestDue().ifPresent(since -> text.append(" since ").append(PlainWords.time(since)));
            text.append('\n');
        });
        return text.toString();
    }

    /**
     * A started worker.
     *
     * @param node its name, {@link io.linkspan.Linkspan.Builder#node}
     * @param startedAt when it started, by its own clock
     * @param lastBeat when it last said that it lives, by its own clock
     * @param alive whether that is less than a job lease ago; where its clock is wrong, whether heartbeats still come. A dead one's jobs
     *     go to others once their leases end
     * @param stopping whether it takes no more work
     * @param threads how many jobs it can do at once
     * @param leases the jobs it held at its last beat, those included that wait for a thread
     */
    public record Member(
            String node,
            Instant startedAt,
            Instant lastBeat,
            boolean alive,
            boolean stopping,
            int threads,
            List<Lease> leases) {
        /**
         * Copies what it is given.
         *
         * @param node its name
         * @param startedAt when it started
         * @param lastBeat when it last said that it lives
         * @param alive whether that is less than a job lease ago
         * @param stopping whether it takes no more work
         * @param threads how many jobs it can do at once
         * @param leases the jobs it holds
         */
        public Member {
            leases = List.copyOf(leases);
        }

        /**
         * How far the worker's clock is ahead of the reader's, at least; a minute is tolerated.
         *
         * @param asOf when the overview was read, {@link Fleet#asOf}
         * @return the difference; empty when it is no more than a minute, or the clock is behind
         */
        public Optional<Duration> clockAhead(Instant asOf) {
            Duration ahead = Duration.between(asOf, lastBeat);
            return Optional.of(ahead).filter(it -> it.compareTo(Duration.ofMinutes(1)) > 0);
        }
    }

    /**
     * A job that a worker holds.
     *
     * @param tenant tenant of the job
     * @param job its id
     * @param connection where it publishes to
     * @param phase how far it was
     * @param until when the lease ends unless the worker renews it
     */
    public record Lease(TenantId tenant, String job, ConnectionId connection, Phase phase, Instant until) {}

    /**
     * The open jobs of one phase.
     *
     * @param open how many, those included that a worker holds or that wait for their time
     * @param due how many of them wait for a worker
     * @param oldestDue since when the one waits that waits longest; empty when none does
     */
    public record Backlog(long open, long due, Optional<Instant> oldestDue) {}
}
