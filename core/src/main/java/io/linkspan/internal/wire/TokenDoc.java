package io.linkspan.internal.wire;

import io.linkspan.connection.Evidence;
import io.linkspan.spi.TokenEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
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
 * @param retryAt when to try a renewal again, and not before
 * @param failures failed tries in a row
 * @param facts what is known beside the phase
 * @param previous the pair before, until this one has worked
 * @param triedAt when a renewal was last begun
 * @param issueNumber version of the record under which the spend or consent began that brought the pair: the store orders
 *     those, and so the platform's answers to them; null in records of version 0.1
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
        int failures,
        @Nullable Set<TokenFact> facts,
        @Nullable PreviousPair previous,
        @Nullable Instant triedAt,
        @Nullable Long issueNumber)
        implements Payload.Checked {
    @Override
    public void check() {
        Payload.need(phase, issuedAt);
    }

    /** Ends of the consent that differ by less are the same end, told in whole seconds. */
    private static final Duration SAME_END = Duration.ofHours(1);

    /** Code of the observation that it came out of a back-up. */
    public static final String RESTORED = "restored";

    /** A copy that can be changed; lives for one change only. */
    private static final class Draft {
        private long version;
        private TokenPhase phase;
        private @Nullable String sealed;
        private @Nullable String stagedOperation;
        private @Nullable String staged;
        private @Nullable RefreshIntent intent;
        private Instant issuedAt;
        private @Nullable Instant accessExpiresAt;
        private @Nullable Instant refreshExpiresAt;
        private @Nullable Evidence cause;
        private @Nullable TokenEffect effect;
        private @Nullable Instant retryAt;
        private int failures;
        private final EnumSet<TokenFact> facts = EnumSet.noneOf(TokenFact.class);
        private @Nullable PreviousPair previous;
        private @Nullable Instant triedAt;
        private @Nullable Long issueNumber;

        Draft(TokenDoc from) {
            this.version = from.version;
            this.phase = from.phase;
            this.sealed = from.sealed;
            this.stagedOperation = from.stagedOperation;
            this.staged = from.staged;
            this.intent = from.intent;
            this.issuedAt = from.issuedAt;
            this.accessExpiresAt = from.accessExpiresAt;
            this.refreshExpiresAt = from.refreshExpiresAt;
            this.cause = from.cause;
            this.effect = from.effect;
            this.retryAt = from.retryAt;
            this.failures = from.failures;
            if (from.facts != null) {
                this.facts.addAll(from.facts);
            }
            this.previous = from.previous;
            this.triedAt = from.triedAt;
            this.issueNumber = from.issueNumber;
        }

        void forgetRenewal() {
            stagedOperation = null;
            staged = null;
            intent = null;
        }

        TokenDoc build() {
            return new TokenDoc(
                    version,
                    phase,
                    sealed,
                    stagedOperation,
                    staged,
                    intent,
                    issuedAt,
                    accessExpiresAt,
                    refreshExpiresAt,
                    cause,
                    effect,
                    retryAt,
                    failures,
                    facts.isEmpty() ? null : Set.copyOf(facts),
                    previous,
                    triedAt,
                    issueNumber);
        }
    }

    private TokenDoc with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.build();
    }

    /** A new pair; everything about an old one is over. */
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
                0,
                null,
                null,
                null,
                null);
    }

    /** With its place in the order in which the platform issued the pairs. */
    public TokenDoc issuedAs(long number) {
        return with(draft -> draft.issueNumber = number);
    }

    /**
     * Its place in the order in which the platform issued the pairs; a higher number is younger. The version does not tell: a
     * fallback to the pair before has a higher version than the pair that it replaces.
     */
    public long issue() {
        return issueNumber == null ? version : issueNumber;
    }

    /** Whether a fact is known. */
    public boolean is(TokenFact fact) {
        return facts != null && facts.contains(fact);
    }

    /** With a fact. */
    public TokenDoc noting(TokenFact fact) {
        return with(draft -> draft.facts.add(fact));
    }

    /**
     * As the pair that follows another by renewal: what was told of the consent stays told, the other is kept, and a pair
     * that was bought because the last one was refused remembers it, so that refusals in a row slow down.
     */
    public TokenDoc following(TokenDoc old, @Nullable PreviousPair kept) {
        return with(draft -> {
            Instant before = old.refreshExpiresAt;
            boolean same =
                    before != null && refreshExpiresAt != null && !refreshExpiresAt.isAfter(before.plus(SAME_END));
            if (same && old.is(TokenFact.CONSENT_END_NEAR)) {
                draft.facts.add(TokenFact.CONSENT_END_NEAR);
            }
            draft.previous = kept;
            draft.triedAt = old.triedAt;
            draft.failures = old.is(TokenFact.ACCESS_REFUSED) ? old.failures + 1 : 0;
        });
    }

    /** A renewal begins. */
    public TokenDoc refreshing(RefreshIntent next) {
        return with(draft -> {
            draft.phase = phase == TokenPhase.REVOKING ? TokenPhase.REVOKING : TokenPhase.REFRESHING;
            draft.forgetRenewal();
            draft.intent = next;
            draft.triedAt = next.startedAt();
        });
    }

    /** An answer came and was not read yet. */
    public TokenDoc staged(String operation, String answer) {
        return with(draft -> {
            draft.stagedOperation = operation;
            draft.staged = answer;
        });
    }

    /** A renewal ended without a new pair. */
    public TokenDoc settled(
            TokenPhase next, @Nullable Evidence why, @Nullable TokenEffect says, @Nullable Instant again) {
        return with(draft -> {
            draft.phase = next;
            draft.forgetRenewal();
            draft.cause = why;
            draft.effect = says;
            draft.retryAt = again;
            draft.failures = next == TokenPhase.HEALTHY && why == null ? 0 : failures + 1;
        });
    }

    /** A renewal was given up before anything was sent; who disconnected or lost the keys meanwhile is not undone. */
    public TokenDoc givenBack() {
        return with(draft -> {
            if (phase == TokenPhase.REFRESHING) {
                draft.phase = is(TokenFact.MAY_BE_SPENT) ? TokenPhase.UNCLEAR : TokenPhase.HEALTHY;
            }
            draft.forgetRenewal();
        });
    }

    /** The platform refused the access token; a renewal is wanted, but not before a moment. */
    public TokenDoc refused(Evidence why, Instant renewFrom) {
        return with(draft -> {
            draft.facts.add(TokenFact.ACCESS_REFUSED);
            draft.cause = why;
            draft.effect = TokenEffect.RENEW;
            draft.retryAt = renewFrom;
        });
    }

    /** The access token was used with success. */
    public TokenDoc worked() {
        return with(draft -> {
            draft.previous = null;
            draft.failures = is(TokenFact.RENEWAL_PENDING) ? failures : 0;
            if (draft.facts.remove(TokenFact.ACCESS_REFUSED) && effect == TokenEffect.RENEW) {
                draft.cause = null;
                draft.effect = null;
                draft.retryAt = null;
            }
        });
    }

    /**
     * Came out of a back-up: the pair may have been replaced since, so it is not used before the platform has taken it. A renewal under
     * way then is over, and so is the pair before.
     */
    public TokenDoc restored(Evidence why, Instant askFrom) {
        return withoutPrevious().with(draft -> {
            draft.phase = is(TokenFact.MAY_BE_SPENT) ? TokenPhase.UNCLEAR : TokenPhase.HEALTHY;
            draft.forgetRenewal();
            draft.facts.add(TokenFact.ACCESS_REFUSED);
            draft.cause = why;
            draft.effect = TokenEffect.RENEW;
            draft.retryAt = askFrom;
            draft.failures = 0;
        });
    }

    /** Whether it came out of a back-up and nothing was heard of it since. */
    public boolean isRestored() {
        return is(TokenFact.ACCESS_REFUSED) && cause != null && cause.code().equals(RESTORED);
    }

    /** Without the pair before. */
    public TokenDoc withoutPrevious() {
        return with(draft -> draft.previous = null);
    }

    /** Cannot be opened here; nothing is thrown away, so that the key may come back. */
    public TokenDoc unreadable(Evidence why, Instant again) {
        return with(draft -> {
            draft.phase = TokenPhase.REAUTH_REQUIRED;
            draft.cause = why;
            draft.effect = TokenEffect.NONE;
            draft.retryAt = again;
        });
    }

    /** Can be opened again. */
    public TokenDoc readable() {
        return with(draft -> {
            draft.phase = intent != null
                    ? TokenPhase.REFRESHING
                    : is(TokenFact.MAY_BE_SPENT) ? TokenPhase.UNCLEAR : TokenPhase.HEALTHY;
            draft.cause = null;
            draft.effect = null;
            draft.retryAt = null;
        });
    }

    /** Kept only to revoke; a renewal under way goes on, so that its answer is not lost. */
    public TokenDoc revoking() {
        return with(draft -> {
            draft.phase = TokenPhase.REVOKING;
            draft.retryAt = null;
            draft.previous = null;
        });
    }

    /** Erased. */
    public TokenDoc erased(@Nullable Evidence why, @Nullable TokenEffect says) {
        return with(draft -> {
            draft.phase = TokenPhase.GONE;
            draft.sealed = null;
            draft.previous = null;
            draft.forgetRenewal();
            draft.cause = why;
            draft.effect = says;
            draft.retryAt = null;
            draft.failures = 0;
            draft.facts.clear();
        });
    }
}
