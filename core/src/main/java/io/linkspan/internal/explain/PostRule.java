package io.linkspan.internal.explain;

import static io.linkspan.internal.explain.Situation.*;

import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Explanation.Who;
import io.linkspan.publish.Failure;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The situation of one job from its newest facts and those of its connection: pure. */
public final class PostRule {
    /** From when on work that is due and that no worker has taken is overdue. */
    static final Duration OVERDUE = Duration.ofMinutes(1);

    private static final Set<String> NOT_ANSWERED = Set.of("not_done", "not_sent", "no_evidence", "unclear");

    private PostRule() {}

    /** The situation of a job. */
    public static Found of(PublishJob job, Instant now) {
        if (job.unreadable().isPresent()) {
            return new Found(
                    POST_UNREADABLE, null, "", Who.OPERATOR, job.unreadable().get());
        }
        Phase phase = job.state().phase();
        if (phase.terminal()) {
            return ended(job);
        }
        return phase.afterCommit() || job.facts().mayHaveLeft() ? afterCommit(job, now) : beforeCommit(job, now);
    }

    private static Found beforeCommit(PublishJob job, Instant now) {
        Instant next = job.nextLook().orElse(null);
        if (job.cancelWanted().isPresent()) {
            return Found.of(
                    POST_STOPPING, next, PlainWords.sentence(job.cancelWanted().get()));
        }
        Optional<Found> unusable = unusable(job, next);
        if (unusable.isPresent()) {
            return unusable.get();
        }
        if (overdue(next, now)) {
            return Found.of(POST_OVERDUE, next, "");
        }
        Instant notBefore = job.facts().notBefore();
        boolean begun = job.state().phase() != Phase.ACCEPTED;
        if (!begun) {
            boolean planned = notBefore != null && notBefore.isAfter(now);
            return Found.of(planned ? POST_SCHEDULED : POST_QUEUED, planned ? notBefore : next, "");
        }
        return newest(job).map(seen -> waiting(job, seen, next)).orElseGet(() -> Found.of(POST_PREPARING, next, ""));
    }

    private static boolean overdue(@Nullable Instant next, Instant now) {
        return next != null && !next.plus(OVERDUE).isAfter(now);
    }

    /** What the connection says now counts more than what the job saw of it. */
    private static Optional<Found> unusable(PublishJob job, @Nullable Instant next) {
        return job.facts().through().map(Connection::status).flatMap(status -> switch (status.kind()) {
            case AUTHORIZED, REFRESH_REQUIRED -> Optional.empty();
            case EXPIRED, REAUTHORIZATION_REQUIRED ->
                Optional.of(Found.of(POST_RECONNECT, null, why(status) + latest(job)));
            case AWAITING_ACCOUNT -> Optional.of(Found.of(POST_ACCOUNT_CHECK, null, why(status) + latest(job)));
            case PARTIALLY_REVOKED, REVOKED -> Optional.of(Found.of(POST_REMOVED, next, ""));
        });
    }

    private static String why(ConnectionStatus status) {
        if (status instanceof ConnectionStatus.ReauthorizationRequired needed) {
            return PlainWords.answer(needed.cause());
        }
        if (status instanceof ConnectionStatus.AwaitingAccount waiting) {
            return PlainWords.answer(waiting.cause());
        }
        return status instanceof ConnectionStatus.Expired expired
                ? "The access ended at " + PlainWords.time(expired.at()) + "."
                : "";
    }

    private static String latest(PublishJob job) {
        Instant notAfter = job.facts().notAfter();
        return notAfter == null ? "" : " The post expires at " + PlainWords.time(notAfter) + ".";
    }

    private static Optional<Evidence> newest(PublishJob job) {
        List<Evidence> seen = job.evidence();
        return seen.isEmpty() || seen.get(seen.size() - 1).source().equals("linkspan.submit")
                ? Optional.empty()
                : Optional.of(seen.get(seen.size() - 1));
    }

