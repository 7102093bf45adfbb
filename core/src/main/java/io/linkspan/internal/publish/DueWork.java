package io.linkspan.internal.publish;

import io.linkspan.LinkspanException;
import io.linkspan.NotFoundException;
import io.linkspan.UnreadableRecordException;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.RedactedFailure;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.internal.connection.Connector;
import io.linkspan.internal.connection.Deletions;
import io.linkspan.internal.connection.Disconnector;
import io.linkspan.internal.connection.HealthCheck;
import io.linkspan.internal.connection.Removals;
import io.linkspan.internal.connection.Renewer;
import io.linkspan.internal.connection.UnwantedGrants;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordStore;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is due and what is done about it, record by record. Thread-safe. */
final class DueWork {
    private static final Logger log = LoggerFactory.getLogger(DueWork.class);
    private static final int BATCH = 100;
    private static final Duration REST = Duration.ofSeconds(30);
    /** How long a record that cannot be read is left alone; short, for another node may be able to read it. */
    static final Duration ASIDE = Duration.ofMinutes(1);

    private final Kernel kernel;
    private final JobQueue queue;
    private final JobRunner runner;
    private final JobRepository jobs;
    private final DefaultPublisher publisher;
    private final ConnectionRepository connections;
    private final Connector connector;
    private final Renewer renewer;
    private final HealthCheck healthCheck;
    private final Disconnector disconnector;
    private final Consumer<StoredRecord> links;
    private final Removals removals;
    private final Deletions deletions;
    private final UnwantedGrants unwanted;
    private final WrongClocks wrongClocks;
    /** Records whose last work failed, and until when they are left alone, so that they do not crowd out the others. */
    private final Map<String, Instant> resting = new ConcurrentHashMap<>();

    DueWork(
            Kernel kernel,
            JobQueue queue,
            JobRunner runner,
            JobRepository jobs,
            DefaultPublisher publisher,
            ConnectionRepository connections,
            Connector connector,
            Renewer renewer,
            HealthCheck healthCheck,
            Disconnector disconnector,
            Removals removals,
            Deletions deletions,
            Consumer<StoredRecord> links) {
        this.kernel = kernel;
        this.queue = queue;
        this.runner = runner;
        this.jobs = jobs;
        this.publisher = publisher;
        this.connections = connections;
        this.connector = connector;
        this.renewer = renewer;
        this.healthCheck = healthCheck;
        this.disconnector = disconnector;
        this.links = links;
        this.removals = removals;
        this.deletions = deletions;
        this.unwanted = new UnwantedGrants(kernel, connections);
        this.wrongClocks = new WrongClocks(kernel, connections, renewer, disconnector);
    }

    /** Shows what is due besides jobs; counts what the visitor took. */
    int besidesJobs(Predicate<StoredRecord> visitor) {
        Instant now = kernel.now();
        resting.values().removeIf(until -> !now.isBefore(until));
        int batch = Math.min(1000, BATCH + resting.size());
        int worked = 0;
        connections.storeLateAnswers();
        runner.flush();
        wrongClocks.wake();
        for (RecordKind kind : List.of(
                RecordKind.PENDING_CONNECT,
                RecordKind.CONNECTION,
                RecordKind.ACCOUNT_LINK,
                RecordKind.UNWANTED_GRANT,
                RecordKind.WEBHOOK_SEEN)) {
            worked += visit(kernel.tokens().due(kind, now, batch), visitor);
        }
        worked += visit(kernel.jobs().due(RecordKind.LANE, now, batch), visitor);
        worked += visit(kernel.jobs().due(RecordKind.WORKER, now, batch), visitor);
        return worked + visit(kernel.jobs().due(RecordKind.PUBLICATION, now, batch), visitor);
    }

    /** Shows the due jobs, without taking them; counts what the visitor took. */
    int jobs(Predicate<StoredRecord> visitor) {
        return visit(queue.look(), visitor);
    }

