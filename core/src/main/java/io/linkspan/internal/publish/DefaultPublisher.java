package io.linkspan.internal.publish;

import io.linkspan.ConflictException;
import io.linkspan.Owner;
import io.linkspan.TenantId;
import io.linkspan.connection.Evidence;
import io.linkspan.internal.Interrupts;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.Missing;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.publish.Intake.Checked;
import io.linkspan.internal.publish.Intake.Resolved;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.internal.wire.MediaDoc;
import io.linkspan.internal.wire.Payload;
import io.linkspan.internal.wire.PublicationDoc;
import io.linkspan.publish.Decision;
import io.linkspan.publish.Failure;
import io.linkspan.publish.IdempotencyConflictException;
import io.linkspan.publish.Post;
import io.linkspan.publish.PostRefusedException;
import io.linkspan.publish.PostTime;
import io.linkspan.publish.Preview;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState;
import io.linkspan.publish.Publisher;
import io.linkspan.publish.Waiver;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.Texts;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** {@link Publisher} over the job store. */
public final class DefaultPublisher implements Publisher {
    /** As long as any id and key, for what is only measured. */
    private static final String ANY_ID = "0".repeat(32);

    private static final String ANY_KEY = "0".repeat(128);

    /** The source of what a person decided. */
    static final String PERSON = "person";

    private final Kernel kernel;
    private final Intake intake;
    private final IntakeMedia media;
    private final JobRepository jobs;
    private final JobViews shown;
    private final Moves moves;

    DefaultPublisher(Kernel kernel, Intake intake, IntakeMedia media, JobRepository jobs, JobViews shown, Moves moves) {
        this.kernel = kernel;
        this.intake = intake;
        this.media = media;
        this.jobs = jobs;
        this.shown = shown;
        this.moves = moves;
    }

    @Override
    public Preview preview(Owner owner, Post post) {
        Objects.requireNonNull(owner, "owner");
        return checked(owner, Objects.requireNonNull(post, "post")).preview();
    }

    @Override
    public Publication submit(Owner owner, String idempotencyKey, Post post) {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(post, "post");
        Texts.name("the idempotency key", idempotencyKey, 128);
        Optional<StoredRecord> existing = byKey(owner, idempotencyKey);
        if (existing.isPresent()) {
            return same(idempotencyKey, post, existing.get());
        }
        Checked checked = checked(owner, post);
        if (!checked.preview().acceptable()) {
            throw new PostRefusedException(checked.preview());
        }
        return accept(owner, idempotencyKey, post, checked);
    }

    private Checked checked(Owner owner, Post post) {
        Checked checked = intake.check(owner, post);
        return RecordSize.problem(doc(ANY_ID, ANY_KEY, post, checked))
                .map(problem -> new Checked(checked.preview().withProblem(problem), checked.targets(), checked.media()))
                .orElse(checked);
    }

    /** Keys of early releases were kept as they came, one for all users of a tenant; another user's is not this one's. */
    private Optional<StoredRecord> byKey(Owner owner, String key) {
        return Stream.of(uniqueKey(owner, key), key)
                .flatMap(stored -> kernel.jobs().findByKey(owner.tenant(), RecordKind.PUBLICATION, stored).stream())
                .filter(record -> record.user().equals(owner.user()))
                .filter(record ->
                        Payload.read(record, PublicationDoc.class).key().equals(key))
                .findFirst();
    }

    /** Unique per user by construction; hashed, because both together may be longer than the column. */
    private static String uniqueKey(Owner owner, String key) {
        return "user-key:" + Kernel.sha256(owner.user().length() + "\n" + owner.user() + "\n" + key);
    }

    private Publication same(String key, Post post, StoredRecord existing) {
        PublicationDoc doc = Payload.read(existing, PublicationDoc.class);
        boolean sameRequest = doc.request().equals(Requests.digest(post)) && sameMedia(post, doc);
        if (!sameRequest) {
            throw new IdempotencyConflictException(key, new PublicationId(existing.id()));
        }
        return view(existing);
    }

    /** Media that are gone by now, as after a publication that has settled, speak against nothing. */
    private boolean sameMedia(Post post, PublicationDoc doc) {
        try {
            return doc.digest().equals(Requests.digest(post, media.digests(post)));
        } catch (VirtualMachineError e) {
            throw e;
        } catch (IOException | RuntimeException | Error e) { // the host's own code throws all of them
            Interrupts.stopHere();
            return true;
        }
    }

