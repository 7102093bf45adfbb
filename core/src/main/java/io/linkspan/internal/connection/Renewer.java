package io.linkspan.internal.connection;

import io.linkspan.AuthorizationException;
import io.linkspan.CallInterruptedException;
import io.linkspan.LinkspanException;
import io.linkspan.Owner;
import io.linkspan.TransportException;
import io.linkspan.UnreadableRecordException;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.internal.HostCode;
import io.linkspan.internal.Interrupts;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.RedactedFailure;
import io.linkspan.internal.Settings;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.crypto.Vault;
import io.linkspan.internal.explain.PlainWords;
import io.linkspan.internal.http.SendPermit;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.wire.AnswerDoc;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.PreviousPair;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.internal.wire.TokenFact;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.Grant;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.RenewalModel;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews tokens: intent before the call, answer kept before it is read, new pair written only over the pair that was spent.
 */
public final class Renewer {
    private static final Logger log = LoggerFactory.getLogger(Renewer.class);
    private final Kernel kernel;
    private final ConnectionRepository repository;
    private final RenewalOutcomes outcomes;
    private final RenewalIntents intents;
    private final UnreadableTokens unreadable;
    private final UnstoredAnswers unstored;
    private final ConcurrentMap<String, CompletableFuture<Stored>> running = new ConcurrentHashMap<>();

    /** Over a repository. */
    public Renewer(Kernel kernel, ConnectionRepository repository) {
        this.kernel = kernel;
        this.repository = repository;
        this.outcomes = new RenewalOutcomes(kernel, repository, new UnwantedGrants(kernel, repository));
        this.intents = new RenewalIntents(kernel, repository);
        this.unreadable = new UnreadableTokens(kernel, repository);
        this.unstored = repository.unstored();
    }

    /**
     * What a spent token brought.
     *
     * @param stored the connection after it
     * @param outcome the platform's answer; null when nothing was sent
     */
    record Spent(Stored stored, @Nullable Outcome<Grant> outcome) {}

    private RenewalModel model(Stored stored) {
        return kernel.adapter(stored.platform()).oauth().renewal();
    }

    /**
     * A connection with a usable access token, renewed when it has to be.
     *
     * @throws AuthorizationException when only a new consent helps
     * @throws TransportException when the token has ended and the platform did not answer
     */
    public Stored fresh(Stored stored) {
        unstored.retry();
        Stored present = unreadable.again(stored);
        requireAlive(present);
        measureDelay(present);
        if (TokenLife.usable(present.doc().token(), kernel.now())) {
            return present;
        }
        Stored renewed = renew(present);
        requireAlive(renewed);
        TokenDoc token = renewed.doc().token();
        if (!TokenLife.usable(token, kernel.now())) {
            Evidence cause = token.cause();
            if (intents.leased(token)) {
                throw new TransportException("the access token of connection "
                        + stored.record().id() + " is being renewed by another node. Call again in a few seconds.");
            }
            boolean interrupted = Thread.currentThread().isInterrupted() && token.retryAt() == null;
            if (interrupted) {
                throw new CallInterruptedException(
                        "the access token of connection " + stored.record().id()
                                + " has to be renewed, and this thread is interrupted. Nothing was sent; call again.",
                        null);
            }
            throw new TransportException("the access token of connection "
                    + stored.record().id()
                    + (token.is(TokenFact.ACCESS_REFUSED) ? " is refused" : " has ended")
                    + " and could not be renewed now; it is tried again by itself"
                    + (token.retryAt() == null ? "" : " at " + PlainWords.time(token.retryAt()))
                    + (cause == null ? "" : ": " + cause.describe()));
        }
        return renewed;
    }

    /** A renewal that nobody did is seen by whoever uses the connection, also where no worker runs. */
    private void measureDelay(Stored stored) {
        Instant overdue = TokenLife.overdueAt(stored.doc().token(), model(stored));
        if (overdue != null && !kernel.now().isBefore(overdue)) {
            kernel.observer()
                    .meter()
                    .time(
                            "linkspan.renewal.overdue",
                            Duration.between(overdue, kernel.now()),
                            Map.of("platform", stored.doc().platform()));
        }
    }

