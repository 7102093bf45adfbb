package io.linkspan.internal.publish;

import io.linkspan.Owner;
import io.linkspan.TenantId;
import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.publish.Intake.Checked;
import io.linkspan.internal.publish.Intake.Resolved;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.internal.wire.PublicationDoc;
import io.linkspan.internal.wire.StateDoc;
import io.linkspan.publish.Decision;
import io.linkspan.publish.Failure;
import io.linkspan.publish.IdempotencyConflictException;
import io.linkspan.publish.Post;
import io.linkspan.publish.PostRefusedException;
import io.linkspan.publish.Preview;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState;
import io.linkspan.publish.Publisher;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@link Publisher} over the job store. */
public final class DefaultPublisher implements Publisher {
    private final Kernel kernel;
    private final Intake intake;
    private final JobRepository jobs;

    DefaultPublisher(Kernel kernel, Intake intake, JobRepository jobs) {
        this.kernel = kernel;
        this.intake = intake;
        this.jobs = jobs;
    }

    @Override
    public Preview preview(Owner owner, Post post) {
        Objects.requireNonNull(owner, "owner");
        return intake.check(owner, Objects.requireNonNull(post, "post")).preview();
    }

    @Override
    public Publication submit(Owner owner, String idempotencyKey, Post post) {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(post, "post");
        if (Objects.requireNonNull(idempotencyKey, "idempotencyKey").isBlank() || idempotencyKey.length() > 128) {
            throw new IllegalArgumentException(
                    "the idempotency key must have 1 to 128 characters, had " + idempotencyKey.length());
        }
        Optional<StoredRecord> existing = byKey(owner, idempotencyKey);
        if (existing.isPresent()) {
            return same(owner, idempotencyKey, post, existing.get());
        }
        Checked checked = intake.check(owner, post);
        if (!checked.preview().acceptable()) {
            throw new PostRefusedException(checked.preview());
        }
        return accept(owner, idempotencyKey, post, checked.targets());
    }

    private Optional<StoredRecord> byKey(Owner owner, String key) {
        return kernel.jobs().findByKey(owner.tenant(), RecordKind.PUBLICATION, key);
    }

    private Publication same(Owner owner, String key, Post post, StoredRecord existing) {
        PublicationDoc doc = Json.read(existing.payload(), PublicationDoc.class);
        boolean sameRequest =
                existing.user().equals(owner.user()) && doc.digest().equals(digest(post, sha256(post)));
        if (!sameRequest) {
            throw new IdempotencyConflictException(key, new PublicationId(existing.id()));
        }
        return view(existing);
    }

    private Publication accept(Owner owner, String key, Post post, List<Resolved> targets) {
        String sha256 = sha256(post);
        String id = kernel.newId();
        Instant now = kernel.now();
        List<JobDoc> docs = new ArrayList<>();
        for (Resolved target : targets) {
            docs.add(job(id, post, sha256, target, now));
        }
        StoredRecord record = StoredRecord.builder(owner.tenant(), RecordKind.PUBLICATION, id)
                .user(owner.user())
                .uniqueKey(key)
                .status("accepted")
                .dueAt(now)
                .payload(Json.write(new PublicationDoc(1, key, digest(post, sha256), now, docs)))
                .build();
        if (!kernel.jobs().insert(record)) {
            return byKey(owner, key)
                    .map(existing -> same(owner, key, post, existing))
                    .orElseThrow(
                            () -> new IllegalStateException("the random source repeated an id; nothing was queued"));
        }
        fanOut(record);
        return view(record);
    }

