package io.linkspan.internal.connection;

import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.internal.wire.TokenFact;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.spi.Cause;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.TokenEffect;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Draws the consequence of an answer that says something about the token. */
public final class TokenTrouble {
    private final Kernel kernel;
    private final ConnectionRepository repository;

    /** Over a repository. */
    public TokenTrouble(Kernel kernel, ConnectionRepository repository) {
        this.kernel = kernel;
        this.repository = repository;
    }

    /** An observation from an answer. */
    public static Evidence evidence(PlatformError error, Instant at) {
        String detail = error.meaning().cause() + ". " + error.meaning().remedy()
                + error.trace().map(id -> " Trace id " + id + ".").orElse("");
        return new Evidence(
                error.operation(),
                at,
                error.code().isEmpty() ? "http-" + error.httpStatus() : error.code(),
                detail,
                Cause.of(error));
    }

    /**
     * Notes a refused token. A token that is not the stored one any more is a lost race and changes nothing.
     *
     * @return the connection after it; empty when someone else was first
     */
    public Optional<Stored> note(Stored stored, PlatformError error) {
        ConnectionDoc doc = stored.doc();
        Evidence seen = evidence(error, kernel.now());
        TokenEffect effect = error.meaning().tokenEffect();
        if (doc.sides().local() != Sides.Local.HELD) {
            return Optional.of(stored);
        }
        boolean renewing = doc.token().intent() != null || doc.token().staged() != null;
        if (renewing && effect != TokenEffect.REMOVED_BY_PERSON) {
            // the renewal under way answers this, and only it may touch its own traces; but nobody calls the token
            // healthy
            return effect == TokenEffect.RENEW || effect == TokenEffect.DEAD
                    ? refusedWhileRenewing(stored, seen)
                    : Optional.of(stored);
        }
        return switch (effect) {
            case NONE -> Optional.of(stored);
            case RENEW -> refused(stored, seen);
            case WAITING_FOR_PERSON -> waiting(stored, seen);
            // a code may name the user's removal, yet not every platform has one: only the signed message ends the
            // connection
            case DEAD, REMOVED_BY_PERSON ->
                repository.save(
                        stored,
                        doc.withToken(doc.token().settled(TokenPhase.REAUTH_REQUIRED, seen, effect, null)),
                        new Line("platform", "reauthorization_required", seen));
        };
    }

    /** Said once for as long as it lasts; what follows only moves the next look. */
    private Optional<Stored> waiting(Stored stored, Evidence seen) {
        ConnectionDoc doc = stored.doc();
        Instant next = kernel.now().plus(NextLook.SOON);
        if (NextLook.waits(doc)) {
            return repository.save(stored, doc.withCheckAt(next));
        }
        TokenDoc token = doc.token();
        return repository.save(
                stored,
                doc.withCheckAt(next)
                        .withToken(token.settled(
                                token.phase(), seen, TokenEffect.WAITING_FOR_PERSON, renewalStillWanted(token))),
                new Line("platform", "waiting_for_person", seen));
    }

    /** A pair in use is renewed in its own time; one that may be spent is tried again. */
    static @Nullable Instant renewalStillWanted(TokenDoc token) {
        return token.phase() == TokenPhase.HEALTHY ? null : token.retryAt();
    }

    private Optional<Stored> refusedWhileRenewing(Stored stored, Evidence seen) {
        TokenDoc token = stored.doc().token();
        return token.is(TokenFact.ACCESS_REFUSED)
                ? Optional.of(stored)
                : repository.save(
                        stored,
                        stored.doc().withToken(token.noting(TokenFact.ACCESS_REFUSED)),
                        new Line("platform", "token_refused", seen));
    }

    /** The refusal stays known until a new pair comes, and renewals are never closer together than their cool-down. */
    private Optional<Stored> refused(Stored stored, Evidence seen) {
        TokenDoc token = stored.doc().token();
        if (token.is(TokenFact.ACCESS_REFUSED)) {
            return Optional.of(stored);
        }
        Instant now = kernel.now();
        Instant tried = token.triedAt(); // by a clock that may be ahead
        Instant cooled =
                tried == null ? now : (tried.isAfter(now) ? now : tried).plus(RenewalOutcomes.coolDown(kernel, token));
        Instant renewFrom = cooled.isAfter(now) ? cooled : now;
        return repository.save(
                stored,
                stored.doc().withToken(token.refused(seen, renewFrom)),
                new Line("platform", "token_refused", seen));
    }

    /** The token belongs to somebody else; it is not used any more. */
    Optional<Stored> otherAccount(Stored stored) {
        Evidence seen = new Evidence(
                "linkspan.check", kernel.now(), "account_mismatch", "the token was read as another account's");
        return repository.save(
                stored,
                stored.doc()
                        .withCheckAt(null)
                        .withToken(
                                stored.doc().token().settled(TokenPhase.REAUTH_REQUIRED, seen, TokenEffect.NONE, null)),
                new Line("platform", "reauthorization_required", seen));
    }

    /** The answer is about the token, and not about the app's own credentials. */
    static boolean refusesToken(PlatformError error) {
        TokenEffect effect = error.meaning().tokenEffect();
        return error.meaning().causeClass() == CauseClass.AUTHORIZATION
                && (effect == TokenEffect.DEAD
                        || effect == TokenEffect.REMOVED_BY_PERSON
                        || effect == TokenEffect.RENEW);
    }

    /** Access is proven gone: tokens are erased, the platform's side says so. */
    static ConnectionDoc removed(ConnectionDoc doc, Evidence seen, Sides.Grant grant) {
        return doc.withToken(doc.token().erased(seen, TokenEffect.REMOVED_BY_PERSON))
                .withSides(doc.sides().withLocal(Sides.Local.WIPED).withGrant(grant))
                .withCheckAt(null);
    }
}
