package io.linkspan.internal.connection;

import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.explain.PlainWords;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.PreviousPair;
import io.linkspan.internal.wire.RefreshIntent;
import io.linkspan.internal.wire.RevokeDoc;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.internal.wire.TokenFact;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.Grant;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.RenewalModel;
import io.linkspan.spi.TokenEffect;
import io.linkspan.spi.TokenPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what a renewal came to, over the pair that was spent or an older one, and never over a younger one. */
final class RenewalOutcomes {
    private static final Logger log = LoggerFactory.getLogger(RenewalOutcomes.class);
    private static final Duration KEEP_PREVIOUS = Duration.ofHours(24);
    private static final int MOST_DOUBLINGS = 7;
    /** With the shorter pauses before it, at most 12 tries in any hour. */
    private static final Duration LONGEST_OUTAGE_PAUSE = Duration.ofMinutes(7);

    private static final String SOURCE = "linkspan.renewal";

    private final Kernel kernel;
    private final ConnectionRepository repository;
    private final UnwantedGrants unwanted;
    private final Set<String> alertedApps = ConcurrentHashMap.newKeySet();

    RenewalOutcomes(Kernel kernel, ConnectionRepository repository, UnwantedGrants unwanted) {
        this.kernel = kernel;
        this.repository = repository;
        this.unwanted = unwanted;
    }

    private RenewalModel model(Stored stored) {
        return kernel.adapter(stored.platform()).oauth().renewal();
    }

    /**
     * What a spent pair brought.
     *
     * @param outcome the platform's answer, with a whole pair when it is a success
     * @param intent what it was spent under, if that is known
     * @param spent version of the pair that was spent
     * @param issue issue number of the pair that the answer brings
     * @param startedAt when the request left
     */
    private record Answer(
            Outcome<Grant> outcome, @Nullable RefreshIntent intent, long spent, long issue, Instant startedAt) {

        /** Whether it tells nothing, and another node is between its own intent and its answer by now. */
        boolean isOvertakenBy(@Nullable RefreshIntent present) {
            boolean tellsNothing =
                    outcome instanceof Outcome.NotSent<Grant> || outcome instanceof Outcome.Unclear<Grant>;
            return tellsNothing && present != null && !present.equals(intent);
        }
    }

    /**
     * Writes an outcome over the pair that was spent, or over an older one that a sibling fell back to. A younger pair stays,
     * a connection that was given up is never revived, and a pair that is not stored goes to the revocation list.
     */
    Stored apply(Stored begun, Outcome<Grant> outcome, Instant startedAt) {
        RefreshIntent intent = begun.doc().token().intent();
        Long issue = intent == null ? null : intent.issueNumber();
        Answer answer = new Answer(
                outcome.map(grant -> whole(begun, grant)),
                intent,
                begun.doc().token().version(),
                issue == null ? begun.record().version() : issue,
                startedAt);
        Stored current = begun;
        while (true) {
            Optional<Stored> saved = write(current, answer);
            if (saved.isPresent()) {
                return saved.get();
            }
            Optional<Stored> again =
                    repository.find(begun.record().tenant(), begun.record().id());
            if (again.isEmpty()) {
                discard(current, answer, "a renewal was answered after the connection was deleted");
                return current;
            }
            current = again.get();
        }
    }

    private Optional<Stored> write(Stored current, Answer answer) {
        ConnectionDoc doc = current.doc();
        if (doc.sides().local() == Sides.Local.WIPED) {
            if (!keptByPolicy(doc)) {
                discard(current, answer, "a renewal was answered after the connection was given up");
            }
            return Optional.of(current);
        }
        long issue = doc.token().issue();
        boolean replaced = doc.token().version() != answer.spent();
        if (replaced && issue == answer.issue()) {
            return Optional.of(current); // stored already, by a write that was reported as failed
        }
        boolean younger = answer.outcome()
                .result()
                .filter(grant -> answer.issue() > issue && sameAccount(doc, grant))
                .isPresent();
        if (replaced && !younger) {
            discard(current, answer, "a renewal was answered after a younger pair was stored");
            return Optional.of(current);
        }
        if (answer.isOvertakenBy(doc.token().intent())) {
            return Optional.of(current); // its lease keeps a third one away
        }
        return doc.sides().local() == Sides.Local.REVOKE_ONLY ? whileRevoking(current, answer) : save(current, answer);
    }

