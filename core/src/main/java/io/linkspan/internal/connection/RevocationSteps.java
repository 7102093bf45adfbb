package io.linkspan.internal.connection;

import io.linkspan.UnreadableRecordException;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.Settings;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.http.Caller;
import io.linkspan.internal.http.SendPermit;
import io.linkspan.internal.wire.RefreshIntent;
import io.linkspan.internal.wire.RevokeDoc;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Grant;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.RevocationAdapter;
import io.linkspan.spi.TokenEffect;
import java.time.Instant;
import java.util.Optional;

/** One step at the platform: a control read, the revocation, and a look whether it took. */
final class RevocationSteps {
    private final Kernel kernel;
    private final ConnectionRepository repository;
    private final Renewer renewer;
    private final RevocationRecord record;

    RevocationSteps(Kernel kernel, ConnectionRepository repository, Renewer renewer, RevocationRecord record) {
        this.kernel = kernel;
        this.repository = repository;
        this.renewer = renewer;
        this.record = record;
    }

    /** Goes on where the record stands. */
    Stored revokeAndVerify(Stored stored, RevokeDoc revoke, SendPermit permit) {
        TokenDoc token = stored.doc().token();
        if (token.intent() != null && renewer.leased(token)) {
            // its answer is the only copy of the live token
            return record.later(
                    stored,
                    revoke.seen(record.note("linkspan.renewal", "under way", "the revocation waits for it")),
                    Sides.Grant.REVOKE_REQUESTED);
        }
        PlatformAdapter adapter = kernel.adapter(stored.platform());
        if (!adapter.registration().equals(stored.doc().registration())) {
            String other = "connected with app " + stored.doc().registration() + ", configured is app "
                    + adapter.registration() + "; configure that app again to revoke";
            return record.later(
                    stored,
                    revoke.seen(record.note("linkspan.configuration", "app_registration_changed", other)),
                    Sides.Grant.REVOKE_REQUESTED);
        }
        try {
            if (token.staged() != null) {
                return renewThenRevoke(stored, revoke, adapter, permit);
            }
            return go(stored, token.intent() == null ? revoke : revoke.spending(true), adapter, permit);
        } catch (UnreadableRecordException e) {
            return record.later(
                    stored,
                    revoke.seen(record.note("linkspan.keys", "unreadable_tokens", String.valueOf(e.getMessage()))),
                    Sides.Grant.REVOKE_REQUESTED);
        }
    }

    private Stored go(Stored stored, RevokeDoc revoke, PlatformAdapter adapter, SendPermit permit) {
        if (revoke.answered()) {
            return verify(stored, revoke);
        }
        if (adapter.revocation().revoke(repository.open(stored)).isEmpty()) {
            return watch(stored, revoke);
        }
        return RevocationRecord.maySend(revoke)
                ? revoke(stored, revoke, adapter, true, permit)
                : record.later(stored, revoke, Sides.Grant.REVOKE_REQUESTED);
    }

    /** Control read, revoke call, and a look after it. */
    private Stored revoke(
            Stored stored, RevokeDoc before, PlatformAdapter adapter, boolean mayRenew, SendPermit permit) {
        boolean renewable = mayRenew && adapter.oauth().renewal().renewsExpired();
        if (adapter.revocation().needsLiveToken()
                && renewable
                && !TokenLife.usable(stored.doc().token(), kernel.now())) {
            return renewThenRevoke(stored, before, adapter, permit);
        }
        Outcome<AccountIdentity> control = caller(stored).ask(identity(stored));
        Optional<PlatformError> refused = control.refusal().filter(TokenTrouble::refusesToken);
        if (refused.isPresent()) {
            boolean renewHelps = renewable && refused.get().meaning().tokenEffect() == TokenEffect.RENEW;
            return renewHelps
                    ? renewThenRevoke(stored, before, adapter, permit)
                    : refusedBefore(stored, before, refused.get());
        }
        boolean worked = control.result().isPresent();
        RevokeDoc revoke = before.readable(worked)
                .seen(record.note(
                        "control read", worked ? "ok" : "failed", "before the revocation: " + control.describe()));
        Outcome<RevocationAdapter.Revoked> answer = caller(stored)
                .run(adapter.revocation().revoke(repository.open(stored)).orElseThrow(), permit);
        boolean yes = answer.result().isPresent();
        // what never left uses up none of the revocations that may be sent
        revoke = (answer instanceof Outcome.NotSent ? revoke : revoke.sending())
                .seen(record.note("revoke call", yes ? "ok" : "failed", answer.describe()));
        return yes ? verify(stored, revoke.answeredYes()) : record.later(stored, revoke, Sides.Grant.REVOKE_REQUESTED);
    }

