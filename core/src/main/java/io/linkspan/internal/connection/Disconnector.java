package io.linkspan.internal.connection;

import io.linkspan.connection.Disconnect;
import io.linkspan.connection.DisconnectReport;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.RefreshIntent;
import io.linkspan.internal.wire.RevokeDoc;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.Grant;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.RevocationAdapter;
import io.linkspan.spi.TokenEffect;
import io.linkspan.spi.TokenPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The disconnect saga over three sides. "Revoked" is said only when the platform refuses a token that worked before, or a
 * signed message says so; until then it goes on by itself, and the tokens are kept for nothing else.
 */
public final class Disconnector {
    private final Kernel kernel;
    private final ConnectionRepository repository;
    private final Views views;
    private final Consumer<Stored> stopPublishing;

    /** Over its parts; the last is told when no further publish may start. */
    public Disconnector(Kernel kernel, ConnectionRepository repository, Views views, Consumer<Stored> stopPublishing) {
        this.kernel = kernel;
        this.repository = repository;
        this.views = views;
        this.stopPublishing = stopPublishing;
    }

    /** Disconnects as far as it goes now. */
    public DisconnectReport disconnect(Stored first, Disconnect how) {
        Stored stored = first;
        while (stored.doc().sides().local() == Sides.Local.HELD) {
            ConnectionDoc doc = stored.doc();
            // a token that was merely refused is UNCLEAR too, but nothing was spent for it
            boolean unclear =
                    doc.token().phase() == TokenPhase.UNCLEAR && doc.token().effect() != TokenEffect.RENEW;
            RevokeDoc revoke = new RevokeDoc(
                    kernel.now(), how.reason(), how.revokeGrant(), false, false, 0, kernel.now(), List.of(), unclear);
            boolean noTokens = doc.token().sealed() == null;
            ConnectionDoc next = doc.withRevoke(revoke)
                    .withCheckAt(null)
                    .withToken(doc.token().revoking())
                    .withSides(doc.sides().withLocal(noTokens ? Sides.Local.WIPED : Sides.Local.REVOKE_ONLY));
            Stored read = stored;
            stored = repository
                    .save(
                            stored,
                            next,
                            new Line(
                                    how.reason(),
                                    "disconnect_requested",
                                    how.revokeGrant() ? "on every side" : "local only"))
                    .orElseGet(() -> reread(read));
        }
        stopPublishing.accept(stored);
        return report(step(stored));
    }

    /** Goes on with a disconnect that is due. */
    public Stored step(Stored stored) {
        RevokeDoc revoke = stored.doc().revoke();
        if (revoke == null || stored.doc().sides().local() != Sides.Local.REVOKE_ONLY) {
            return stored;
        }
        if (!revoke.revokeGrant()) {
            return finish(
                    stored,
                    revoke.next(null),
                    Sides.Grant.KEPT_BY_POLICY,
                    "local only, as asked; the grant at the platform stays");
        }
        if (sharedWithOthers(stored)) {
            return finish(
                    stored,
                    revoke.next(null),
                    Sides.Grant.KEPT_BY_POLICY,
                    "platform grant not revoked (policy): another connection of this product may rest on it");
        }
        if (!kernel.now().isBefore(revoke.requestedAt().plus(kernel.settings().tokenRetention()))) {
            Sides.Grant grant = stored.doc().sides().grant() == Sides.Grant.NOT_VERIFIABLE
                    ? Sides.Grant.NOT_VERIFIABLE
                    : revoke.answered() ? Sides.Grant.REVOKED_UNVERIFIED : Sides.Grant.REVOKE_REQUESTED;
            return finish(stored, revoke.next(null), grant, "no proof came in time; the tokens were erased");
        }
        return revokeAndVerify(stored, revoke);
    }

    private boolean sharedWithOthers(Stored stored) {
        return repository
                .withAccount(
                        kernel.adapter(stored.platform()),
                        stored.doc().account().id())
                .stream()
                .anyMatch(other -> other.doc().sides().local() == Sides.Local.HELD
                        && !(other.record().id().equals(stored.record().id())
                                && other.record()
                                        .tenant()
                                        .equals(stored.record().tenant())));
    }

