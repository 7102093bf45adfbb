package io.linkspan.internal.publish;

import io.linkspan.AuthorizationException;
import io.linkspan.LinkspanException;
import io.linkspan.Platform;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.internal.connection.Renewer;
import io.linkspan.internal.connection.TokenTrouble;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.publish.Failure;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.PublishState;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.MediaHost;
import io.linkspan.spi.MediaSource;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishedPost;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenEffect;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one job on, from claim to release: checks before the commit, the stored intent, the one commit, and reads after
 * it. Which state follows is decided by {@link PublishMachine}.
 */
final class JobRunner {
    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

    /** When id and address of a published post are looked for again. */
    private static final List<Duration> LATE_LOOKS =
            List.of(Duration.ofSeconds(35), Duration.ofMinutes(3), Duration.ofMinutes(30));

    private final Kernel kernel;
    private final JobRepository jobs;
    private final ConnectionRepository connections;
    private final Renewer renewer;
    private final TokenTrouble trouble;
    private final Preparing preparing;
    private final Committing committing;
    private final Watching watching;
    private final Set<Claim> claims = ConcurrentHashMap.newKeySet();

    JobRunner(
            Kernel kernel,
            JobRepository jobs,
            ConnectionRepository connections,
            Renewer renewer,
            TokenTrouble trouble) {
        this.kernel = kernel;
        this.jobs = jobs;
        this.connections = connections;
        this.renewer = renewer;
        this.trouble = trouble;
        this.preparing = new Preparing(kernel, jobs, this);
        this.committing = new Committing(kernel, new Lane(kernel), this);
        this.watching = new Watching(kernel, jobs, this);
    }

    /** Keeps all claims of this process alive. */
    void beat() {
        claims.forEach(claim -> {
            try {
                claim.beat();
            } catch (LinkspanException e) {
                log.warn("a heartbeat failed; the job goes on and is fenced by its version", e);
            }
        });
    }

