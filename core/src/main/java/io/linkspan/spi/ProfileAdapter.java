package io.linkspan.spi;

import java.util.List;
import java.util.Set;

/** What the profiles of a platform show, as far as an app can read it, and how they are addressed. Pure. */
public interface ProfileAdapter {
    /**
     * How profiles are addressed.
     *
     * @return the address form
     */
    ProfileAddress address();

    /**
     * The texts on the profile in which an address of another platform may stand.
     *
     * @param account the account as it was last read
     * @param scopes granted scopes
     * @return the texts, and what cannot be read
     */
    ProfileFields fields(AccountIdentity account, Set<String> scopes);

    /**
     * How a person puts an address on a profile of this platform by hand.
     *
     * @param shown title of the platform whose address it is, such as {@code Instagram}
     * @param address the address to paste
     * @return the steps, in words, with the present menu path
     */
    List<String> showSteps(String shown, String address);
}