    /** A token that has reached its own end is refused whatever became of the grant. */
    private boolean overByItself(Stored stored) {
        Instant end = stored.doc().token().accessExpiresAt();
        return end != null && !kernel.now().isBefore(end.minus(Settings.SKEW));
    }

    /** Proof is a refusal after a success, of a token that could be read with before and has not ended by itself. */
    private Stored verify(Stored stored, RevokeDoc revoke) {
        Outcome<AccountIdentity> look = caller(stored).run(identity(stored));
        Optional<PlatformError> refused = look.refusal().filter(TokenTrouble::refusesToken);
        if (refused.isPresent() && revoke.readBefore() && !overByItself(stored)) {
            return record.proven(stored, revoke, refused.get());
        }
        return record.later(
                stored,
                revoke.seen(record.note("read after", "no proof", look.describe())),
                Sides.Grant.REVOKED_UNVERIFIED);
    }

    /** No call ends the grant; a refusal that names the person does. */
    private Stored watch(Stored stored, RevokeDoc before) {
        Outcome<AccountIdentity> look = caller(stored).ask(identity(stored));
        Optional<PlatformError> refused = look.refusal().filter(TokenTrouble::refusesToken);
        if (refused.isPresent()) {
            return refusedBefore(stored, before, refused.get());
        }
        boolean worked = look.result().isPresent();
        RevokeDoc revoke =
                before.readable(worked).seen(record.note("control read", worked ? "ok" : "failed", look.describe()));
        return record.later(stored, revoke, Sides.Grant.NOT_VERIFIABLE);
    }

    /** A token refused before we revoked is dead; that alone does not say that the grant is gone. */
    private Stored refusedBefore(Stored stored, RevokeDoc revoke, PlatformError refused) {
        TokenEffect effect = refused.meaning().tokenEffect();
        if (effect == TokenEffect.REMOVED_BY_PERSON) {
            return record.proven(stored, revoke, refused);
        }
        Evidence seen = TokenTrouble.evidence(refused, kernel.now());
        if (effect == TokenEffect.RENEW) {
            boolean offered = kernel.adapter(stored.platform())
                    .revocation()
                    .revoke(repository.open(stored))
                    .isPresent();
            return record.later(
                    stored, revoke.seen(seen), offered ? Sides.Grant.REVOKE_REQUESTED : Sides.Grant.NOT_VERIFIABLE);
        }
        return record.finish(
                stored,
                revoke.seen(seen).next(null),
                Sides.Grant.NOT_VERIFIABLE,
                "the token is dead, so nothing can be revoked or proven with it: " + seen.describe());
    }

    /** Renews only to revoke. A renewal that was spent without a kept answer must not look like a proof. */
    private Stored renewThenRevoke(Stored stored, RevokeDoc revoke, PlatformAdapter adapter, SendPermit permit) {
        RefreshIntent open = stored.doc().token().intent();
        boolean lostBefore = open != null && stored.doc().token().staged() == null;
        RevokeDoc known = revoke.spending(revoke.spentUnclear() || lostBefore);
        Stored begin = new Stored(stored.record(), stored.doc().withRevoke(known));
        Renewer.Spent spent = renewer.renewToRevoke(begin);
        Stored after = spent.stored();
        RevokeDoc now = after.doc().revoke();
        Outcome<Grant> outcome = spent.outcome();
        if (now == null || after.doc().sides().local() != Sides.Local.REVOKE_ONLY) {
            return after;
        }
        if (outcome == null) {
            return record.later(
                    after,
                    now.seen(record.note("linkspan.renewal", "not now", "another process renews, or nothing was sent")),
                    Sides.Grant.REVOKE_REQUESTED);
        }
        if (outcome.result().isPresent()
                && after.doc().token().version() > stored.doc().token().version()) {
            return revoke(after, now, adapter, false, permit);
        }
        Optional<PlatformError> refused = outcome.refusal().filter(TokenTrouble::refusesToken);
        if (outcome instanceof Outcome.Refused<Grant> && refused.isPresent()) {
            return now.spentUnclear()
                    ? record.finish(
                            after,
                            now.seen(TokenTrouble.evidence(refused.get(), kernel.now()))
                                    .next(null),
                            Sides.Grant.NOT_VERIFIABLE,
                            "the refresh token was spent by a renewal whose answer was lost; the grant may be in force")
                    : record.proven(after, now, refused.get());
        }
        return record.later(
                after,
                now.seen(record.note("linkspan.renewal", "no live token", outcome.describe())),
                Sides.Grant.REVOKE_REQUESTED);
    }

    private Caller caller(Stored stored) {
        return kernel.caller(stored.record().tenant(), stored.record().id());
    }

    private Flow<AccountIdentity> identity(Stored stored) {
        return kernel.adapter(stored.platform())
                .accounts()
                .identify(repository.access(stored), stored.doc().scopes());
    }
}