    private void discard(Stored current, Answer answer, String why) {
        answer.outcome().result().ifPresent(grant -> unwanted.add(current, answer.issue(), grant, why));
    }

    /** The host asked to leave the grant alone. */
    static boolean keptByPolicy(ConnectionDoc doc) {
        RevokeDoc revoke = doc.revoke();
        return doc.sides().grant() == Sides.Grant.KEPT_BY_POLICY || (revoke != null && !revoke.revokeGrant());
    }

    /** Disconnected meanwhile: the new pair is the one that can be revoked, and is used for nothing else. */
    private Optional<Stored> whileRevoking(Stored stored, Answer answer) {
        Outcome<Grant> outcome = answer.outcome();
        ConnectionDoc doc = stored.doc();
        RevokeDoc revoke = doc.revoke();
        TokenDoc old = doc.token();
        if (outcome instanceof Outcome.Done<Grant> done && sameAccount(doc, done.value())) {
            TokenDoc next = pair(stored, done.value(), answer).revoking();
            return repository.save(
                    stored, doc.withToken(next).withRevoke(revoke == null ? null : revoke.spending(false)));
        }
        discard(stored, answer, "a renewal answered for another account");
        boolean spent = outcome instanceof Outcome.Unclear<Grant> || outcome instanceof Outcome.Done<Grant>;
        ConnectionDoc next = doc.withToken(old.settled(TokenPhase.REVOKING, old.cause(), old.effect(), null))
                .withRevoke(revoke == null ? null : revoke.spending(revoke.spentUnclear() || spent));
        return repository.save(stored, next);
    }

    private Optional<Stored> save(Stored stored, Answer answer) {
        Outcome<Grant> outcome = answer.outcome();
        if (outcome instanceof Outcome.Done<Grant> done) {
            return renewed(stored, done.value(), answer);
        }
        if (outcome instanceof Outcome.Refused<Grant> refused) {
            return refused(stored, refused.error());
        }
        if (outcome instanceof Outcome.NotSent<Grant> notSent) {
            Evidence seen = new Evidence(SOURCE, kernel.now(), "not_sent", notSent.why());
            return pending(stored, seen, TokenEffect.NONE, outagePause(stored));
        }
        return unclear(stored, ((Outcome.Unclear<Grant>) outcome).why());
    }

    private static boolean sameAccount(ConnectionDoc doc, Grant grant) {
        String named = grant.accountId();
        return named == null
                || named.equals(doc.account().id())
                || doc.account().aliases().contains(named);
    }

    private TokenDoc pair(Stored stored, Grant grant, Answer answer) {
        ConnectionDoc doc = stored.doc();
        TokenDoc old = doc.token();
        long version = old.version() + 1;
        String sealed = repository.seal(
                stored.record().tenant(),
                stored.record().id(),
                doc.platform(),
                doc.registration(),
                version,
                grant.tokens());
        Instant startedAt = answer.startedAt();
        Instant chainEnd = grant.refreshLife() == null ? old.refreshExpiresAt() : startedAt.plus(grant.refreshLife());
        return TokenDoc.fresh(version, sealed, startedAt, model(stored).endsAt(startedAt, grant.accessLife()), chainEnd)
                .issuedAs(answer.issue());
    }