    private static Found waiting(PublishJob job, Evidence seen, @Nullable Instant next) {
        if (seen.cause() != null) {
            return answered(job, seen, next);
        }
        return switch (seen.source()) {
            case "linkspan.quota" -> Found.of(POST_LIMIT, next, seen);
            case "linkspan.lane" -> Found.of(POST_TAKES_TURN, next, "");
            case "linkspan.media_host" -> Found.of(POST_MEDIA_HOST, next, seen);
            case "linkspan.media" -> Found.of(POST_MEDIA_UNREADABLE, next, seen);
            case "linkspan.connection" ->
                seen.code().equals("authorization")
                        ? reconnected(job, next)
                        : Found.of(POST_RENEWAL_TROUBLE, next, seen);
            default -> byCode(seen, next);
        };
    }

    private static Found byCode(Evidence seen, @Nullable Instant next) {
        if (NOT_ANSWERED.contains(seen.code())) {
            return Found.of(POST_UNREACHABLE, next, seen);
        }
        return switch (seen.code()) {
            case "waiting" -> Found.of(POST_PROCESSING, next, seen);
            case "ready" -> Found.of(POST_READY, next, "");
            default -> Found.of(POST_PREPARING, next, "");
        };
    }

    /** The job saw that the account could not be used; by now it can, or nothing more is known. */
    private static Found reconnected(PublishJob job, @Nullable Instant next) {
        return job.facts().through().isPresent()
                ? Found.of(POST_RENEWING, next, "")
                : Found.of(POST_RECONNECT, null, latest(job).strip());
    }

    private static Found answered(PublishJob job, Evidence seen, @Nullable Instant next) {
        CauseClass why = java.util.Objects.requireNonNull(seen.cause()).causeClass();
        return switch (why) {
            case QUOTA -> Found.of(POST_LIMIT, next, seen);
            case TRANSIENT -> Found.of(POST_PLATFORM_TROUBLE, next, seen);
            case AUTHORIZATION -> reconnected(job, next);
            case ACCOUNT -> Found.of(POST_ACCOUNT_RESTRICTED, next, seen);
            case PERMISSION, CONFIGURATION -> Found.of(POST_OPTION_MISSING, next, seen);
            case CONTENT -> Found.of(POST_MEDIA_RETRY, next, seen);
            case UNKNOWN -> Found.of(POST_UNKNOWN_ANSWER, next, seen);
        };
    }

    private static Found afterCommit(PublishJob job, Instant now) {
        Instant next = job.nextLook().orElse(null);
        PublishState state = job.state();
        Optional<ConnectionStatus> barred = job.facts()
                .through()
                .map(Connection::status)
                .filter(it -> unusable(job, next).isPresent());
        if (state instanceof PublishState.AwaitingDecision waiting) {
            return decision(waiting, barred.orElse(null), next);
        }
        if (barred.isPresent() && state.phase() != Phase.COMMITTING) {
            return Found.of(POST_CHECK_RECONNECT, null, why(barred.get())).with(Who.PERSON, usableAgain(barred.get()));
        }
        if (overdue(next, now)) {
            return Found.of(POST_CHECK_OVERDUE, next, "");
        }
        if (job.cancelWanted().isPresent()) {
            return Found.of(
                    POST_STOPPING_LATE,
                    next,
                    PlainWords.sentence(job.cancelWanted().get()));
        }
        if (state.phase() == Phase.COMMITTING) {
            return Found.of(POST_SENDING, next, "");
        }
        Optional<Evidence> trouble = newest(job).filter(seen -> unanswered(state, seen));
        if (trouble.isPresent()) {
            return Found.of(POST_CHECK_TROUBLE, next, trouble.get());
        }
        if (state instanceof PublishState.Confirming) {
            return Found.of(POST_CONFIRMING, next, "");
        }
        return Found.of(
                POST_IN_DOUBT,
                next,
                state instanceof PublishState.InDoubt doubt ? PlainWords.sentence(doubt.why()) : "");
    }