    private JobDoc job(String publication, Post post, String sha256, Resolved target, Instant now) {
        try {
            return new JobDoc(
                    1,
                    publication,
                    target.connection().id().value(),
                    Intake.platform(target).name(),
                    target.registration(),
                    target.connection().shown(),
                    target.content(),
                    post.media().toString(),
                    new FileMedia(post.media()).size(),
                    sha256,
                    post.notBefore().orElse(null),
                    post.notAfter().orElse(null),
                    StateDoc.of(new PublishState.Accepted()),
                    null,
                    1,
                    0,
                    null,
                    null,
                    0,
                    List.of(new Evidence("linkspan.submit", now, "accepted", "checked and queued")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes out of a publication what it says about the account of a connection. */
    void forget(TenantId tenant, String publication, String connection) {
        while (true) {
            Optional<StoredRecord> found = kernel.jobs().find(tenant, RecordKind.PUBLICATION, publication);
            if (found.isEmpty()) {
                return;
            }
            PublicationDoc doc = Json.read(found.get().payload(), PublicationDoc.class);
            List<JobDoc> jobs = doc.jobs().stream()
                    .map(job -> job.connection().equals(connection) ? job.forgotten() : job)
                    .toList();
            PublicationDoc next = new PublicationDoc(doc.format(), doc.key(), doc.digest(), doc.acceptedAt(), jobs);
            if (kernel.jobs()
                    .replace(found.get().next().payload(Json.write(next)).build())) {
                return;
            }
        }
    }

    /** Gives each job of a publication a record of its own; repeated harmlessly after a crash. */
    void fanOut(StoredRecord record) {
        PublicationDoc doc = Json.read(record.payload(), PublicationDoc.class);
        Owner owner = new Owner(record.tenant(), record.user());
        for (int i = 0; i < doc.jobs().size(); i++) {
            JobDoc job = doc.jobs().get(i);
            Instant due = job.notBefore() == null ? doc.acceptedAt() : job.notBefore();
            jobs.insert(owner, jobId(record.id(), i), job, due);
        }
        kernel.jobs().replace(record.next().status("queued").dueAt(null).build());
    }

    private static String jobId(String publication, int index) {
        return publication + "-" + (index + 1);
    }

    private static String sha256(Post post) {
        try {
            return new FileMedia(post.media()).sha256();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the media file " + post.media().getFileName() + " cannot be read; nothing was queued", e);
        }
    }

    private static String digest(Post post, String sha256) {
        return Kernel.sha256(Json.text(List.of(
                post.kind(),
                sha256,
                post.targets().toString(),
                post.captions(),
                post.allOptions(),
                String.valueOf(post.notBefore()),
                String.valueOf(post.notAfter()))));
    }

    @Override
    public Optional<Publication> find(Owner owner, PublicationId id) {
        return record(owner, id).map(this::view);
    }

    private Optional<StoredRecord> record(Owner owner, PublicationId id) {
        Objects.requireNonNull(owner, "owner");
        return kernel.jobs()
                .find(
                        owner.tenant(),
                        RecordKind.PUBLICATION,
                        Objects.requireNonNull(id, "id").value())
                .filter(record -> record.user().equals(owner.user()));
    }

    private StoredRecord require(Owner owner, PublicationId id) {
        return record(owner, id)
                .orElseThrow(() -> new IllegalArgumentException("no publication " + id + " of this owner"));
    }

    private Publication view(StoredRecord record) {
        PublicationDoc doc = Json.read(record.payload(), PublicationDoc.class);
        List<PublishJob> views = new ArrayList<>();
        for (int i = 0; i < doc.jobs().size(); i++) {
            String id = jobId(record.id(), i);
            JobDoc accepted = doc.jobs().get(i);
            views.add(kernel.jobs()
                    .find(record.tenant(), RecordKind.JOB, id)
                    .map(jobs::view)
                    .orElseGet(() -> JobRepository.view(id, accepted, doc.acceptedAt())));
        }
        return new Publication(
                new PublicationId(record.id()),
                new Owner(record.tenant(), record.user()),
                doc.key(),
                doc.acceptedAt(),
                views);
    }

    @Override
    public Publication cancel(Owner owner, PublicationId id, String reason) {
        Objects.requireNonNull(reason, "reason");
        StoredRecord record = require(owner, id);
        fanOutIfNeeded(record);
        for (PublishJob job : view(record).jobs()) {
            jobs.find(record.tenant(), job.id()).ifPresent(stored -> cancel(stored, reason));
        }
        return view(require(owner, id));
    }

    private void fanOutIfNeeded(StoredRecord record) {
        if (record.dueAt().isPresent()) {
            fanOut(record);
        }
    }

    /** Stops a job that has not been committed; the commit itself checks again. */
    void cancel(Stored first, String reason) {
        Stored stored = first;
        while (!stored.state().phase().terminal()
                && !stored.state().phase().afterCommit()
                && !stored.doc().mayLand()) {
            JobDoc next = stored.doc()
                    .moved(PublishMachine.next(stored.state(), new PublishEvent.CancelWanted(reason)))
                    .seen(new Evidence("linkspan.cancel", kernel.now(), "cancelled", reason));
            if (jobs.save(stored, next, null).isPresent()) {
                kernel.mediaHost().ifPresent(host -> host.withdraw(JobRunner.attemptId(first)));
                return;
            }
            Stored read = stored;
            stored = jobs.find(stored.record().tenant(), stored.record().id()).orElse(read);
        }
    }

    @Override
    public Publication decide(Owner owner, PublicationId id, String jobId, Decision decision, String actor) {
        Objects.requireNonNull(actor, "actor");
        StoredRecord record = require(owner, id);
        while (true) {
            Stored stored = jobs.find(record.tenant(), Objects.requireNonNull(jobId, "jobId"))
                    .filter(job -> job.doc().publication().equals(record.id()))
                    .orElseThrow(() -> new IllegalArgumentException("no job " + jobId + " in publication " + id));
            if (stored.state().phase() != PublishState.Phase.AWAITING_DECISION) {
                throw new IllegalStateException("job " + jobId + " does not wait for a decision: "
                        + stored.state().describe());
            }
            if (decided(stored, decision, actor)) {
                return view(require(owner, id));
            }
        }
    }

    private boolean decided(Stored stored, Decision decision, String actor) {
        Instant now = kernel.now();
        JobDoc doc = stored.doc().seen(new Evidence("person", now, decision.name(), "decided by " + actor));
        return switch (decision) {
            case WAIT ->
                jobs.save(stored, doc, stored.record().dueAt().orElse(now)).isPresent();
            case IT_IS_THERE ->
                jobs.save(
                                stored,
                                doc.moved(PublishMachine.next(stored.state(), new PublishEvent.DecidedThere(now))),
                                null)
                        .isPresent();
            case TRY_AGAIN ->
                jobs.save(
                                stored,
                                doc.moved(PublishMachine.next(stored.state(), new PublishEvent.DecidedRetry()))
                                        .withHandle(null),
                                now)
                        .isPresent();
            case GIVE_UP ->
                jobs.save(
                                stored,
                                doc.moved(PublishMachine.next(
                                        stored.state(),
                                        new PublishEvent.DecidedGiveUp(new Failure(
                                                "given_up",
                                                CauseClass.UNKNOWN,
                                                "given up by " + actor,
                                                Actor.PERSON,
                                                "Nothing more is tried.")))),
                                null)
                        .isPresent();
        };
    }
}
