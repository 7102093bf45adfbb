package io.linkspan.internal.publish;

import io.linkspan.AuthorizationException;
import io.linkspan.Platform;
import io.linkspan.connection.Capability;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.RedactedFailure;
import io.linkspan.internal.connection.AccountRefusals;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.internal.connection.NextLook;
import io.linkspan.internal.connection.Renewer;
import io.linkspan.internal.connection.TokenTrouble;
import io.linkspan.internal.explain.EndedAccess;
import io.linkspan.internal.http.Caller;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.publish.PublicationId;
import io.linkspan.spi.Handle;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenEffect;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an attempt needs: a live token, the media, the opened handle. Trouble with any of them lets the job wait in the same
 * state with the same handle.
 */
final class Attempts {
    private static final Logger log = LoggerFactory.getLogger(Attempts.class);

    private final Kernel kernel;
    private final JobRepository jobs;
    private final ConnectionRepository connections;
    private final Renewer renewer;
    private final TokenTrouble trouble;
    private final AccountRefusals refusals;
    private final MediaFiles media;
    private final PreparationFailures failures;
    private final Notes notes;
    private final Sightings sightings;
    private final Sightings signs;

    Attempts(
            Kernel kernel,
            JobRepository jobs,
            ConnectionRepository connections,
            Renewer renewer,
            TokenTrouble trouble,
            MediaFiles media,
            PreparationFailures failures) {
        this.kernel = kernel;
        this.jobs = jobs;
        this.connections = connections;
        this.renewer = renewer;
        this.trouble = trouble;
        this.refusals = new AccountRefusals(kernel, connections);
        this.media = media;
        this.failures = failures;
        this.notes = new Notes(kernel);
        this.sightings = new Sightings(kernel::steadyStopwatch);
        this.signs = new Sightings(kernel::steadyStopwatch);
    }

    /** Whether a post that was found by searching may belong to another job. */
    boolean mayMeanAnother(Stored job, String postId) {
        return new Twins(jobs).mayMeanAnother(job, postId);
    }

    /** Talks to the platform for a job. */
    Caller caller(Stored job) {
        return kernel.caller(
                job.record().tenant(), job.doc().connection(), job.record().id());
    }

    Optional<ConnectionRepository.Stored> connection(Stored job) {
        return connections.find(job.record().tenant(), job.doc().connection());
    }

    /** Whether the connection may still be used for new posts. */
    boolean held(Stored job) {
        return connection(job)
                .filter(stored -> stored.doc().sides().local() == Sides.Local.HELD)
                .isPresent();
    }

    /** Why it may not. */
    String whyNotHeld(Stored job) {
        return connection(job)
                .map(ConnectionRepository.Stored::doc)
                .map(doc -> EndedAccess.why(doc.sides(), doc.revoke() != null))
                .orElseGet(EndedAccess::gone);
    }

    /** An attempt before its commit, or empty after the job was told to come back later. */
    Optional<PublishAttempt> before(Claim claim) {
        return open(claim, false);
    }

    /** An attempt after its commit, which a token that is kept for revoking may still read. */
    Optional<PublishAttempt> after(Claim claim) {
        return open(claim, true);
    }

    private Optional<PublishAttempt> open(Claim claim, boolean committed) {
        Stored job = claim.job();
        PublishAttempt attempt;
        try {
            attempt = usable(job, committed);
        } catch (AuthorizationException e) {
            later(claim, Duration.ofMinutes(5), note("linkspan.connection", "authorization", e));
            return Optional.empty();
        } catch (RuntimeException e) {
            later(claim, notes.backOff(job.doc().looks()), note("linkspan.connection", "not_now", e));
            return Optional.empty();
        }
        return committed ? Optional.of(attempt) : shown(claim, attempt);
    }

    private PublishAttempt usable(Stored job, boolean committed) {
        ConnectionRepository.Stored connection =
                connection(job).orElseThrow(() -> new AuthorizationException("the connection is gone"));
        if (NextLook.waits(connection.doc())) { // looked at in its own time, not once for each of its jobs
            throw new AuthorizationException("the account waits for its owner; see its status");
        }
        boolean revoking = connection.doc().sides().local() == Sides.Local.REVOKE_ONLY;
        ConnectionRepository.Stored usable = committed && revoking ? connection : renewer.fresh(connection);
        return attempt(job, usable, renewer.access(usable), progress(job));
    }

    /** With the media shown where the platform pulls them. */
    private Optional<PublishAttempt> shown(Claim claim, PublishAttempt attempt) {
        Stored job = claim.job();
        List<PublishAttempt.Media> files;
        try {
            files = media.shown(job);
        } catch (IOException e) {
            failures.again(claim, notes.backOff(job.doc().looks()), note("linkspan.media", "media_unreadable", e));
            return Optional.empty();
        } catch (RuntimeException e) { // from the host's own code: its media host or media store
            PublishAdapter adapter =
                    kernel.adapter(Platform.of(job.doc().platform())).publishing();
            failures.notShown(
                    claim, adapter, attempt, notes.of("linkspan.media_host", "failed", RedactedFailure.line(e)));
            return Optional.empty();
        }
        return Optional.of(new PublishAttempt(
                attempt.id(),
                attempt.accessToken(),
                attempt.account(),
                attempt.content(),
                files,
                attempt.handle(),
                attempt.now(),
                attempt.committedAt(),
                attempt.progress(),
                attempt.known()));
    }