    /** Through an account that cannot be used nothing is read or sent again, so neither is offered before it can. */
    private static Found decision(
            PublishState.AwaitingDecision waiting, @Nullable ConnectionStatus barred, @Nullable Instant next) {
        String why = PlainWords.sentence(waiting.why());
        if (barred == null) {
            return Found.of(POST_DECISION, next, why);
        }
        return removed(barred)
                ? Found.of(POST_DECISION_REMOVED, null, why)
                : Found.of(POST_DECISION_RECONNECT, null, (why + " " + why(barred)).strip())
                        .with(Who.PERSON, usableAgain(barred));
    }

    private static boolean removed(ConnectionStatus status) {
        return status.kind() == ConnectionStatus.Kind.PARTIALLY_REVOKED
                || status.kind() == ConnectionStatus.Kind.REVOKED;
    }

    private static String usableAgain(ConnectionStatus status) {
        return status.kind() == ConnectionStatus.Kind.AWAITING_ACCOUNT
                ? "Open the platform's app, sign in and follow the instructions there."
                : "Connect the account again.";
    }

    /** The commit's own answer is why there is doubt; only what was read after it is trouble with reading. */
    private static boolean unanswered(PublishState state, Evidence seen) {
        Instant since = state instanceof PublishState.InDoubt doubt
                ? doubt.since()
                : state instanceof PublishState.Confirming confirming ? confirming.since() : Instant.MIN;
        boolean failed = seen.cause() != null
                || seen.code().equals("no_evidence")
                || seen.code().equals("not_now");
        return failed && seen.at().isAfter(since);
    }

    private static Found ended(PublishJob job) {
        PublishState state = job.state();
        if (state instanceof PublishState.Published it) {
            return PublishedAnswer.found(job, it);
        }
        if (state instanceof PublishState.Delivered it) {
            return new Found(POST_DRAFT, it.at(), "", Who.PERSON, it.instruction());
        }
        if (state instanceof PublishState.Cancelled it) {
            boolean removed = EndedAccess.is(it.reason());
            return Found.of(removed ? POST_CANCELLED_REMOVED : POST_CANCELLED, null, PlainWords.sentence(it.reason()));
        }
        if (state instanceof PublishState.Expired it) {
            return Found.of(POST_EXPIRED, it.at(), lastObstacle(job));
        }
        return failed(((PublishState.Failed) state));
    }

    private static String lastObstacle(PublishJob job) {
        return job.evidence().stream()
                .filter(seen -> seen.cause() != null
                        || seen.source().equals("linkspan.quota")
                        || seen.source().startsWith("linkspan.media")
                        || seen.source().equals("linkspan.connection"))
                .reduce((earlier, later) -> later)
                .map(seen -> "The last obstacle: "
                        + (seen.cause() == null ? PlainWords.sentence(seen.detail()) : PlainWords.answer(seen)))
                .orElse("");
    }

    private static Found failed(PublishState.Failed state) {
        Failure failure = state.failure();
        String what = PlainWords.failure(failure.what()) + " Code: " + failure.code() + ".";
        Situation situation = state.attested() ? POST_GIVEN_UP : failed(failure);
        return new Found(
                situation,
                null,
                state.attested() ? PlainWords.sentence(failure.what()) : what,
                Found.who(failure.actor()),
                failure.remedy());
    }

    private static Situation failed(Failure failure) {
        if (failure.code().equals("media_changed")) {
            return POST_MEDIA_CHANGED;
        }
        if (failure.code().equals("not_prepared")
                && failure.causeClass() == CauseClass.TRANSIENT
                && failure.actor() == Actor.OPERATOR) {
            return POST_FAILED_MEDIA;
        }
        return switch (failure.causeClass()) {
            case AUTHORIZATION -> POST_FAILED_AUTHORIZATION;
            case PERMISSION, CONFIGURATION -> POST_FAILED_OPTION;
            case ACCOUNT -> POST_FAILED_ACCOUNT;
            case CONTENT -> POST_FAILED_CONTENT;
            case QUOTA -> POST_FAILED_LIMIT;
            case TRANSIENT -> POST_FAILED_PLATFORM;
            case UNKNOWN -> POST_FAILED_UNKNOWN;
        };
    }
}