    private Stored revokeAndVerify(Stored stored, RevokeDoc revoke) {
        RefreshIntent renewal = stored.doc().token().intent();
        if (renewal != null
                && kernel.now()
                        .isBefore(renewal.startedAt().plus(kernel.settings().refreshLease()))) {
            // its answer is the only copy of the live token
            return later(
                    stored,
                    revoke.seen(note("linkspan.renewal", "under way", "the revocation waits for it")),
                    Sides.Grant.REVOKE_REQUESTED);
        }
        RevokeDoc current = renewal == null ? revoke : revoke.spending(true);
        if (current.answered()) {
            return verify(stored, current);
        }
        PlatformAdapter adapter = kernel.adapter(stored.platform());
        return adapter.revocation().revoke(repository.open(stored)).isPresent()
                ? revoke(stored, current, adapter, true)
                : watch(stored, current);
    }

    /** Control read, revoke call, and a look after it. */
    private Stored revoke(Stored stored, RevokeDoc before, PlatformAdapter adapter, boolean mayRenew) {
        boolean renewable = mayRenew && adapter.oauth().renewal().renewsExpired();
        if (adapter.revocation().needsLiveToken()
                && renewable
                && !Renewer.usable(stored.doc().token(), kernel.now())) {
            return renewThenRevoke(stored, before, adapter);
        }
        Outcome<AccountIdentity> control = identify(stored);
        Optional<PlatformError> refused = control.refusal().filter(Disconnector::tokenRefused);
        if (refused.isPresent()) {
            boolean renewHelps = renewable && refused.get().meaning().tokenEffect() == TokenEffect.RENEW;
            return renewHelps ? renewThenRevoke(stored, before, adapter) : refusedBefore(stored, before, refused.get());
        }
        String read = control.result().isPresent() ? "ok" : "failed";
        RevokeDoc revoke = before.readable(control.result().isPresent())
                .seen(note("control read", read, "before the revocation: " + control.describe()));
        Outcome<RevocationAdapter.Revoked> answer = kernel.caller()
                .run(adapter.revocation().revoke(repository.open(stored)).orElseThrow());
        revoke = revoke.seen(note("revoke call", answer.result().isPresent() ? "ok" : "failed", answer.describe()));
        return answer.result().isPresent()
                ? verify(stored, revoke.answeredYes())
                : later(stored, revoke, Sides.Grant.REVOKE_REQUESTED);
    }

    /** Proof is a refusal after a success, of a token that could be read with before. */
    private Stored verify(Stored stored, RevokeDoc revoke) {
        Outcome<AccountIdentity> look = identify(stored);
        Optional<PlatformError> refused = look.refusal().filter(Disconnector::tokenRefused);
        if (refused.isPresent() && revoke.readBefore()) {
            return proven(stored, revoke, refused.get());
        }
        return later(
                stored, revoke.seen(note("read after", "no proof", look.describe())), Sides.Grant.REVOKED_UNVERIFIED);
    }

    /** No call ends the grant; a refusal that names the person does. */
    private Stored watch(Stored stored, RevokeDoc before) {
        Outcome<AccountIdentity> look = identify(stored);
        Optional<PlatformError> refused = look.refusal().filter(Disconnector::tokenRefused);
        if (refused.isPresent()) {
            return refusedBefore(stored, before, refused.get());
        }
        RevokeDoc revoke = before.readable(look.result().isPresent())
                .seen(note("control read", look.result().isPresent() ? "ok" : "failed", look.describe()));
        return later(stored, revoke, Sides.Grant.NOT_VERIFIABLE);
    }