    private Optional<Stored> renewed(Stored stored, Grant grant, Answer answer) {
        ConnectionDoc doc = stored.doc();
        TokenDoc old = doc.token();
        if (!sameAccount(doc, grant)) {
            return otherAccount(stored, answer);
        }
        String sealed = old.sealed();
        PreviousPair previous = sealed == null || old.phase() == TokenPhase.REAUTH_REQUIRED
                ? null
                : new PreviousPair(old.version(), sealed, kernel.now().plus(KEEP_PREVIOUS), old.issue());
        TokenDoc token = pair(stored, grant, answer).following(old, previous);
        ConnectionDoc next = doc.withToken(token);
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("linkspan", "renewed", valid(token)));
        if (old.is(TokenFact.RENEWAL_PENDING)) {
            lines.add(new Line("linkspan", "renewal_recovered", "after " + old.failures() + " tries that failed"));
        }
        if (grant.scopes() != null && !grant.scopes().equals(doc.scopes())) {
            lines.add(new Line("platform", "scopes_changed", "from " + doc.scopes() + " to " + grant.scopes()));
            next = next.withScopes(grant.scopes());
        }
        return repository.save(stored, next, lines.toArray(Line[]::new));
    }

    /** Somebody else's tokens are never used; ours are spent. */
    private Optional<Stored> otherAccount(Stored stored, Answer answer) {
        discard(stored, answer, "a renewal answered for another account");
        Evidence seen = new Evidence(
                SOURCE, kernel.now(), "account_mismatch", "the renewal answered with tokens of another account");
        return dead(stored, seen, TokenEffect.NONE);
    }

    /** A blank never replaces a value: an answer without refresh token keeps the old one. */
    private Grant whole(Stored begun, Grant grant) {
        if (grant.tokens().refresh() != null) {
            return grant;
        }
        TokenPair pair =
                new TokenPair(grant.tokens().access(), repository.open(begun).refresh());
        return new Grant(
                pair, grant.accessLife(), grant.refreshLife(), grant.scopes(), grant.accountId(), grant.tokenType());
    }

    private Optional<Stored> refused(Stored stored, PlatformError error) {
        Evidence seen = TokenTrouble.evidence(error, kernel.now());
        TokenEffect effect = error.meaning().tokenEffect();
        if (effect == TokenEffect.DEAD || effect == TokenEffect.REMOVED_BY_PERSON || effect == TokenEffect.RENEW) {
            return deadOrThePairBefore(stored, seen);
        }
        if (effect == TokenEffect.WAITING_FOR_PERSON) {
            // renewing is tried in its own time; that the account works again is seen by a look
            Stored looked = new Stored(
                    stored.record(), stored.doc().withCheckAt(kernel.now().plus(NextLook.SOON)));
            return pending(looked, seen, effect, kernel.now().plus(Duration.ofHours(1)));
        }
        if (error.meaning().causeClass() == CauseClass.CONFIGURATION
                && alertedApps.add(stored.doc().registration())) {
            log.warn(
                    "renewals fail for platform={} app={}, which is said once: {}",
                    stored.platform(),
                    stored.doc().registration(),
                    error.describe());
        }
        boolean passing = error.meaning().causeClass() == CauseClass.TRANSIENT;
        return pending(stored, seen, TokenEffect.NONE, passing ? outagePause(stored) : coolDown(stored));
    }

    /** A pair that never worked once and is refused may have been a faulty answer: the one before it gets one try. */
    private Optional<Stored> deadOrThePairBefore(Stored stored, Evidence seen) {
        TokenDoc token = stored.doc().token();
        PreviousPair previous = token.previous();
        if (previous == null || !kernel.now().isBefore(previous.until())) {
            return dead(stored, seen, TokenEffect.DEAD);
        }
        TokenPair pair = repository.open(stored, previous.sealed(), previous.version());
        long version = token.version() + 1;
        String sealed = repository.seal(
                stored.record().tenant(),
                stored.record().id(),
                stored.doc().platform(),
                stored.doc().registration(),
                version,
                pair);
        TokenDoc before = TokenDoc.fresh(version, sealed, token.issuedAt(), kernel.now(), token.refreshExpiresAt())
                .issuedAs(previous.issue())
                .following(token, null)
                .noting(TokenFact.ACCESS_REFUSED)
                .noting(TokenFact.MAY_BE_SPENT)
                .noting(TokenFact.RENEWAL_PENDING)
                .settled(TokenPhase.UNCLEAR, seen, TokenEffect.NONE, coolDown(stored));
        Line[] lines = token.is(TokenFact.RENEWAL_PENDING)
                ? new Line[] {}
                : new Line[] {new Line("platform", "renewal_pending", seen.describe() + "; the pair before is tried")};
        return repository.save(stored, stored.doc().withToken(before), lines);
    }

    private Optional<Stored> dead(Stored stored, Evidence seen, TokenEffect effect) {
        TokenDoc next = stored.doc().token().settled(TokenPhase.REAUTH_REQUIRED, seen, effect, null);
        return repository.save(
                stored,
                stored.doc().withToken(next.withoutPrevious()),
                new Line("platform", "renewal_failed", seen),
                new Line("platform", "reauthorization_required", seen));
    }

    private Optional<Stored> unclear(Stored stored, String why) {
        TokenDoc token = stored.doc().token();
        Evidence seen = new Evidence(SOURCE, kernel.now(), "unclear", why);
        Instant end = TokenLife.accessEnd(token, model(stored));
        Instant late = end == null ? kernel.now() : end.minus(Duration.ofMinutes(10));
        boolean wait = late.isAfter(kernel.now()) && !token.is(TokenFact.ACCESS_REFUSED);
        ConnectionDoc doc = stored.doc().withToken(token.noting(TokenFact.MAY_BE_SPENT));
        return pending(new Stored(stored.record(), doc), seen, TokenEffect.NONE, wait ? late : outagePause(stored));
    }

    /** The node that spent it is gone and left no answer: as after a lost answer. */
    Optional<Stored> abandoned(Stored stored) {
        return unclear(stored, "the node that renewed stopped before an answer was kept");
    }

    /** Tries again later; the history says so once per episode. */
    private Optional<Stored> pending(Stored stored, Evidence seen, @Nullable TokenEffect effect, Instant again) {
        TokenDoc token = stored.doc().token();
        TokenPhase phase = token.is(TokenFact.MAY_BE_SPENT) ? TokenPhase.UNCLEAR : TokenPhase.HEALTHY;
        TokenDoc next = token.noting(TokenFact.RENEWAL_PENDING).settled(phase, seen, effect, again);
        ConnectionDoc doc = stored.doc().withToken(next);
        return token.is(TokenFact.RENEWAL_PENDING)
                ? repository.save(stored, doc)
                : repository.save(stored, doc, new Line("platform", "renewal_pending", seen));
    }

    /** Whether the app that is configured here is the one the person consented to. */
    boolean belongsToThisApp(Stored stored) {
        return stored.doc()
                .registration()
                .equals(kernel.adapter(stored.platform()).registration());
    }

    /** Tokens of another app are not sent: the refusal would look like a dead grant. */
    Optional<Stored> wrongApp(Stored stored) {
        Evidence seen = new Evidence(
                "linkspan.configuration",
                kernel.now(),
                "app_registration_changed",
                "connected with app " + stored.doc().registration() + ", configured is app "
                        + kernel.adapter(stored.platform()).registration()
                        + "; configure that app again, or have the person connect again");
        return stored.doc().sides().local() == Sides.Local.HELD
                ? pending(stored, seen, TokenEffect.NONE, kernel.now().plus(Duration.ofHours(1)))
                : Optional.of(stored);
    }

    /** An outage says nothing about the next one: when it is over, a renewal comes back within minutes. */
    private Instant outagePause(Stored stored) {
        Duration pause = coolDown(kernel, stored.doc().token());
        Duration longest = spread(kernel, LONGEST_OUTAGE_PAUSE);
        return kernel.now().plus(pause.compareTo(longest) < 0 ? pause : longest);
    }

    private Instant coolDown(Stored stored) {
        return kernel.now().plus(coolDown(kernel, stored.doc().token()));
    }

    /** Grows with each failure in a row, and differs a little so that many connections do not come back together. */
    static Duration coolDown(Kernel kernel, TokenDoc token) {
        return spread(
                kernel,
                kernel.settings().refreshCoolDown().multipliedBy(1L << Math.min(token.failures(), MOST_DOUBLINGS)));
    }

    private static Duration spread(Kernel kernel, Duration base) {
        return Duration.ofMillis((long) (base.toMillis() * (kernel.jitter(0.05) + 0.05)));
    }

    private static String valid(TokenDoc token) {
        Instant access = token.accessExpiresAt();
        Instant consent = token.refreshExpiresAt();
        return "access token valid " + (access == null ? "without end" : "until " + PlainWords.time(access))
                + (consent == null ? "" : ", consent ends at " + PlainWords.time(consent));
    }
}
