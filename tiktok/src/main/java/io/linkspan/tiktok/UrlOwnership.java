package io.linkspan.tiktok;

import io.linkspan.spi.Outcome;
import io.linkspan.spi.PublishAttempt;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether TikTok may pull from an address: https at a domain, below a prefix or in a domain that was verified for the app.
 * Checked before the init, so that nothing is asked for in vain.
 *
 * <p>Source: {@code developers.tiktok.com/docs/en/content-posting-api-media-transfer-guide}, pull from URL, read 2026-11-20.
 */
final class UrlOwnership {
    private final List<URI> prefixes;
    private final List<String> domains;
    private final boolean loopback;
    private final Answers answers;

    UrlOwnership(TikTokConfig config, Answers answers) {
        this.prefixes = config.verifiedPrefixes();
        this.domains = config.verifiedDomains();
        this.loopback = config.endpoints().loopback();
        this.answers = answers;
    }

    /** A refusal when one of the addresses cannot be pulled from. */
    <T> Optional<Outcome<T>> refusal(PublishAttempt attempt) {
        return attempt.media().stream()
                .map(file -> problem(file.requirePullUri()))
                .flatMap(Optional::stream)
                .findFirst()
                .map(why -> new Outcome.Refused<>(
                        answers.known(Operations.URL_OWNERSHIP, 0, "url_ownership_unverified", why, null)));
    }

    /** What is wrong with an address; tells its host only, for the rest is a secret. */
    Optional<String> problem(URI address) {
        String host = address.getHost() == null ? "" : address.getHost().toLowerCase(Locale.ROOT);
        if (!loopback && !("https".equalsIgnoreCase(address.getScheme()) && isDomain(host))) {
            return Optional.of("TikTok pulls from https addresses at a domain, the media host is at "
                    + address.getScheme() + " " + host);
        }
        boolean known = (prefixes.isEmpty() && domains.isEmpty())
                || prefixes.stream().anyMatch(prefix -> below(prefix, address))
                || domains.stream().anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
        return known
                ? Optional.empty()
                : Optional.of("the media host at " + host + " is outside the verified prefixes and domains");
    }

    private static boolean below(URI prefix, URI address) {
        URI plain = address.normalize();
        return prefix.getScheme().equalsIgnoreCase(plain.getScheme())
                && prefix.getHost().equalsIgnoreCase(plain.getHost())
                && prefix.getPort() == plain.getPort()
                && plain.getRawPath() != null
                && plain.getRawPath().startsWith(prefix.getRawPath());
    }

    /** A host name with a letter in its last part; not an IP address. */
    static boolean isDomain(String host) {
        return host.matches("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
    }
}
