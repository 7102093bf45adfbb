package io.linkspan.spi;

import java.util.List;
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
}
