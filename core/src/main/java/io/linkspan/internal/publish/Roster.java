package io.linkspan.internal.publish;

import io.linkspan.TenantId;
import io.linkspan.UnreadableRecordException;
import io.linkspan.connection.ConnectionId;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.Settings;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.Payload;
import io.linkspan.internal.wire.WorkerDoc;
import io.linkspan.publish.Fleet;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.CountingStore;
import io.linkspan.spi.CountingStore.OpenWork;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The list of the started workers, one small record each, and what can be seen of the work. Nothing rests on it. */
public final class Roster {
    private static final Logger log = LoggerFactory.getLogger(Roster.class);
    /** Holds the records of all workers; no host's tenant. */
    private static final TenantId FLEET = new TenantId("linkspan.fleet");

    private static final String USER = "worker";
    private static final Duration KEPT = Duration.ofHours(1);
    private static final int MOST_LEASES = 100;
    private static final int MOST_COUNTED = 1_000;
    /** Later than any due time. */
    private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");

    private record Entry(StoredRecord record, WorkerDoc doc) {}

    private record Beat(long version, Instant seenAt) {}

    private final Kernel kernel;
    private final Map<String, Beat> beats = new ConcurrentHashMap<>();
    private @Nullable StoredRecord own;
    private Instant startedAt = Instant.EPOCH;

    /** Over a kernel. */
    public Roster(Kernel kernel) {
        this.kernel = kernel;
    }

    synchronized void signOn(List<Claim> held) {
        startedAt = kernel.now();
        StoredRecord first = written(StoredRecord.builder(FLEET, RecordKind.WORKER, kernel.newId()), held, false)
                .build();
        own = kernel.jobs().insert(first) ? first : null;
    }

    synchronized void beat(List<Claim> held, boolean stopping) {
        if (own == null) {
            signOn(held);
            return;
        }
        StoredRecord next = written(own.next(), held, stopping).build();
        own = kernel.jobs().replace(next) ? next : null; // somebody took it for dead: it comes back with the next beat
    }

    synchronized void signOff() {
        if (own != null) {
            kernel.jobs().delete(own);
            own = null;
        }
    }

    private StoredRecord.Builder written(StoredRecord.Builder record, List<Claim> held, boolean stopping) {
        Instant now = kernel.now();
        List<WorkerDoc.LeaseDoc> leases = held.stream()
                .map(Claim::job)
                .limit(MOST_LEASES)
                .map(Roster::lease)
                .toList();
        return record.user(USER)
                .status(stopping ? "stopping" : "working")
                .dueAt(now.plus(KEPT))
                .payload(Json.write(new WorkerDoc(
                        kernel.settings().node(),
                        startedAt,
                        now,
                        stopping,
                        kernel.settings().threads(),
                        leases)));
    }

    private static WorkerDoc.LeaseDoc lease(Stored job) {
        return new WorkerDoc.LeaseDoc(
                job.record().tenant().value(),
                job.record().id(),
                job.doc().connection(),
                job.state().phase().name(),
                job.record().dueAt().orElse(Instant.EPOCH));
    }

    /** Reads it all. */
    public Fleet look() {
        Instant now = kernel.now();
        List<Fleet.Member> workers = new ArrayList<>();
        entries().forEach(entry -> workers.add(member(entry, now)));
        workers.sort(Comparator.comparing(Fleet.Member::node).thenComparing(Fleet.Member::startedAt));
        if (kernel.jobs() instanceof CountingStore counting) {
            return new Fleet(now, workers, byPhase(counting.open(RecordKind.JOB, now)), true);
        }
        List<StoredRecord> open = kernel.jobs().due(RecordKind.JOB, EVER, MOST_COUNTED);
        return new Fleet(now, workers, byPhase(counted(open, now)), open.size() < MOST_COUNTED);
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        String after = "";
        List<StoredRecord> page;
        do {
            page = kernel.jobs().page(FLEET, RecordKind.WORKER, USER, after, MOST_COUNTED);
            for (StoredRecord record : page) {
                after = record.id();
                try {
                    entries.add(new Entry(record, Payload.read(record, WorkerDoc.class)));
                } catch (UnreadableRecordException e) {
                    log.warn("left out: {}", e.getMessage());
                }
            }
        } while (page.size() == MOST_COUNTED);
        return entries;
    }

