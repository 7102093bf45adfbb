package io.linkspan.internal.connection;

import io.linkspan.AuthorizationException;
import io.linkspan.TransportException;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.Settings;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.wire.AnswerDoc;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.RefreshIntent;
import io.linkspan.internal.wire.RevokeDoc;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Grant;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.TokenEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews tokens: intent before the call, answer kept before it is read, new pair written only over the pair that was spent.
 */
public final class Renewer {
    private static final Logger log = LoggerFactory.getLogger(Renewer.class);
    private static final Duration WAIT_STEP = Duration.ofMillis(50);

    private final Kernel kernel;
    private final ConnectionRepository repository;
    private final ConcurrentMap<String, CompletableFuture<Stored>> running = new ConcurrentHashMap<>();

    /** Over a repository. */
    public Renewer(Kernel kernel, ConnectionRepository repository) {
        this.kernel = kernel;
        this.repository = repository;
    }

    /** Whether the access token can be used at a moment. */
    static boolean usable(TokenDoc token, Instant now) {
        Instant end = token.accessExpiresAt();
        return token.sealed() != null && (end == null || now.plus(Settings.SKEW).isBefore(end));
    }

    /**
     * A connection with a usable access token, renewed when it has to be.
     *
     * @throws AuthorizationException when only a new consent helps
     * @throws TransportException when the token has ended and the platform did not answer
     */
    public Stored fresh(Stored stored) {
        requireAlive(stored);
        boolean refused = stored.doc().token().effect() == TokenEffect.RENEW;
        if (usable(stored.doc().token(), kernel.now()) && !refused) {
            return stored;
        }
        Stored renewed = renew(stored);
        requireAlive(renewed);
        if (!usable(renewed.doc().token(), kernel.now())) {
            throw new TransportException("the access token of connection "
                    + stored.record().id() + " has ended and could not be renewed now; it is tried again by itself");
        }
        return renewed;
    }

    private void requireAlive(Stored stored) {
        TokenPhase phase = stored.doc().token().phase();
        if (phase == TokenPhase.REAUTH_REQUIRED || stored.doc().sides().local() != Sides.Local.HELD) {
            String status = StatusRule.status(
                            stored.doc(),
                            kernel.adapter(stored.platform()).oauth().renewal(),
                            kernel.now())
                    .describe();
            throw new AuthorizationException("connection " + stored.record().id() + " (" + stored.platform() + " "
                    + stored.doc().account().shown() + "): " + status);
        }
    }

