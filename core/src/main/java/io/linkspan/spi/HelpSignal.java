package io.linkspan.spi;

import java.util.Objects;

/**
 * A sign that a connect fails or a connection ended, by which a row of a {@link HelpCatalogue} is found.
 *
 * <table><caption>Keys</caption>
 * <tr><th>key</th><th>meaning</th></tr>
 * <tr><td>{@code before}</td><td>nothing was tried yet</td></tr>
 * <tr><td>{@code no_return}</td><td>no callback came; the text is what the user saw on the platform's page</td></tr>
 * <tr><td>{@code denied:CODE}</td><td>the consent was refused</td></tr>
 * <tr><td>{@code mismatch}</td><td>another account than the pinned one came back</td></tr>
 * <tr><td>{@code not_eligible:CODE}</td><td>the account cannot be connected</td></tr>
 * <tr><td>{@code refused:REASON} or {@code refused:PLATFORM_REFUSED:CLASS:CODE}</td><td>a callback was refused</td></tr>
 * <tr><td>{@code connected:scopes_missing}</td><td>connected with fewer scopes than requested</td></tr>
 * <tr><td>{@code ended:STATUS:CODE}, {@code removed:CODE}</td><td>a connection ended</td></tr>
 * <tr><td>{@code blocked:ACTOR:CODE}</td><td>a capability of a connection is blocked</td></tr>
 * <tr><td>{@code profile:TROUBLE}</td><td>a profile link is missing, fails or is gone</td></tr>
 * </table>
 *
 * @param key the key
 * @param text free text beside it, such as what a user read on a page; may be empty, never shown
 */
public record HelpSignal(String key, String text) {
    /**
     * Checks the arguments.
     *
     * @param key the key
     * @param text free text beside it; may be empty
     */
    public HelpSignal {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(text, "text");
    }

    /**
     * A signal without text.
     *
     * @param key the key
     * @return the signal
     */
    public static HelpSignal of(String key) {
        return new HelpSignal(key, "");
    }
}