    private int visit(List<StoredRecord> due, Predicate<StoredRecord> visitor) {
        Instant now = kernel.now();
        int worked = 0;
        for (StoredRecord record : due) {
            record.dueAt()
                    .ifPresent(since -> kernel.observer()
                            .meter()
                            .time(
                                    "linkspan.queue.lag",
                                    Duration.between(since, now),
                                    Map.of("kind", record.kind().name().toLowerCase(Locale.ROOT))));
            Instant until = resting.get(key(record));
            boolean rests = until != null && now.isBefore(until);
            worked += !rests && visitor.test(record) ? 1 : 0;
        }
        return worked;
    }

    static String key(StoredRecord record) {
        return record.kind() + "\n" + record.tenant() + "\n" + record.id();
    }

    /** Works on one record; what goes wrong with it harms no other. */
    void work(StoredRecord record) {
        try {
            action(record.kind()).accept(record);
            resting.remove(key(record));
        } catch (UnreadableRecordException e) {
            kernel.observer().leftOut(kernel.now(), record, e);
            setAside(record);
        } catch (LinkspanException e) {
            if (e instanceof NotFoundException missing && missing.kind() == NotFoundException.Kind.PLATFORM) {
                show(record); // another node may have its adapter, so it stays due
            }
            resting.put(key(record), kernel.now().plus(REST));
            log.warn("work on {} {} failed and is repeated: {}", record.kind(), record.id(), e.getMessage());
        } catch (VirtualMachineError e) {
            throw e;
        } catch (RuntimeException | Error e) { // an adapter's or the host's code
            resting.put(key(record), kernel.now().plus(REST));
            log.error(
                    "work on {} {} failed unexpectedly and is repeated",
                    record.kind(),
                    record.id(),
                    RedactedFailure.of(e));
        }
    }

    /**
     * Lets a record that cannot be read step back, so that any number of them hides no other; a connection or a link comes among what
     * needs attention. Its payload stays as it is.
     */
    private void setAside(StoredRecord record) {
        StoredRecord.Builder next = record.next().dueAt(kernel.now().plus(ASIDE));
        if (needsShowing(record)) {
            next.attentionAt(kernel.now());
        }
        store(record.kind()).replace(next.build());
    }

    private void show(StoredRecord record) {
        if (needsShowing(record)) {
            kernel.tokens().replace(record.next().attentionAt(kernel.now()).build());
        }
    }

    private static boolean needsShowing(StoredRecord record) {
        boolean listed = record.kind() == RecordKind.CONNECTION || record.kind() == RecordKind.ACCOUNT_LINK;
        return listed && record.attentionAt().isEmpty();
    }

    private RecordStore store(RecordKind kind) {
        return switch (kind) {
            case JOB, PUBLICATION, LANE, WORKER -> kernel.jobs();
            case CONNECTION, PENDING_CONNECT, ACCOUNT_LINK, UNWANTED_GRANT, WEBHOOK_SEEN, ACCOUNT_ALIAS ->
                kernel.tokens();
        };
    }

    private Consumer<StoredRecord> action(RecordKind kind) {
        return switch (kind) {
            case PENDING_CONNECT -> connector::recover;
            case CONNECTION -> this::connection;
            case WEBHOOK_SEEN -> deletions::goOn;
            case PUBLICATION -> publisher::fanOut;
            case JOB -> record -> runner.run(jobs.read(record), () -> false);
            case UNWANTED_GRANT -> unwanted::work;
            case ACCOUNT_LINK -> links;
            case WORKER -> kernel.jobs()::delete;
            case LANE -> runner::takeOver;
            case ACCOUNT_ALIAS -> record -> {};
        };
    }

    private void connection(StoredRecord record) {
        ConnectionRepository.Stored stored = connections.read(record);
        if (connections.untold(stored)) {
            stored = connections.tellAgain(stored);
            if (stored.record()
                    .dueAt()
                    .filter(due -> !due.isAfter(kernel.now()))
                    .isEmpty()) {
                return; // there was nothing else
            }
        }
        if (stored.doc().revoke() != null && stored.doc().sides().local() != Sides.Local.HELD) {
            disconnector.step(stored);
        } else if (removals.due(stored)) {
            removals.look(stored);
        } else if (stored.doc().checkAt() != null
                && !kernel.now().isBefore(stored.doc().checkAt())) {
            healthCheck.checkDue(stored);
        } else {
            renewer.tend(stored);
        }
    }
}