    /** Renews now; threads of this process share one renewal per connection. */
    public Stored renew(Stored stored) {
        String key = stored.record().tenant() + "\n" + stored.record().id();
        CompletableFuture<Stored> mine = new CompletableFuture<>();
        CompletableFuture<Stored> other = running.putIfAbsent(key, mine);
        if (other != null) {
            return other.join();
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

    private Stored attempt(Stored first) {
        long giveUp = System.nanoTime()
                + kernel.settings().refreshCall().toNanos(); // waits on a sibling, whatever the clock says
        long versionAtStart = first.doc().token().version();
        while (true) {
            Stored stored = reread(first);
            TokenDoc token = stored.doc().token();
            boolean over = stored.doc().sides().local() != Sides.Local.HELD
                    || token.phase() == TokenPhase.REAUTH_REQUIRED
                    || token.version() != versionAtStart;
            if (over) {
                return stored;
            }
            RefreshIntent intent = token.intent();
            if (intent != null
                    && kernel.now()
                            .isBefore(intent.startedAt().plus(kernel.settings().refreshLease()))) {
                if (usable(token, kernel.now()) || System.nanoTime() - giveUp >= 0) {
                    return stored; // another node is at it
                }
                LockSupport.parkNanos(WAIT_STEP.toNanos());
                continue;
            }
            if (token.staged() != null) {
                return finishStaged(stored);
            }
            if (intent == null && pauses(token)) {
                return stored; // the last try failed a moment ago; callers do not add to an outage
            }
            if (intent != null) {
                // the node that spent it is gone and left no answer: as after a lost answer
                Optional<Stored> saved = unclear(stored, "the node that renewed stopped before an answer was kept");
                if (saved.isPresent()) {
                    return saved.get();
                }
                continue;
            }
            Optional<Stored> begun = repository.save(
                    stored,
                    stored.doc()
                            .withToken(token.refreshing(new RefreshIntent(
                                    token.version(), kernel.settings().node(), kernel.now()))));
            if (begun.isPresent()) {
                return spend(begun.get());
            }
        }
    }

    private boolean pauses(TokenDoc token) {
        Instant again = token.retryAt();
        return token.effect() == TokenEffect.NONE
                && again != null
                && kernel.now().isBefore(again);
    }

    private Stored reread(Stored stored) {
        return repository.find(stored.record().tenant(), stored.record().id()).orElse(stored);
    }

    private Stored spend(Stored begun) {
        Instant startedAt = kernel.now();
        PlatformAdapter adapter = kernel.adapter(begun.platform());
        Duration spare = kernel.settings()
                .refreshLease()
                .minus(kernel.settings().refreshCall())
                .minus(kernel.settings().refreshMargin());
        RefreshIntent intent = begun.doc().token().intent();
        if (intent != null && Duration.between(intent.startedAt(), startedAt).compareTo(spare) >= 0) {
            return repository
                    .save(
                            begun,
                            begun.doc()
                                    .withToken(begun.doc().token().settled(TokenPhase.HEALTHY, null, null, startedAt)))
                    .orElseGet(() -> reread(begun)); // paused too long: someone else may take over
        }
        AtomicReference<Stored> current = new AtomicReference<>(begun);
        Flow<Grant> flow = adapter.oauth().renew(repository.open(begun));
        Outcome<Grant> outcome = kernel.caller().run(flow, (call, answer) -> stage(current, call, answer));
        log.debug(
                "renewal connection={} outcome={}",
                begun.record().id(),
                outcome.getClass().getSimpleName());
        return apply(Objects.requireNonNull(current.get()), outcome, startedAt);
    }

    private void stage(AtomicReference<Stored> current, HttpCall call, HttpResult.Answered answer) {
        if (call.callClass() != CallClass.SPEND) {
            return;
        }
        Stored stored = Objects.requireNonNull(current.get());
        byte[] sealed = kernel.vault().seal(Json.write(AnswerDoc.of(answer)), stagedPlace(stored));
        String text = Base64.getEncoder().encodeToString(sealed);
        repository
                .save(stored, stored.doc().withToken(stored.doc().token().staged(call.operation(), text)))
                .ifPresent(current::set);
    }

    private io.linkspan.internal.crypto.Vault.Place stagedPlace(Stored stored) {
        ConnectionDoc doc = stored.doc();
        return Kernel.place(
                stored.record().tenant(),
                stored.record().id(),
                doc.platform(),
                doc.registration(),
                "staged",
                doc.token().version());
    }

    private Stored finishStaged(Stored stored) {
        TokenDoc token = stored.doc().token();
        byte[] plain =
                kernel.vault().open(Base64.getDecoder().decode(String.valueOf(token.staged())), stagedPlace(stored));
        Instant spentAt = token.intent() == null ? kernel.now() : token.intent().startedAt();
        Outcome<Grant> outcome = kernel.caller()
                .run(kernel.adapter(stored.platform())
                        .oauth()
                        .resume(
                                String.valueOf(token.stagedOperation()),
                                Json.read(plain, AnswerDoc.class).answer()));
        return apply(stored, outcome, spentAt);
    }

    private Stored apply(Stored stored, Outcome<Grant> outcome, Instant startedAt) {
        long spent = stored.doc().token().version();
        Stored current = stored;
        while (true) {
            Sides.Local local = current.doc().sides().local();
            if (current.doc().token().version() != spent || local == Sides.Local.WIPED) {
                return current; // a sibling won, or the connection is gone: never overwritten, never revived
            }
            if (local == Sides.Local.REVOKE_ONLY) {
                Optional<Stored> kept = keepForRevocation(current, outcome, startedAt);
                if (kept.isPresent()) {
                    return kept.get();
                }
                current = reread(current);
                continue;
            }
            Optional<Stored> saved = save(current, outcome, startedAt);
            if (saved.isPresent()) {
                return saved.get();
            }
            current = reread(current);
        }
    }

    /** Disconnected meanwhile: the new pair is the one that can be revoked, and is used for nothing else. */
    private Optional<Stored> keepForRevocation(Stored stored, Outcome<Grant> outcome, Instant startedAt) {
        ConnectionDoc doc = stored.doc();
        RevokeDoc revoke = doc.revoke();
        TokenDoc old = doc.token();
        if (outcome instanceof Outcome.Done<Grant> done) {
            Grant grant = done.value();
            long version = old.version() + 1;
            String sealed = repository.seal(
                    stored.record().tenant(),
                    stored.record().id(),
                    kernel.adapter(stored.platform()),
                    version,
                    keepRefresh(stored, grant));
            Instant end = grant.accessLife() == null ? null : startedAt.plus(grant.accessLife());
            return repository.save(
                    stored,
                    doc.withToken(TokenDoc.fresh(version, sealed, startedAt, end, old.refreshExpiresAt())
                            .revoking()));
        }
        boolean mayBeSpent = outcome instanceof Outcome.Unclear<Grant>;
        ConnectionDoc next = doc.withToken(old.settled(TokenPhase.REVOKING, old.cause(), old.effect(), null))
                .withRevoke(revoke == null ? null : revoke.spending(revoke.spentUnclear() || mayBeSpent));
        return repository.save(stored, next);
    }

    private Optional<Stored> save(Stored stored, Outcome<Grant> outcome, Instant startedAt) {
        if (outcome instanceof Outcome.Done<Grant> done) {
            return renewed(stored, done.value(), startedAt);
        }
        if (outcome instanceof Outcome.Refused<Grant> refused) {
            return refused(stored, refused.error());
        }
        if (outcome instanceof Outcome.NotSent<Grant> notSent) {
            Evidence seen = new Evidence("linkspan.renewal", kernel.now(), "not_sent", notSent.why());
            return settle(stored, TokenPhase.HEALTHY, seen, TokenEffect.NONE, coolDown(stored));
        }
        return unclear(stored, ((Outcome.Unclear<Grant>) outcome).why());
    }

    private Optional<Stored> renewed(Stored stored, Grant grant, Instant startedAt) {
        ConnectionDoc doc = stored.doc();
        TokenDoc old = doc.token();
        PlatformAdapter adapter = kernel.adapter(stored.platform());
        long version = old.version() + 1;
        String sealed = repository.seal(
                stored.record().tenant(), stored.record().id(), adapter, version, keepRefresh(stored, grant));
        Instant accessEnd = grant.accessLife() == null ? null : startedAt.plus(grant.accessLife());
        Instant chainEnd = grant.refreshLife() == null ? old.refreshExpiresAt() : startedAt.plus(grant.refreshLife());
        ConnectionDoc next = doc.withToken(TokenDoc.fresh(version, sealed, startedAt, accessEnd, chainEnd));
        if (grant.scopes() != null) {
            next = next.withScopes(grant.scopes());
        }
        String detail =
                "access token valid until " + accessEnd + (chainEnd == null ? "" : ", consent ends " + chainEnd);
        return repository.save(stored, next, new Line("linkspan", "renewed", detail));
    }

    /** A blank never replaces a value: an answer without refresh token keeps the old one. */
    private io.linkspan.spi.TokenPair keepRefresh(Stored stored, Grant grant) {
        if (grant.tokens().refresh() != null) {
            return grant.tokens();
        }
        return new io.linkspan.spi.TokenPair(
                grant.tokens().access(), repository.open(stored).refresh());
    }

    private Optional<Stored> refused(Stored stored, PlatformError error) {
        Evidence seen = TokenTrouble.evidence(error, kernel.now());
        TokenEffect effect = error.meaning().tokenEffect();
        if (effect == TokenEffect.DEAD || effect == TokenEffect.REMOVED_BY_PERSON || effect == TokenEffect.RENEW) {
            return settle(stored, TokenPhase.REAUTH_REQUIRED, seen, TokenEffect.DEAD, null);
        }
        if (effect == TokenEffect.WAITING_FOR_PERSON) {
            return settle(stored, TokenPhase.HEALTHY, seen, effect, kernel.now().plus(Duration.ofHours(1)));
        }
        if (error.meaning().causeClass() == CauseClass.CONFIGURATION) {
            log.warn(
                    "renewals fail for platform={} app={}: {}",
                    stored.platform(),
                    stored.doc().registration(),
                    error.describe());
        }
        return settle(stored, TokenPhase.HEALTHY, seen, TokenEffect.NONE, coolDown(stored));
    }

    private Optional<Stored> unclear(Stored stored, String why) {
        Evidence seen = new Evidence("linkspan.renewal", kernel.now(), "unclear", why);
        Instant end = stored.doc().token().accessExpiresAt();
        Instant late = end == null ? coolDown(stored) : end.minus(Duration.ofMinutes(10));
        Instant probe = late.isAfter(kernel.now()) ? late : coolDown(stored);
        return settle(stored, TokenPhase.UNCLEAR, seen, TokenEffect.NONE, probe);
    }

    private Optional<Stored> settle(
            Stored stored, TokenPhase phase, Evidence seen, TokenEffect effect, @Nullable Instant again) {
        String action = phase == TokenPhase.REAUTH_REQUIRED ? "reauthorization_required" : "renewal_failed";
        boolean firstOfEpisode = stored.doc().token().failures() == 0 || phase == TokenPhase.REAUTH_REQUIRED;
        ConnectionDoc next = stored.doc().withToken(stored.doc().token().settled(phase, seen, effect, again));
        return firstOfEpisode
                ? repository.save(stored, next, new Line("platform", action, seen.describe()))
                : repository.save(stored, next);
    }

    private Instant coolDown(Stored stored) {
        int doublings = Math.min(stored.doc().token().failures(), 7);
        return kernel.now().plus(kernel.settings().refreshCoolDown().multipliedBy(1L << doublings));
    }
}