    /** A token refused before we revoked is dead; that alone does not say that the grant is gone. */
    private Stored refusedBefore(Stored stored, RevokeDoc revoke, PlatformError refused) {
        TokenEffect effect = refused.meaning().tokenEffect();
        if (effect == TokenEffect.REMOVED_BY_PERSON) {
            return proven(stored, revoke, refused);
        }
        Evidence seen = TokenTrouble.evidence(refused, kernel.now());
        if (effect == TokenEffect.RENEW) {
            boolean offered = kernel.adapter(stored.platform())
                    .revocation()
                    .revoke(repository.open(stored))
                    .isPresent();
            return later(
                    stored, revoke.seen(seen), offered ? Sides.Grant.REVOKE_REQUESTED : Sides.Grant.NOT_VERIFIABLE);
        }
        return finish(
                stored,
                revoke.seen(seen).next(null),
                Sides.Grant.NOT_VERIFIABLE,
                "the token is dead, so nothing can be revoked or proven with it: " + seen.describe());
    }

    /** Renews only to revoke. That the token is about to be spent is stored first: a crash must not look like a proof. */
    private Stored renewThenRevoke(Stored stored, RevokeDoc revoke, PlatformAdapter adapter) {
        Optional<Stored> marked = repository.save(stored, stored.doc().withRevoke(revoke.spending(true)));
        if (marked.isEmpty()) {
            return reread(stored);
        }
        Outcome<Grant> outcome = kernel.caller().run(adapter.oauth().renew(repository.open(marked.get())));
        if (outcome instanceof Outcome.Done<Grant> done) {
            RevokeDoc clear = revoke.spending(false);
            Stored kept = keep(marked.get(), clear, adapter, done.value());
            return kept == null ? reread(stored) : revoke(kept, clear, adapter, false);
        }
        Optional<PlatformError> refused = outcome.refusal().filter(Disconnector::tokenRefused);
        if (outcome instanceof Outcome.Refused<Grant> && refused.isPresent()) {
            return revoke.spentUnclear()
                    ? finish(
                            marked.get(),
                            revoke.seen(TokenTrouble.evidence(refused.get(), kernel.now()))
                                    .next(null),
                            Sides.Grant.NOT_VERIFIABLE,
                            "the refresh token was spent by a renewal whose answer was lost; the grant may be in force")
                    : proven(marked.get(), revoke, refused.get());
        }
        boolean nothingSpent = !(outcome instanceof Outcome.Unclear<Grant>);
        RevokeDoc next = revoke.spending(revoke.spentUnclear() || !nothingSpent)
                .seen(note("linkspan.renewal", "no live token", outcome.describe()));
        return later(marked.get(), next, Sides.Grant.REVOKE_REQUESTED);
    }

    /** The answer is about the token, and not about the app's own credentials. */
    private static boolean tokenRefused(PlatformError error) {
        TokenEffect effect = error.meaning().tokenEffect();
        return error.meaning().causeClass() == CauseClass.AUTHORIZATION
                && (effect == TokenEffect.DEAD
                        || effect == TokenEffect.REMOVED_BY_PERSON
                        || effect == TokenEffect.RENEW);
    }

    private @Nullable Stored keep(Stored stored, RevokeDoc revoke, PlatformAdapter adapter, Grant grant) {
        ConnectionDoc doc = stored.doc();
        long version = doc.token().version() + 1;
        TokenPair old = repository.open(stored);
        TokenPair pair = grant.tokens().refresh() == null
                ? new TokenPair(grant.tokens().access(), old.refresh())
                : grant.tokens();
        String sealed =
                repository.seal(stored.record().tenant(), stored.record().id(), adapter, version, pair);
        Instant now = kernel.now();
        Instant end = grant.accessLife() == null ? null : now.plus(grant.accessLife());
        TokenDoc token = TokenDoc.fresh(version, sealed, now, end, doc.token().refreshExpiresAt())
                .revoking();
        return repository.save(stored, doc.withToken(token).withRevoke(revoke)).orElse(null);
    }

    private Outcome<AccountIdentity> identify(Stored stored) {
        PlatformAdapter adapter = kernel.adapter(stored.platform());
        return kernel.caller()
                .run(adapter.accounts()
                        .identify(repository.open(stored).access(), stored.doc().scopes()));
    }

