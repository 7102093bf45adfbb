package io.linkspan.internal.connection;

import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.TokenEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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
                error.operation(), at, error.code().isEmpty() ? "http-" + error.httpStatus() : error.code(), detail);
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
            return Optional.of(stored); // the renewal under way answers this, and only it may touch its own traces
        }
        return switch (effect) {
            case NONE -> Optional.of(stored);
            case RENEW ->
                repository.save(
                        stored,
                        doc.withToken(doc.token().settled(TokenPhase.UNCLEAR, seen, effect, kernel.now())),
                        new Line("platform", "token_refused", seen.describe()));
            case WAITING_FOR_PERSON ->
                repository.save(
                        stored,
                        doc.withToken(doc.token()
                                .settled(
                                        TokenPhase.HEALTHY,
                                        seen,
                                        effect,
                                        kernel.now().plus(Duration.ofHours(1)))),
                        new Line("platform", "waiting_for_person", seen.describe()));
            case DEAD ->
                repository.save(
                        stored,
                        doc.withToken(doc.token().settled(TokenPhase.REAUTH_REQUIRED, seen, effect, null)),
                        new Line("platform", "reauthorization_required", seen.describe()));
            case REMOVED_BY_PERSON ->
                repository.save(
                        stored,
                        removed(doc, seen, Sides.Grant.REMOVED_BY_PERSON),
                        new Line("person", "access_removed", seen.describe()));
        };
    }

    /** Access is proven gone: tokens are erased, the platform's side says so. */
    static ConnectionDoc removed(ConnectionDoc doc, Evidence seen, Sides.Grant grant) {
        return doc.withToken(doc.token().erased(seen, TokenEffect.REMOVED_BY_PERSON))
                .withSides(doc.sides().withLocal(Sides.Local.WIPED).withGrant(grant))
                .withCheckAt(null);
    }
}