    /** By its last heartbeat, or because heartbeats are seen to come although its clock is behind. */
    private boolean alive(Entry entry, Instant now) {
        Duration lease = kernel.settings().jobLease();
        WorkerDoc doc = entry.doc();
        boolean over = kernel.leases()
                .over(
                        "worker\n" + entry.record().id(),
                        "node " + doc.node(),
                        doc.beatAt().plus(lease),
                        lease,
                        now);
        Beat beat = beats.compute(
                entry.record().id(),
                (id, known) ->
                        known != null && known.version() == entry.record().version()
                                ? known
                                : new Beat(entry.record().version(), known == null ? Instant.MIN : now));
        return !over || now.minus(lease).isBefore(beat.seenAt());
    }

    /**
     * Makes the jobs of a silent worker due whose clock was ahead: their leases end hours from now. Who lost its claim cannot write, so
     * this is safe whether it lives or not.
     */
    void freeJobsOfWrongClocks() {
        Instant now = kernel.now();
        Instant latest = now.plus(kernel.settings().jobLease()).plus(Settings.SKEW);
        List<Entry> entries = entries();
        beats.keySet()
                .retainAll(entries.stream().map(entry -> entry.record().id()).toList());
        for (Entry entry : entries) {
            if (entry.doc().beatAt().isAfter(latest) && !alive(entry, now)) {
                entry.doc().leases().forEach(lease -> free(lease, latest, now));
            }
        }
    }

    private void free(WorkerDoc.LeaseDoc lease, Instant latest, Instant now) {
        kernel.jobs()
                .find(new TenantId(lease.tenant()), RecordKind.JOB, lease.job())
                .filter(job -> job.dueAt().filter(latest::isBefore).equals(Optional.of(lease.until())))
                .ifPresent(job -> kernel.jobs().replace(job.next().dueAt(now).build()));
    }

    private Fleet.Member member(Entry entry, Instant now) {
        WorkerDoc doc = entry.doc();
        boolean alive = alive(entry, now);
        List<Fleet.Lease> leases = doc.leases().stream()
                .map(lease -> new Fleet.Lease(
                        new TenantId(lease.tenant()),
                        lease.job(),
                        new ConnectionId(lease.connection()),
                        Phase.valueOf(lease.phase()),
                        lease.until()))
                .toList();
        return new Fleet.Member(
                doc.node(), doc.startedAt(), doc.beatAt(), alive, doc.stopping(), doc.threads(), leases);
    }

    private static Map<Phase, Fleet.Backlog> byPhase(List<OpenWork> rows) {
        Map<String, OpenWork> counted = new TreeMap<>();
        rows.forEach(row -> counted.put(row.status().toUpperCase(Locale.ROOT), row));
        Map<Phase, Fleet.Backlog> jobs = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) { // a status that somebody changed is none, and hides no other
            OpenWork row = counted.get(phase.name());
            if (row != null) {
                jobs.put(phase, new Fleet.Backlog(row.open(), row.due(), row.oldestDue()));
            }
        }
        return jobs;
    }

    /** Of records in order of their due times. */
    private static List<OpenWork> counted(List<StoredRecord> open, Instant now) {
        return open.stream()
                .map(StoredRecord::status)
                .distinct()
                .map(status -> counted(status, open, now))
                .toList();
    }

    private static OpenWork counted(String status, List<StoredRecord> open, Instant now) {
        List<Instant> dueTimes = open.stream()
                .filter(record -> record.status().equals(status))
                .flatMap(record -> record.dueAt().stream())
                .toList();
        List<Instant> due = dueTimes.stream().filter(at -> !at.isAfter(now)).toList();
        return new OpenWork(
                status, dueTimes.size(), due.size(), due.isEmpty() ? Optional.empty() : Optional.of(due.get(0)));
    }
}