    private Stored proven(Stored stored, RevokeDoc revoke, PlatformError error) {
        Evidence seen = TokenTrouble.evidence(error, kernel.now());
        Sides.Grant grant = error.meaning().tokenEffect() == TokenEffect.REMOVED_BY_PERSON && !revoke.answered()
                ? Sides.Grant.REMOVED_BY_PERSON
                : Sides.Grant.REVOKED_VERIFIED;
        return finish(
                stored, revoke.seen(seen).next(null), grant, "the platform refuses the token: " + seen.describe());
    }

    private Stored finish(Stored stored, RevokeDoc revoke, Sides.Grant grant, String why) {
        ConnectionDoc doc = stored.doc();
        ConnectionDoc next = doc.withRevoke(revoke)
                .withToken(doc.token().erased(doc.token().cause(), doc.token().effect()))
                .withSides(doc.sides().withLocal(Sides.Local.WIPED).withGrant(grant));
        return repository
                .save(
                        stored,
                        next,
                        new Line("platform", "grant_" + word(grant), why),
                        new Line("linkspan", "tokens_wiped", "erased from the record"))
                .orElseGet(() -> keepEvidence(stored, revoke));
    }

    private Stored later(Stored stored, RevokeDoc revoke, Sides.Grant grant) {
        // five looks within the first minute, then one an hour
        Duration pause = revoke.tries() < 5 ? Duration.ofSeconds(12) : Duration.ofHours(1);
        ConnectionDoc doc = stored.doc();
        ConnectionDoc next = doc.withRevoke(revoke.next(kernel.now().plus(pause)))
                .withSides(doc.sides().withGrant(grant));
        Evidence last = revoke.evidence().isEmpty()
                ? null
                : revoke.evidence().get(revoke.evidence().size() - 1);
        Optional<Stored> saved = doc.sides().grant() == grant
                ? repository.save(stored, next)
                : repository.save(
                        stored,
                        next,
                        new Line("linkspan", "grant_" + word(grant), last == null ? "no proof yet" : last.describe()));
        return saved.orElseGet(() -> keepEvidence(stored, revoke));
    }

    private static String word(Sides.Grant grant) {
        return grant.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** A signed message was first, which often is how a revocation is answered: what we saw ourselves is kept beside it. */
    private Stored keepEvidence(Stored stored, RevokeDoc mine) {
        while (true) {
            Stored current = reread(stored);
            RevokeDoc theirs = current.doc().revoke();
            if (theirs == null) {
                return current;
            }
            RevokeDoc merged = theirs;
            for (Evidence seen : mine.evidence()) {
                merged = merged.evidence().contains(seen) ? merged : merged.seen(seen);
            }
            Optional<Stored> saved = repository.save(current, current.doc().withRevoke(merged));
            if (saved.isPresent()) {
                return saved.get();
            }
        }
    }

    private Evidence note(String source, String code, String detail) {
        return new Evidence(source, kernel.now(), code, detail);
    }

    private Stored reread(Stored stored) {
        return repository.find(stored.record().tenant(), stored.record().id()).orElse(stored);
    }

    /** What is known, and what only a person can do. */
    public DisconnectReport report(Stored stored) {
        Sides sides = stored.doc().sides();
        RevocationAdapter revocation = kernel.adapter(stored.platform()).revocation();
        List<String> forPerson = new ArrayList<>();
        if (!sides.grantProvenGone() && sides.grant() != Sides.Grant.KEPT_BY_POLICY) {
            forPerson.add(revocation.removeAppGuidance());
        }
        if (sides.visibleLink() == Sides.VisibleLink.UNKNOWN) {
            forPerson.add(revocation.removeProfileLinkGuidance());
        }
        RevokeDoc revoke = stored.doc().revoke();
        return new DisconnectReport(
                views.connection(stored), sides, revoke == null ? List.of() : revoke.evidence(), forPerson);
    }
}
