package io.linkspan.spi;

import io.linkspan.Platform;

/**
 * Translates one vendor. Everything in it is pure: it describes requests and reads answers, Linkspan sends, stores and
 * decides. Immutable and thread-safe.
 */
public interface PlatformAdapter {
    /**
     * The platform's name.
     *
     * @return the name
     */
    Platform platform();

    /**
     * The app registration at the platform (client key, app id). Part of every connection's identity.
     *
     * @return the id; not a secret
     */
    String registration();

    /**
     * Consent, code exchange and renewal.
     *
     * @return the OAuth side
     */
    OAuthAdapter oauth();

    /**
     * Identity and capability probes.
     *
     * @return the account side
     */
    AccountAdapter accounts();

    /**
     * What profiles show, and how they are addressed.
     *
     * @return the profile side
     */
    ProfileAdapter profiles();

    /**
     * Revocation and the words for what only a person can do.
     *
     * @return the revocation side
     */
    RevocationAdapter revocation();

    /**
     * Publish paths.
     *
     * @return the publish side
     */
    PublishAdapter publishing();

    /**
     * Signed messages from the platform.
     *
     * @return the webhook side
     */
    WebhookAdapter webhooks();

    /**
     * Help for users whose connect fails or whose connection ended, in this platform's own terms.
     *
     * @return the rows; none by default, so that Linkspan's general texts apply
     */
    default HelpCatalogue help() {
        return HelpCatalogue.none();
    }
}
