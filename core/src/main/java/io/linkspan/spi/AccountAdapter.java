package io.linkspan.spi;

import io.linkspan.connection.Capability;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Identity and capability probes at one platform. */
public interface AccountAdapter {
    /**
     * Reads whose token it is.
     *
     * @param accessToken the token
     * @param scopes granted scopes; only fields they cover are asked for
     * @return the conversation
     */
    Flow<AccountIdentity> identify(Secret accessToken, Set<String> scopes);

    /**
     * Asks the platform about capabilities that scopes alone do not tell.
     *
     * @param accessToken the token
     * @param account whose
     * @param scopes granted scopes
     * @return one finding per capability looked at; a refusal that concerns a capability is a finding, not a failure
     */
    Flow<List<CapabilityFinding>> probe(Secret accessToken, AccountIdentity account, Set<String> scopes);

    /**
     * Whether a probe that finds nothing in the way of posting also shows that the account is not restricted. Where it does not, what a
     * refused post showed stands until the next post, for a day at most.
     *
     * @return false by default
     */
    default boolean probeShowsRestrictions() {
        return false;
    }

    /**
     * The account's handle, where the identity has none and a probe named it.
     *
     * @param findings the findings of a probe
     * @return the handle without {@code @}; empty by default
     */
    default Optional<String> handle(List<CapabilityFinding> findings) {
        return Optional.empty();
    }

    /**
     * Whether one consent may open several accounts, so that one has to be chosen with {@link #choices}.
     *
     * @return false by default
     */
    default boolean offersChoice() {
        return false;
    }

    /**
     * The accounts one consent opens. Asked instead of {@link #identify} at a connect when {@link #offersChoice}.
     *
     * @param tokens the tokens of the consent
     * @param scopes granted scopes
     * @param wanted what the account is connected for
     * @return the conversation
     */
    default Flow<AccountChoice> choices(TokenPair tokens, Set<String> scopes, Set<Capability> wanted) {
        throw new IllegalStateException("offersChoice() is true, so choices(...) must be written");
    }

    /**
     * Why an account cannot be connected for what is wanted, when its identity tells.
     *
     * @param account the account
     * @param wanted what it is connected for
     * @return the finding; empty by default
     */
    default Optional<EligibilityFinding> eligibility(AccountIdentity account, Set<Capability> wanted) {
        return Optional.empty();
    }
}
