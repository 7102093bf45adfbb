package io.linkspan.internal.connection;

import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.RevokeDoc;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.TokenEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes what a step of a disconnect came to: when to go on, or that the tokens are erased and why. */
final class RevocationRecord {
    /** Revocations of one disconnect; the sum of the pauses is less than 72 hours. */
    private static final List<Duration> SENDS = List.of(
            Duration.ofSeconds(12),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofHours(18),
            Duration.ofHours(30));

    private static final int LOOKS_AT_ONCE = 5;

    private final Kernel kernel;
    private final ConnectionRepository repository;

    RevocationRecord(Kernel kernel, ConnectionRepository repository) {
        this.kernel = kernel;
        this.repository = repository;
    }

    Evidence note(String source, String code, String detail) {
        return new Evidence(source, kernel.now(), code, detail);
    }

    private Instant retentionEnd(RevokeDoc revoke) {
        return revoke.requestedAt().plus(kernel.settings().tokenRetention());
    }

    boolean retentionOver(RevokeDoc revoke) {
        return !kernel.now().isBefore(retentionEnd(revoke));
    }

    /** Whether one more revocation may be sent for this disconnect. */
    static boolean maySend(RevokeDoc revoke) {
        return revoke.sent() <= SENDS.size();
    }

    /** No proof in time. */
    Stored giveUp(Stored stored, RevokeDoc revoke) {
        Sides.Grant grant = stored.doc().sides().grant() == Sides.Grant.NOT_VERIFIABLE
                ? Sides.Grant.NOT_VERIFIABLE
                : revoke.answered() ? Sides.Grant.REVOKED_UNVERIFIED : Sides.Grant.REVOKE_REQUESTED;
        return finish(stored, revoke.next(null), grant, "no proof came in time; the tokens were erased");
    }

    Stored proven(Stored stored, RevokeDoc revoke, PlatformError error) {
        Evidence seen = TokenTrouble.evidence(error, kernel.now());
        Sides.Grant grant = error.meaning().tokenEffect() == TokenEffect.REMOVED_BY_PERSON && !revoke.answered()
                ? Sides.Grant.REMOVED_BY_PERSON
                : Sides.Grant.REVOKED_VERIFIED;
        return finish(
                stored, revoke.seen(seen).next(null), grant, "the platform refuses the token: " + seen.describe());
    }

    Stored finish(Stored stored, RevokeDoc revoke, Sides.Grant grant, String why) {
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

    /** Goes on later: with the next revocation, or with the next look for proof, but not beyond the retention. */
    Stored later(Stored stored, RevokeDoc revoke, Sides.Grant grant) {
        if (retentionOver(revoke)) {
            ConnectionDoc known = stored.doc().withSides(stored.doc().sides().withGrant(grant));
            return giveUp(new Stored(stored.record(), known), revoke);
        }
        Instant wanted = kernel.now().plus(pause(revoke, grant));
        Instant end = retentionEnd(revoke);
        ConnectionDoc doc = stored.doc();
        ConnectionDoc next = doc.withRevoke(revoke.next(wanted.isBefore(end) ? wanted : end))
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

    /** Five looks for proof within the first minute, then one an hour; revocations by their own table. */
    private static Duration pause(RevokeDoc revoke, Sides.Grant grant) {
        boolean sending = grant == Sides.Grant.REVOKE_REQUESTED && revoke.sent() > 0;
        if (sending) {
            return SENDS.get(Math.min(revoke.sent(), SENDS.size()) - 1);
        }
        return revoke.tries() < LOOKS_AT_ONCE ? Duration.ofSeconds(12) : Duration.ofHours(1);
    }

    private static String word(Sides.Grant grant) {
        return grant.name().toLowerCase(Locale.ROOT);
    }

    /** A signed message was first, which often is how a revocation is answered: what we saw ourselves is kept beside it. */
    private Stored keepEvidence(Stored stored, RevokeDoc mine) {
        while (true) {
            Stored current = repository
                    .find(stored.record().tenant(), stored.record().id())
                    .orElse(stored);
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
}