    /** The access token of a connection that {@link #fresh} gave; kept in memory for a short while if the host allows that. */
    public Secret access(Stored fresh) {
        try {
            return repository.access(fresh);
        } catch (UnreadableRecordException e) {
            throw unreadable.refusal(unreadable.mark(fresh, e), e);
        }
    }

    /** A usable access token, found by owner and id. */
    Secret access(Owner owner, ConnectionId id) {
        AccessTokenCache cache = repository.accessTokens();
        if (cache.off()) {
            return access(fresh(repository.require(owner, id)));
        }
        Secret known = cache.find(owner, id.value());
        if (known != null) {
            return known;
        }
        long stamp = cache.stamp();
        Stored fresh = fresh(repository.require(owner, id));
        Secret token = access(fresh);
        Instant end = fresh.doc().token().accessExpiresAt();
        long usableUntil =
                end == null ? Long.MAX_VALUE : end.minus(Settings.SKEW).toEpochMilli();
        cache.keep(stamp, owner, id.value(), token, usableUntil);
        return token;
    }

    private void requireAlive(Stored stored) {
        ConnectionDoc doc = stored.doc();
        boolean over = doc.token().phase() == TokenPhase.REAUTH_REQUIRED
                || doc.sides().local() != Sides.Local.HELD
                || TokenLife.consentEnded(doc.token(), model(stored), kernel.now());
        if (over) {
            String status = StatusRule.status(doc, model(stored), kernel.now()).describe();
            throw new AuthorizationException("connection " + stored.record().id() + " (" + stored.platform() + " "
                    + doc.account().shown() + "): " + status);
        }
    }

    /** Does what is due for the tokens of a connection in use: notices, an old pair erased, a renewal. */
    public Stored tend(Stored due) {
        Stored stored = unreadable.again(due);
        measureDelay(stored);
        TokenDoc token = stored.doc().token();
        Instant now = kernel.now();
        List<Line> lines = new ArrayList<>();
        TokenDoc next = token;
        Instant notice = TokenLife.noticeAt(token, model(stored));
        if (notice != null && !now.isBefore(notice)) {
            Instant end = Objects.requireNonNull(TokenLife.consentEnd(token, model(stored)), "end");
            boolean ended = TokenLife.consentEnded(token, model(stored), now);
            next = next.noting(ended ? TokenFact.CONSENT_ENDED : TokenFact.CONSENT_END_NEAR);
            lines.add(
                    ended
                            ? new Line(
                                    "linkspan",
                                    "consent_ended",
                                    "at " + PlainWords.time(end) + "; the person has to connect again")
                            : new Line(
                                    "linkspan",
                                    "consent_ends_soon",
                                    "at " + PlainWords.time(end) + " unless the person connects again"));
        }
        PreviousPair previous = token.previous();
        if (previous != null && !now.isBefore(previous.until())) {
            next = next.withoutPrevious();
        }
        if (!next.equals(token)) {
            Stored read = stored;
            return repository
                    .save(stored, stored.doc().withToken(next), lines.toArray(Line[]::new))
                    .orElseGet(() -> reread(read));
        }
        return renew(stored);
    }

    /** Renews now; threads of this process share one renewal per connection. */
    public Stored renew(Stored stored) {
        kernel.hostTransactions()
                .refuse("the renewal of connection " + stored.record().id());
        String key = key(stored);
        CompletableFuture<Stored> mine = new CompletableFuture<>();
        CompletableFuture<Stored> other = running.putIfAbsent(key, mine);
        while (other != null) {
            Optional<Stored> result = shared(other);
            if (result.isPresent()) {
                return result.get();
            }
            other = running.putIfAbsent(key, mine);
        }
        try {
            Stored result = attempt(stored);
            mine.complete(result);
            return result;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.remove(key, mine);
        }
    }