    /** An attempt after its commit for the last read before a decision is required: with a fresh token, or the stored one. */
    Optional<PublishAttempt> lastRead(Stored job) {
        try {
            return Optional.of(usable(job, true));
        } catch (RuntimeException e) {
            return afterwards(job); // a token that has ended may still be taken
        }
    }

    /** An attempt for looking at a finished post with whatever token there is; empty when there is none. */
    Optional<PublishAttempt> afterwards(Stored job) {
        try {
            Optional<ConnectionRepository.Stored> stored = connection(job);
            return stored.map(it -> attempt(job, it, connections.open(it).access(), sent -> {}));
        } catch (RuntimeException e) {
            return Optional.empty(); // the verdict stands without it
        }
    }

    private PublishAttempt attempt(
            Stored job, ConnectionRepository.Stored connection, Secret access, LongConsumer progress) {
        Handle handle = jobs.open(job);
        return new PublishAttempt(
                MediaFiles.attemptId(job),
                access,
                connection.doc().account(),
                job.doc().content(),
                media.of(job),
                handle,
                kernel.now(),
                job.doc().committedAt(),
                progress,
                handle == null || job.doc().committedAt() == null
                        ? Duration.ZERO
                        : sightings.known(job.record().id(), handle.id()));
    }

    /** For how long this process has known the last sign of a job's post, by a clock that is never set. */
    Duration watched(Stored job) {
        return signs.known(job.record().id(), "sign " + job.doc().lastSign());
    }

    private Evidence note(String source, String code, Exception e) {
        return notes.of(source, code, RedactedFailure.withoutAddresses(e));
    }

    private LongConsumer progress(Stored job) {
        return sent -> kernel.tell(new LinkspanEvent.UploadProgress(
                job.owner(),
                kernel.now(),
                new PublicationId(job.doc().publication()),
                job.record().id(),
                Platform.of(job.doc().platform()),
                sent,
                job.doc().content().item().size()));
    }

    /** Comes back later in the same state, with what was seen. */
    boolean later(Claim claim, Duration pause, Evidence seen) {
        claim.release(claim.job().doc().looked().seen(seen), kernel.now().plus(pause));
        return false;
    }

    /** Records a refused token at the connection and retries the job later in the same state; false for any other response. */
    boolean tokenTrouble(Claim claim, PublishAttempt attempt, @Nullable PlatformError error) {
        Optional<Duration> pause = tokenRefused(claim.job(), attempt, error);
        pause.ifPresent(it -> later(claim, it, notes.of(Objects.requireNonNull(error, "error"))));
        return pause.isPresent();
    }

    /**
     * Notes at the connection that a token was refused. The refusal of one that was replaced meanwhile says nothing about the present one.
     *
     * @return when to ask again; empty when the answer is not about the token
     */
    Optional<Duration> tokenRefused(Stored job, PublishAttempt attempt, @Nullable PlatformError error) {
        if (error == null || error.meaning().tokenEffect() == TokenEffect.NONE) {
            return Optional.empty();
        }
        Optional<ConnectionRepository.Stored> present =
                connection(job).filter(stored -> holds(stored, attempt.accessToken()));
        present.ifPresent(stored -> trouble.note(stored, error));
        boolean soon = present.isEmpty() || error.meaning().tokenEffect() == TokenEffect.RENEW;
        return Optional.of(soon ? Duration.ofSeconds(2) : Duration.ofMinutes(5));
    }

    /** Keeps at the connection that a post was refused because of the account. Its job does not depend on that. */
    void refused(Stored job, PublishAdapter adapter, PlatformError error) {
        beside(job, () -> {
            if (adapter.restricts(error)) {
                Capability needed = adapter.capability(job.doc().content());
                connection(job).ifPresent(stored -> refusals.refused(stored, needed, error));
            }
        });
    }

    /** A post was taken, so the account is not restricted. */
    void taken(Stored job, PublishAdapter adapter) {
        Capability needed = adapter.capability(job.doc().content());
        beside(job, () -> connection(job).ifPresent(stored -> refusals.taken(stored, needed)));
    }

    /** Does what a job does not depend on: what goes wrong with it is logged. */
    void beside(Stored job, Runnable note) {
        try {
            note.run();
        } catch (RuntimeException e) {
            log.warn(
                    "what a post showed about its account was not kept, and the next post shows it again job={}: {}",
                    job.record().id(),
                    RedactedFailure.line(e));
        }
    }

    private boolean holds(ConnectionRepository.Stored stored, Secret access) {
        return stored.doc().token().sealed() != null
                && connections.access(stored).equals(access);
    }
}
