package io.linkspan.internal.wire;

import io.linkspan.connection.Evidence;
import io.linkspan.spi.TokenEffect;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a connection.
 *
 * @param version number of the pair; never decreases
 * @param phase where they stand
 * @param sealed the pair, sealed, in Base64
 * @param stagedOperation operation of the staged answer
 * @param staged an answer kept before it was read, sealed, in Base64
 * @param intent a renewal under way
 * @param issuedAt when the access token was issued
 * @param accessExpiresAt when it ends
 * @param refreshExpiresAt when the consent ends
 * @param cause why they are not healthy
 * @param effect what the cause says about the token
 * @param retryAt when to try a renewal again
 * @param failures failed tries in a row
 */
public record TokenDoc(
        long version,
        TokenPhase phase,
        @Nullable String sealed,
        @Nullable String stagedOperation,
        @Nullable String staged,
        @Nullable RefreshIntent intent,
        Instant issuedAt,
        @Nullable Instant accessExpiresAt,
        @Nullable Instant refreshExpiresAt,
        @Nullable Evidence cause,
        @Nullable TokenEffect effect,
        @Nullable Instant retryAt,
        int failures) {

    /** A new pair; everything about the old one is over. */
    public static TokenDoc fresh(
            long version,
            String sealed,
            Instant issuedAt,
            @Nullable Instant accessExpiresAt,
            @Nullable Instant refreshExpiresAt) {
        return new TokenDoc(
                version,
                TokenPhase.HEALTHY,
                sealed,
                null,
                null,
                null,
                issuedAt,
                accessExpiresAt,
                refreshExpiresAt,
                null,
                null,
                null,
                0);
    }

    /** A renewal begins. */
    public TokenDoc refreshing(RefreshIntent next) {
        return new TokenDoc(
                version,
                TokenPhase.REFRESHING,
                sealed,
                null,
                null,
                next,
                issuedAt,
                accessExpiresAt,
                refreshExpiresAt,
                cause,
                effect,
                retryAt,
                failures);
    }

    /** An answer came and was not read yet. */
    public TokenDoc staged(String operation, String answer) {
        return new TokenDoc(
                version,
                phase,
                sealed,
                operation,
                answer,
                intent,
                issuedAt,
                accessExpiresAt,
                refreshExpiresAt,
                cause,
                effect,
                retryAt,
                failures);
    }

    /** A renewal ended without a new pair. */
    public TokenDoc settled(
            TokenPhase next, @Nullable Evidence why, @Nullable TokenEffect says, @Nullable Instant again) {
        return new TokenDoc(
                version,
                next,
                sealed,
                null,
                null,
                null,
                issuedAt,
                accessExpiresAt,
                refreshExpiresAt,
                why,
                says,
                again,
                next == TokenPhase.HEALTHY && why == null ? 0 : failures + 1);
    }

    /** Kept only to revoke; a renewal under way goes on, so that its answer is not lost. */
    public TokenDoc revoking() {
        return new TokenDoc(
                version,
                TokenPhase.REVOKING,
                sealed,
                stagedOperation,
                staged,
                intent,
                issuedAt,
                accessExpiresAt,
                refreshExpiresAt,
                cause,
                effect,
                null,
                failures);
    }

    /** Erased. */
    public TokenDoc erased(@Nullable Evidence why, @Nullable TokenEffect says) {
        return new TokenDoc(
                version,
                TokenPhase.GONE,
                null,
                null,
                null,
                null,
                issuedAt,
                accessExpiresAt,
                refreshExpiresAt,
                why,
                says,
                null,
                0);
    }
}
