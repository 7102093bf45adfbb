package io.linkspan.spi;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that one consent opens.
 *
 * @param candidates accounts that can be connected
 * @param findings what is in the way of the others, or of all; the first is the most important
 */
public record AccountChoice(List<Candidate> candidates, List<EligibilityFinding> findings) {
    /**
     * Copies the lists.
     *
     * @param candidates accounts that can be connected
     * @param findings what is in the way of the others, or of all; the first is the most important
     */
    public AccountChoice {
        candidates = List.copyOf(candidates);
        findings = List.copyOf(findings);
    }

    /**
     * An account that can be connected.
     *
     * @param account the account
     * @param tokens the tokens for it
     * @param accessLife remaining life of the access token, or null when it has no end
     * @param label what tells it from the others for people, such as the name of its Page
     */
    public record Candidate(
            AccountIdentity account,
            TokenPair tokens,
            @Nullable Duration accessLife,
            String label) {
        /**
         * Checks the arguments.
         *
         * @param account the account
         * @param tokens the tokens for it
         * @param accessLife remaining life of the access token, or null when it has no end
         * @param label what tells it from the others for people, such as the name of its Page
         */
        public Candidate {
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(tokens, "tokens");
            label = Texts.cleaned(Objects.requireNonNull(label, "label"), Texts.MOST_REASON);
        }
    }
}