    private Publication accept(Owner owner, String key, Post post, Checked checked) {
        String id = kernel.newId();
        PublicationDoc doc = doc(id, key, post, checked);
        StoredRecord record = StoredRecord.builder(owner.tenant(), RecordKind.PUBLICATION, id)
                .user(owner.user())
                .uniqueKey(uniqueKey(owner, key))
                .status("accepted")
                .dueAt(doc.acceptedAt())
                .payload(Json.write(doc))
                .build();
        if (!kernel.jobs().insert(record)) {
            return byKey(owner, key)
                    .map(existing -> same(key, post, existing))
                    .orElseThrow(
                            () -> new IllegalStateException("the random source repeated an id; nothing was queued"));
        }
        fanOut(record);
        return view(record);
    }

    private PublicationDoc doc(String id, String key, Post post, Checked checked) {
        Instant now = kernel.now();
        List<JobDoc> docs = new ArrayList<>();
        for (Resolved target : checked.targets()) {
            docs.add(job(id, post, target, checked, now));
        }
        List<String> digests = checked.media().stream().map(MediaDoc::sha256).toList();
        return new PublicationDoc(
                1,
                key,
                Requests.digest(post, digests),
                Requests.digest(post),
                now,
                post.time().map(PostTime::toString).orElse(null),
                post.waivers(),
                docs);
    }

