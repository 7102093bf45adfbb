package io.linkspan.internal.publish;

import io.linkspan.Owner;
import io.linkspan.TenantId;
import io.linkspan.UnreadableRecordException;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.crypto.Vault;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.wire.HandleDoc;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.internal.wire.JobNewsDoc;
import io.linkspan.internal.wire.Payload;
import io.linkspan.internal.wire.PublicationDoc;
import io.linkspan.publish.PublishState;
import io.linkspan.publish.Waiver;
import io.linkspan.spi.Handle;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.Secret;
import io.linkspan.spi.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads and writes jobs. The version of the record is the fence: who lost a claim cannot write. */
public final class JobRepository {
    /** How long after its end a job is told of again when nobody noted that it was heard. */
    private static final Duration TELL_AGAIN = Duration.ofMinutes(1);

    private static final String FINISHED = "done:";

    private final Kernel kernel;
    private final JobNews news;

    /** Over a kernel. */
    public JobRepository(Kernel kernel) {
        this.kernel = kernel;
        this.news = new JobNews(kernel);
    }

    /** A job as read. */
    record Stored(StoredRecord record, JobDoc doc) {
        PublishState state() {
            return doc.state().state();
        }

        Owner owner() {
            return new Owner(record.tenant(), doc.user());
        }
    }

    Stored read(StoredRecord record) {
        return new Stored(record, Payload.read(record, JobDoc.class));
    }

    Optional<Stored> find(TenantId tenant, String id) {
        return kernel.jobs().find(tenant, RecordKind.JOB, id).map(this::read);
    }

    /** Jobs of a connection that may still change. */
    List<Stored> ofConnection(TenantId tenant, String connection) {
        return byLookup(tenant, connection);
    }

    /** The same without what cannot be read, which is reported: one damaged record keeps no other from being looked at or stopped. */
    List<Stored> readableOf(TenantId tenant, String connection) {
        return records(tenant, connection).flatMap(this::readable).toList();
    }

    /** Finished jobs as {@link #finishedOf} has them, without what cannot be read. */
    List<Stored> readableFinishedOf(TenantId tenant, String connection) {
        return records(tenant, FINISHED + connection).flatMap(this::readable).toList();
    }

    /** The job in a record; none when it cannot be read. */
    Stream<Stored> readable(StoredRecord record) {
        try {
            return Stream.of(read(record));
        } catch (UnreadableRecordException e) {
            kernel.observer().leftOut(kernel.now(), record, e);
            return Stream.empty();
        }
    }

    /** Finished jobs of a connection that still name its account, some of them; gone from here once forgotten. */
    List<Stored> finishedOf(TenantId tenant, String connection) {
        return byLookup(tenant, FINISHED + connection);
    }

    private List<Stored> byLookup(TenantId tenant, String lookup) {
        return records(tenant, lookup).map(this::read).toList();
    }

    private Stream<StoredRecord> records(TenantId tenant, String lookup) {
        return kernel.jobs().byLookup(RecordKind.JOB, lookup, 1000).stream()
                .filter(record -> record.tenant().equals(tenant));
    }

    /** Findings that the host waived for the post of a job. */
    Set<String> waived(Stored job) {
        return kernel
                .jobs()
                .find(job.record().tenant(), RecordKind.PUBLICATION, job.doc().publication())
                .stream()
                .flatMap(record -> Payload.read(record, PublicationDoc.class).waivers().stream())
                .map(Waiver::finding)
                .collect(Collectors.toSet());
    }

    boolean insert(TenantId tenant, String id, JobDoc doc, Instant dueAt) {
        return kernel.jobs()
                .insert(StoredRecord.builder(tenant, RecordKind.JOB, id)
                        .user(doc.user())
                        .lookup(doc.connection())
                        .status(word(doc))
                        .dueAt(dueAt)
                        .payload(Json.write(doc.written(kernel.now())))
                        .build());
    }

    /** Replaces a job as read and tells of a move; empty when someone else was first. */
    Optional<Stored> save(Stored old, JobDoc next, @Nullable Instant dueAt) {
        JobDoc full = next.withNews(news.after(old, next, dueAt == null)).written(kernel.now());
        StoredRecord record = old.record()
                .next()
                .status(word(full))
                .lookup(lookup(full, dueAt))
                .dueAt(dueAt == null && full.news() != null ? kernel.now().plus(TELL_AGAIN) : dueAt)
                .payload(Json.write(full))
                .build();
        if (!kernel.jobs().replace(record)) {
            return Optional.empty();
        }
        Stored saved = new Stored(record, full);
        news.tell(old, saved);
        return Optional.of(saved);
    }

    /** Jobs that nothing can change any more step aside, so that they do not hide those that can. */
    private static @Nullable String lookup(JobDoc doc, @Nullable Instant dueAt) {
        if (doc.isForgotten()) {
            return null;
        }
        return doc.state().phase().terminal() && dueAt == null ? FINISHED + doc.connection() : doc.connection();
    }

    /** Tells of a job that wakes up for nothing else, and notes what was heard; false when it has work to do. */
    boolean toldAgain(Stored stored) {
        JobNewsDoc left = stored.doc().news();
        if (left == null || !left.only()) {
            return false;
        }
        news.tellAll(stored);
        save(stored, stored.doc(), null);
        return true;
    }

    private static String word(JobDoc doc) {
        return doc.state().phase().name().toLowerCase(Locale.ROOT);
    }

    HandleDoc seal(Stored stored, Handle handle) {
        Secret secret = handle.secret();
        String sealed = secret == null
                ? null
                : Base64.getEncoder()
                        .encodeToString(
                                kernel.vault().seal(secret.reveal().getBytes(StandardCharsets.UTF_8), place(stored)));
        return new HandleDoc(handle.id(), handle.facts(), sealed, handle.usableUntil());
    }

    @Nullable
    Handle open(Stored stored) {
        HandleDoc doc = stored.doc().handle();
        if (doc == null) {
            return null;
        }
        String sealed = doc.secret();
        Secret secret = sealed == null
                ? null
                : Secret.of(new String(kernel.vault().openText(sealed, place(stored)), StandardCharsets.UTF_8));
        return new Handle(doc.id(), doc.facts(), secret, doc.usableUntil());
    }

    private static Vault.Place place(Stored stored) {
        JobDoc doc = stored.doc();
        return Kernel.place(
                stored.record().tenant(),
                stored.record().id(),
                doc.platform(),
                doc.registration(),
                "handle",
                doc.handles());
    }
}