    /** What the other thread got, its exception too; empty when it was interrupted, which is no answer for this one. */
    private static Optional<Stored> shared(CompletableFuture<Stored> other) {
        try {
            return Optional.of(other.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallInterruptedException(
                    "the calling thread was interrupted while another one renews the same connection; call again", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CallInterruptedException) {
                return Optional.empty();
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw HostCode.failed("another thread that renews the same connection", e);
        }
    }

    private static String key(Stored stored) {
        return "renewal\n" + stored.record().tenant() + "\n" + stored.record().id();
    }

    /** Writes what no store accepted before; whether that was an answer. */
    private boolean settle(Stored stored) {
        intents.settle(stored);
        return unstored.settle(key(stored));
    }

    /** Whether another process may be renewing. */
    boolean leased(TokenDoc token) {
        return intents.leased(token);
    }

    private Stored attempt(Stored first) {
        settle(first);
        Kernel.Wait wait = kernel.waitAtMost(kernel.settings().refreshCall());
        long versionAtStart = first.doc().token().version();
        while (true) {
            Stored stored = reread(first);
            TokenDoc token = stored.doc().token();
            if (over(stored, versionAtStart)) {
                return stored;
            }
            if (intents.leased(token)) {
                if (TokenLife.usable(token, kernel.now()) || !wait.goesOn()) {
                    return stored; // another node is at it
                }
                Interrupts.stopHere();
                continue;
            }
            if (token.staged() != null) {
                return finishStaged(stored).stored();
            }
            if (token.intent() == null && pauses(stored)) {
                return stored; // the last try failed a moment ago; callers do not add to an outage
            }
            if (Thread.currentThread().isInterrupted()) {
                return stored; // before an intent is written that nothing would follow
            }
            SendPermit permit = intents.permit();
            Optional<Stored> next = token.intent() != null ? outcomes.abandoned(stored) : begin(stored);
            if (next.isPresent()) {
                boolean begun = next.get().doc().token().phase() == TokenPhase.REFRESHING;
                return begun ? spend(next.get(), permit).stored() : next.get();
            }
        }
    }

    private boolean over(Stored stored, long versionAtStart) {
        TokenDoc token = stored.doc().token();
        return stored.doc().sides().local() != Sides.Local.HELD
                || token.phase() == TokenPhase.REAUTH_REQUIRED
                || token.version() != versionAtStart
                || (token.intent() == null && TokenLife.consentEnded(token, model(stored), kernel.now()));
    }

    /** Whether a process began a renewal and is gone. */
    public boolean abandoned(Stored stored) {
        TokenDoc token = stored.doc().token();
        return token.intent() != null && !intents.leased(token);
    }

    /** Whether it is too early for a try: a pair may be too young, and after a failed try there is a pause. */
    private boolean pauses(Stored stored) {
        TokenDoc token = stored.doc().token();
        Instant issued = token.issuedAt();
        Instant again = token.retryAt();
        Evidence why = token.cause();
        return !over("age", token, issued, model(stored).earliest(issued))
                || (again != null && !over("pause", token, why == null ? kernel.now() : why.at(), again));
    }

    /** Whether a time has passed that began by the clock of another node, which may be ahead. */
    private boolean over(String kind, TokenDoc token, Instant from, Instant end) {
        String what = kind + "\n" + Kernel.sha256(String.valueOf(token.sealed()));
        return kernel.leases().over(what, "a renewal", end, Duration.between(from, end), kernel.now());
    }

    private Stored reread(Stored stored) {
        return repository.find(stored.record().tenant(), stored.record().id()).orElse(stored);
    }

    /** Writes the intent; a connection whose tokens cannot be spent here is told so instead. */
    private Optional<Stored> begin(Stored stored) {
        Interrupts.stopHere(); // before there is an intent
        if (!outcomes.belongsToThisApp(stored)) {
            return outcomes.wrongApp(stored);
        }
        try {
            repository.open(stored);
        } catch (UnreadableRecordException e) {
            return Optional.of(unreadable.mark(stored, e));
        }
        return intents.begin(stored);
    }

    /** Renews only to revoke, with the same intent, lease and kept answer. */
    Spent renewToRevoke(Stored stored) {
        if (settle(stored)) {
            return new Spent(reread(stored), null);
        }
        TokenDoc token = stored.doc().token();
        if (intents.leased(token) || Thread.currentThread().isInterrupted()) {
            return new Spent(stored, null);
        }
        if (token.staged() != null) {
            return finishStaged(stored);
        }
        SendPermit permit = intents.permit();
        Optional<Stored> begun = begin(stored);
        return begun.isEmpty() || begun.get().doc().token().intent() == null
                ? new Spent(begun.orElseGet(() -> reread(stored)), null)
                : spend(begun.get(), permit);
    }

    private Spent spend(Stored begun, SendPermit permit) {
        TokenPair pair;
        try {
            pair = repository.open(begun);
        } catch (LinkspanException e) {
            intents.giveBack(begun); // nothing was sent
            throw e;
        }
        Instant startedAt = kernel.now();
        if (permit.refusal() != null) {
            return new Spent(intents.giveBack(begun), null); // paused too long: someone else may take over
        }
        AtomicReference<Stored> current = new AtomicReference<>(begun);
        Outcome<Grant> outcome = kernel.caller(
                        begun.record().tenant(), begun.record().id())
                .run(
                        kernel.adapter(begun.platform()).oauth().renew(pair),
                        (call, answer) -> stage(current, call, answer),
                        permit);
        log.debug(
                "renewal connection={} outcome={}",
                begun.record().id(),
                outcome.getClass().getSimpleName());
        // says nothing about the platform, so it is no failure of the renewal either
        boolean stayed = outcome instanceof Outcome.NotSent
                && (Thread.currentThread().isInterrupted() || permit.refusal() != null);
        return stayed
                ? new Spent(intents.giveBack(begun), null)
                : new Spent(applied(Objects.requireNonNull(current.get()), outcome, startedAt), outcome);
    }

    /** Writes an outcome; one that no store accepts stays in memory until it is written. */
    private Stored applied(Stored stored, Outcome<Grant> outcome, Instant startedAt) {
        return unstored.write(key(stored), () -> outcomes.apply(stored, outcome, startedAt));
    }

    private void stage(AtomicReference<Stored> current, HttpCall call, HttpResult.Answered answer) {
        if (call.callClass() != CallClass.SPEND) {
            return;
        }
        Stored begun = Objects.requireNonNull(current.get());
        try {
            byte[] sealed = kernel.vault().seal(Json.write(AnswerDoc.of(answer)), stagedPlace(begun));
            String text = Base64.getEncoder().encodeToString(sealed);
            UnstoredAnswers.uninterrupted(() -> staged(begun, call.operation(), text))
                    .ifPresent(current::set);
        } catch (RuntimeException e) {
            // the answer goes on in memory; what it says may still be stored in a moment
            log.warn(
                    "a token answer could not be kept before it was read connection={}",
                    begun.record().id(),
                    RedactedFailure.of(e));
        }
    }

    /** Keeps an answer beside its intent, whatever else changed meanwhile; empty when another node took the renewal over. */
    private Optional<Stored> staged(Stored begun, String operation, String answer) {
        Stored stored = begun;
        while (Objects.equals(stored.doc().token().intent(), begun.doc().token().intent())) {
            Optional<Stored> saved = repository.save(
                    stored, stored.doc().withToken(stored.doc().token().staged(operation, answer)));
            Optional<Stored> again = saved.isPresent()
                    ? Optional.empty()
                    : repository.find(begun.record().tenant(), begun.record().id());
            if (again.isEmpty()) {
                return saved;
            }
            stored = again.get();
        }
        return Optional.empty();
    }

    private static Vault.Place stagedPlace(Stored stored) {
        ConnectionDoc doc = stored.doc();
        return Kernel.place(
                stored.record().tenant(),
                stored.record().id(),
                doc.platform(),
                doc.registration(),
                "staged",
                doc.token().version());
    }

    /** Goes on from an answer that a stopped process kept. */
    private Spent finishStaged(Stored stored) {
        TokenDoc token = stored.doc().token();
        byte[] plain;
        try {
            plain = kernel.vault()
                    .open(Base64.getDecoder().decode(String.valueOf(token.staged())), stagedPlace(stored));
        } catch (UnreadableRecordException e) {
            return new Spent(unreadable.mark(stored, e), null);
        }
        Instant spentAt = token.intent() == null ? kernel.now() : token.intent().startedAt();
        Outcome<Grant> outcome = kernel.caller(
                        stored.record().tenant(), stored.record().id())
                .run(kernel.adapter(stored.platform())
                        .oauth()
                        .resume(
                                String.valueOf(token.stagedOperation()),
                                Json.read(plain, AnswerDoc.class).answer()));
        return new Spent(applied(stored, outcome, spentAt), outcome);
    }
}