    private static JobDoc job(String publication, Post post, Resolved target, Checked checked, Instant now) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("linkspan.submit", now, "accepted", "checked and queued"));
        checked.unchecked(target)
                .ifPresent(why -> evidence.add(new Evidence("linkspan.submit", now, "account_not_checked", why)));
        for (Waiver waiver : post.waivers()) {
            evidence.add(new Evidence("linkspan.submit", now, "waived", waiver.finding() + ": " + waiver.reason()));
        }
        return JobDoc.accepted(
                publication,
                target.owner().user(),
                target.connection().id().value(),
                Intake.platform(target).name(),
                target.stored().doc().registration(),
                target.connection().shown(),
                target.content(),
                target.media(),
                post.notBefore().orElse(null),
                post.notAfter().orElse(null),
                evidence);
    }

    /** Takes out of a publication what it says about the account of a connection. */
    void forget(TenantId tenant, String publication, String connection) {
        while (true) {
            Optional<StoredRecord> found = kernel.jobs().find(tenant, RecordKind.PUBLICATION, publication);
            if (found.isEmpty()) {
                return;
            }
            PublicationDoc doc = Payload.read(found.get(), PublicationDoc.class);
            List<JobDoc> left = doc.jobs().stream()
                    .map(job -> job.connection().equals(connection) ? job.forgotten() : job)
                    .toList();
            if (kernel.jobs()
                    .replace(found.get()
                            .next()
                            .payload(Json.write(doc.withJobs(left)))
                            .build())) {
                return;
            }
        }
    }

    /** Gives each job of a publication a record of its own; repeated harmlessly after a crash. */
    void fanOut(StoredRecord record) {
        PublicationDoc doc = Payload.read(record, PublicationDoc.class);
        for (int i = 0; i < doc.jobs().size(); i++) {
            JobDoc job = doc.jobs().get(i);
            Instant due = job.notBefore() == null ? doc.acceptedAt() : job.notBefore();
            jobs.insert(record.tenant(), jobId(record.id(), i), job, due);
        }
        kernel.jobs().replace(record.next().status("queued").dueAt(null).build());
    }

    private static String jobId(String publication, int index) {
        return publication + "-" + (index + 1);
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
        return record(owner, id).orElseThrow(() -> Missing.publication(id));
    }

    private Publication view(StoredRecord record) {
        PublicationDoc doc = Payload.read(record, PublicationDoc.class);
        List<PublishJob> views = new ArrayList<>();
        for (int i = 0; i < doc.jobs().size(); i++) {
            String id = jobId(record.id(), i);
            JobDoc accepted = doc.jobs().get(i);
            views.add(kernel.jobs()
                    .find(record.tenant(), RecordKind.JOB, id)
                    .map(job -> shown.stored(job, accepted))
                    .orElseGet(() -> shown.job(record.tenant(), id, accepted, doc.acceptedAt())));
        }
        return new Publication(
                new PublicationId(record.id()),
                new Owner(record.tenant(), record.user()),
                doc.key(),
                doc.acceptedAt(),
                doc.time(),
                doc.waivers(),
                views,
                kernel.now());
    }

    @Override
    public Publication cancel(Owner owner, PublicationId id, String reason) {
        Texts.text("the reason of a cancel", reason, Texts.MOST_REASON);
        StoredRecord record = require(owner, id);
        fanOutIfNeeded(record);
        int all = Payload.read(record, PublicationDoc.class).jobs().size();
        for (int i = 0; i < all; i++) { // one that cannot be read keeps no other from being stopped
            kernel.jobs()
                    .find(record.tenant(), RecordKind.JOB, jobId(record.id(), i))
                    .ifPresent(job -> jobs.readable(job).forEach(stored -> cancel(stored, reason)));
        }
        return view(require(owner, id));
    }

    private void fanOutIfNeeded(StoredRecord record) {
        if (record.dueAt().isPresent()) {
            fanOut(record);
        }
    }

    /**
     * Stops a job. Before its commit that is certain; after it the platform is asked where it can be, no new handle is made,
     * and the verdict follows from what the handle tells.
     */
    void cancel(Stored first, String reason) {
        Stored stored = first;
        while (!stored.state().phase().terminal() && stored.doc().cancel() == null) {
            if (stopped(stored, reason)) {
                return;
            }
            Stored read = stored;
            stored = jobs.find(stored.record().tenant(), stored.record().id()).orElse(read);
        }
    }

    private boolean stopped(Stored stored, String reason) {
        Instant now = kernel.now();
        boolean committed = stored.state().phase().afterCommit() || stored.doc().mayLand();
        if (!committed && !begunInTransactionOfTheHost(stored)) {
            JobDoc seen = stored.doc().seen(new Evidence("linkspan.cancel", now, "cancelled", reason));
            return moves.beside(stored, seen, new PublishEvent.CancelWanted(reason), null);
        }
        JobDoc wanted = stored.doc()
                .cancelWanted(reason)
                .seen(
                        committed
                                ? new Evidence("linkspan.cancel", now, "too_late", reason + "; it was committed before")
                                : new Evidence("linkspan.cancel", now, "wanted", reason + "; the worker stops it"));
        // a worker that holds it keeps its lease
        boolean held = committed
                && (stored.state().phase() == PublishState.Phase.COMMITTING
                        || stored.state().phase() == PublishState.Phase.PREPARED);
        return jobs.save(stored, wanted, held ? stored.record().dueAt().orElse(now) : now)
                .isPresent();
    }

    /** The media that a platform may be pulling are taken off the media host by the worker: a rollback would not put them back. */
    private boolean begunInTransactionOfTheHost(Stored stored) {
        return stored.state().phase() != PublishState.Phase.ACCEPTED
                && kernel.hostTransactions().running();
    }

    @Override
    public Publication decide(Owner owner, PublicationId id, String jobId, Decision decision, String actor) {
        return decide(owner, id, jobId, decision, "", actor);
    }

    @Override
    public Publication decide(
            Owner owner, PublicationId id, String jobId, Decision decision, String postId, String actor) {
        Texts.text("actor", actor, Texts.MOST_REASON);
        Objects.requireNonNull(decision, "decision");
        Texts.line("postId", postId, Texts.MOST_ID);
        Texts.name("jobId", jobId, Texts.MOST_ID);
        StoredRecord record = require(owner, id);
        while (true) {
            Stored stored = jobs.find(record.tenant(), jobId)
                    .filter(job -> job.doc().publication().equals(record.id()))
                    .orElseThrow(() -> Missing.job(jobId, id));
            if (stored.state().phase() != PublishState.Phase.AWAITING_DECISION) {
                throw new ConflictException("job " + jobId + " does not wait for a decision: "
                        + stored.state().describe() + ". Show the publication again; nothing was changed");
            }
            if (decided(stored, decision, postId, actor)) {
                return view(require(owner, id));
            }
        }
    }

    private boolean decided(Stored stored, Decision decision, String postId, String actor) {
        Instant now = kernel.now();
        String detail =
                "decided by " + actor + (decision == Decision.TRY_AGAIN ? "; posts twice if that is wrong" : "");
        JobDoc doc = stored.doc().seen(new Evidence(PERSON, now, decision.name(), detail));
        return switch (decision) {
            case WAIT ->
                jobs.save(stored, doc, stored.record().dueAt().orElse(now)).isPresent();
            case IT_IS_THERE -> written(stored, doc, new PublishEvent.DecidedThere(postId, now), now);
            case TRY_AGAIN -> written(stored, doc, new PublishEvent.DecidedRetry(), now);
            case GIVE_UP ->
                written(
                        stored,
                        doc,
                        new PublishEvent.DecidedGiveUp(new Failure(
                                Failure.GIVEN_UP,
                                CauseClass.UNKNOWN,
                                "given up by " + actor,
                                Actor.PERSON,
                                "Nothing more is sent. Look at the profile before you submit the post again.")),
                        now.plus(Ending.GIVEN_UP_LOOKS.get(0)));
        };
    }

    /** In a transaction of the host the worker withdraws the media, in a step that is due immediately. */
    private boolean written(Stored stored, JobDoc doc, PublishEvent event, Instant dueAt) {
        return begunInTransactionOfTheHost(stored)
                ? moves.along(stored, doc, List.of(event), kernel.now())
                : moves.beside(stored, doc, event, dueAt);
    }
}