    /** Works on a due job until it has to wait. */
    void run(Stored due) {
        Optional<Claim> taken = Claim.take(kernel, jobs, due);
        if (taken.isEmpty()) {
            return;
        }
        Claim claim = taken.get();
        claims.add(claim);
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = step(claim);
            }
        } finally {
            claims.remove(claim);
        }
    }

    private boolean step(Claim claim) {
        Stored job = claim.job();
        log.debug(
                "step job={} phase={} epoch={}",
                job.record().id(),
                job.state().phase(),
                job.doc().epoch());
        return switch (job.state().phase()) {
            case ACCEPTED -> begin(claim);
            case PREPARING -> stopped(claim) ? false : preparing.step(claim);
            case PREPARED -> stopped(claim) ? false : committing.step(claim);
            case COMMITTING -> // found at a claim: whoever sent the commit is gone
                claim.save(move(
                        job,
                        new PublishEvent.CommitUnclear(
                                "the worker stopped between the commit and its answer", kernel.now())));
            case CONFIRMING, IN_DOUBT, AWAITING_DECISION -> watching.step(claim);
            case PUBLISHED -> located(claim);
            case FAILED, CANCELLED, EXPIRED -> {
                claim.release(job.doc(), null);
                yield false;
            }
        };
    }

    private boolean begin(Claim claim) {
        Instant notBefore = claim.job().doc().notBefore();
        if (notBefore != null && kernel.now().isBefore(notBefore)) {
            claim.release(claim.job().doc(), notBefore);
            return false;
        }
        return !stopped(claim) && claim.save(move(claim.job(), new PublishEvent.Begun()));
    }

    /** Ends a job that must not be committed any more. */
    private boolean stopped(Claim claim) {
        Stored job = claim.job();
        Instant notAfter = job.doc().notAfter();
        if (job.doc().mayLand()) {
            return stoppedAfterCommit(claim);
        }
        if (notAfter != null && !kernel.now().isBefore(notAfter)) {
            end(
                    claim,
                    new PublishEvent.TooLate(notAfter),
                    new Evidence("linkspan.clock", kernel.now(), "too_late", "not after " + notAfter));
            return true;
        }
        Optional<Sides.Local> local =
                connection(job).map(stored -> stored.doc().sides().local());
        if (local.isEmpty() || local.get() != Sides.Local.HELD) {
            String reason = "the connection was disconnected";
            end(
                    claim,
                    new PublishEvent.CancelWanted(reason),
                    new Evidence("linkspan.connection", kernel.now(), "disconnected", reason));
            return true;
        }
        return false;
    }

    /** Part of a commit may still land: it is not sent again, and what became of it is read until the handle tells. */
    private boolean stoppedAfterCommit(Claim claim) {
        Stored job = claim.job();
        Instant notAfter = job.doc().notAfter();
        boolean late = notAfter != null && !kernel.now().isBefore(notAfter);
        boolean held = connection(job)
                .filter(stored -> stored.doc().sides().local() == Sides.Local.HELD)
                .isPresent();
        if (!late && held) {
            return false;
        }
        String why = late
                ? "its latest moment passed while a commit may still land"
                : "disconnected while a commit may still land";
        claim.release(
                move(job, new PublishEvent.CommitUnclear(why, kernel.now()))
                        .seen(note("linkspan.stop", "not_sent_again", why)),
                kernel.now().plus(Duration.ofMinutes(1)));
        return true;
    }

    Optional<ConnectionRepository.Stored> connection(Stored job) {
        return connections.find(job.record().tenant(), job.doc().connection());
    }

    /** The document after an event. */
    static JobDoc move(Stored job, PublishEvent event) {
        return job.doc().moved(PublishMachine.next(job.state(), event));
    }

    /** Ends a job with its evidence, then takes its media off the media host. */
    void end(Claim claim, PublishEvent event, Evidence seen) {
        Stored job = claim.job();
        if (claim.release(move(job, event).seen(seen), null)) {
            withdraw(job);
        }
    }

    void withdraw(Stored job) {
        try {
            kernel.mediaHost().ifPresent(host -> host.withdraw(attemptId(job)));
        } catch (RuntimeException e) {
            log.warn("the media host could not withdraw job={}", job.record().id(), e);
        }
    }

    static String attemptId(Stored job) {
        return job.record().id() + "-" + job.doc().handles();
    }

    /** Comes back later in the same state, with what was seen. */
    boolean later(Claim claim, Duration pause, Evidence seen) {
        claim.release(claim.job().doc().looked().seen(seen), kernel.now().plus(pause));
        return false;
    }

    /** A growing pause: 2, 4, 8 ... 300 seconds, spread. */
    Duration backOff(int looks) {
        long seconds = Math.min(300, 2L << Math.min(looks, 10));
        return Duration.ofMillis((long) (seconds * 1000 * kernel.jitter(0.2)));
    }

    Evidence note(String source, String code, String detail) {
        return new Evidence(source, kernel.now(), code, detail);
    }

    Failure failure(String code, CauseClass causeClass, String what, Actor actor, String remedy) {
        return new Failure(code, causeClass, what, actor, remedy);
    }

    /** What an attempt needs, or empty after the job was told to come back later. */
    Optional<PublishAttempt> attempt(Claim claim, boolean revokeOnlyToo) {
        Stored job = claim.job();
        try {
            ConnectionRepository.Stored connection =
                    connection(job).orElseThrow(() -> new AuthorizationException("the connection is gone"));
            boolean revoking = connection.doc().sides().local() == Sides.Local.REVOKE_ONLY;
            ConnectionRepository.Stored usable = revokeOnlyToo && revoking ? connection : renewer.fresh(connection);
            PlatformAdapter adapter = kernel.adapter(usable.platform());
            MediaSource media = new FileMedia(Path.of(job.doc().media()));
            URI pull = adapter.publishing().pulls(job.doc().content())
                            && !job.state().phase().afterCommit()
                    ? issue(job, media)
                    : null;
            return Optional.of(new PublishAttempt(
                    attemptId(job),
                    renewer.access(usable),
                    usable.doc().account(),
                    job.doc().content(),
                    media,
                    job.doc().size(),
                    pull,
                    jobs.open(job),
                    kernel.now(),
                    job.doc().committedAt(),
                    progress(job)));
        } catch (AuthorizationException e) {
            later(
                    claim,
                    Duration.ofMinutes(5),
                    note("linkspan.connection", "authorization", String.valueOf(e.getMessage())));
        } catch (LinkspanException | IllegalStateException e) {
            later(
                    claim,
                    backOff(job.doc().looks()),
                    note("linkspan.connection", "not_now", String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private URI issue(Stored job, MediaSource media) {
        MediaHost host = kernel.mediaHost()
                .orElseThrow(() -> new IllegalStateException(
                        "this platform pulls media and Linkspan has no MediaHost; give one with mediaHost(...)"));
        return host.issue(attemptId(job), media, job.doc().content().contentType());
    }

    private LongConsumer progress(Stored job) {
        return sent -> kernel.tell(new LinkspanEvent.UploadProgress(
                job.owner(),
                kernel.now(),
                new PublicationId(job.doc().publication()),
                job.record().id(),
                Platform.of(job.doc().platform()),
                sent,
                job.doc().size()));
    }

    PlatformAdapter adapter(Stored job) {
        return kernel.adapter(Platform.of(job.doc().platform()));
    }

    /**
     * Whether an answer is about the token; then the connection is told, and the job goes on in the same state. The refusal
     * of a token that was replaced meanwhile says nothing about the present one.
     */
    boolean tokenTrouble(Claim claim, PublishAttempt attempt, @Nullable PlatformError error) {
        if (error == null || error.meaning().tokenEffect() == TokenEffect.NONE) {
            return false;
        }
        Optional<ConnectionRepository.Stored> present =
                connection(claim.job()).filter(stored -> holds(stored, attempt.accessToken()));
        present.ifPresent(stored -> trouble.note(stored, error));
        boolean soon = present.isEmpty() || error.meaning().tokenEffect() == TokenEffect.RENEW;
        later(claim, soon ? Duration.ofSeconds(2) : Duration.ofMinutes(5), TokenTrouble.evidence(error, kernel.now()));
        return true;
    }

    private boolean holds(ConnectionRepository.Stored stored, Secret access) {
        return stored.doc().token().sealed() != null
                && connections.access(stored).equals(access);
    }

    /** Whether the file is what was accepted; reads all of it. */
    Optional<String> changed(Stored job) {
        FileMedia media = new FileMedia(Path.of(job.doc().media()));
        try {
            boolean same = media.size() == job.doc().size()
                    && media.sha256().equals(job.doc().sha256());
            return same ? Optional.empty() : Optional.of("the media file changed after it was accepted");
        } catch (IOException e) {
            return Optional.of("the media file cannot be read any more");
        }
    }

    /** After the verdict: id and address, best effort; a new post may be listed some minutes late. */
    private boolean located(Claim claim) {
        Stored job = claim.job();
        PublishState.Published published = (PublishState.Published) job.state();
        attemptAfter(job).ifPresent(attempt -> {
            Outcome<PublishedPost> found =
                    kernel.caller().run(adapter(job).publishing().locate(attempt, published.postId()));
            found.result()
                    .ifPresent(
                            post -> claim.save(move(job, new PublishEvent.Located(post.postId(), post.permalink()))));
        });
        JobDoc doc = claim.job().doc().looked();
        boolean known = ((PublishState.Published) claim.job().state()).permalink() != null;
        boolean again = !known && doc.looks() <= LATE_LOOKS.size();
        claim.release(doc, again ? kernel.now().plus(LATE_LOOKS.get(doc.looks() - 1)) : null);
        return false;
    }

    private Optional<PublishAttempt> attemptAfter(Stored job) {
        try {
            return connection(job)
                    .map(stored -> new PublishAttempt(
                            attemptId(job),
                            connections.open(stored).access(),
                            stored.doc().account(),
                            job.doc().content(),
                            new FileMedia(Path.of(job.doc().media())),
                            job.doc().size(),
                            null,
                            jobs.open(job),
                            kernel.now(),
                            job.doc().committedAt(),
                            sent -> {}));
        } catch (LinkspanException | IllegalStateException e) {
            return Optional.empty(); // the verdict stands without it
        }
    }

    /** A job that has just been published: evidence first, then id and address, then the end. */
    boolean published(Claim claim, PublishEvent event, Evidence seen) {
        Stored job = claim.job();
        if (claim.save(move(job, event).seen(seen))) {
            withdraw(job);
            located(claim);
        }
        return false;
    }

    /** A job whose handle is dead: a new handle, or the end. */
    boolean dead(Claim claim, PlatformError error) {
        Stored job = claim.job();
        Evidence seen = TokenTrouble.evidence(error, kernel.now());
        boolean again = error.meaning().retryable()
                && job.doc().handles() < kernel.settings().maxHandles();
        if (!again) {
            end(claim, new PublishEvent.Refused(Failure.of(error)), seen);
            return false;
        }
        withdraw(job);
        claim.release(
                move(job, new PublishEvent.HandleDead()).seen(seen).withHandle(null),
                kernel.now().plus(backOff(job.doc().handles())));
        return false;
    }
}
