package io.linkspan.tiktok;

import io.linkspan.spi.Secret;
import io.linkspan.spi.Texts;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where TikTok is. Tests and proxies put other addresses here; plain HTTP is taken for loopback hosts only. Immutable.
 *
 * <p>Hosts: {@code www.tiktok.com} for consent, {@code open.tiktokapis.com} for the API; uploads go to the address TikTok
 * names, which must lie under {@code .tiktokapis.com} or at the API host itself.
 *
 * @see <a href="https://developers.tiktok.com/docs/en/login-kit-web">Login Kit for Web</a> (read 2026-11-20)
 * @see <a href="https://developers.tiktok.com/docs/en/content-posting-api-reference-direct-post">Direct Post</a> (read
 *     2026-11-20)
 */
public final class TikTokEndpoints {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
    private static final String UPLOAD_SUFFIX = ".tiktokapis.com";

    private final URI consent;
    private final URI api;

    private TikTokEndpoints(URI consent, URI api) {
        this.consent = consent;
        this.api = api;
    }

    /**
     * TikTok itself.
     *
     * @return the endpoints
     */
    public static TikTokEndpoints production() {
        return of(URI.create("https://www.tiktok.com"), URI.create("https://open.tiktokapis.com"));
    }

    /**
     * Other addresses.
     *
     * @param consent base of the consent page, in place of {@code https://www.tiktok.com}
     * @param api base of the API, in place of {@code https://open.tiktokapis.com}
     * @return the endpoints
     * @throws IllegalArgumentException when an address is not https (or http at a loopback host), or has user, query or
     *     fragment
     */
    public static TikTokEndpoints of(URI consent, URI api) {
        return new TikTokEndpoints(base("consent", consent), base("api", api));
    }

    /**
     * Everything at one address, as a simulator has it.
     *
     * @param base the address, such as {@code http://127.0.0.1:8080}
     * @return the endpoints
     */
    public static TikTokEndpoints allAt(URI base) {
        return of(base, base);
    }

    /**
     * Base of the consent page.
     *
     * @return the address without a slash at its end
     */
    public URI consent() {
        return consent;
    }

    /**
     * Base of the API.
     *
     * @return the address without a slash at its end
     */
    public URI api() {
        return api;
    }

    /** Whether both addresses are on this machine, so that plain HTTP is all right. */
    boolean loopback() {
        return isLoopback(consent) && isLoopback(api);
    }

    URI consentPage(String query) {
        return URI.create(consent + "/v2/auth/authorize/?" + query);
    }

    URI apiPath(String pathAndQuery) {
        return URI.create(api + pathAndQuery);
    }

    /** The upload address as sent, or empty when it is at a host that TikTok's bytes must not go to. */
    Optional<URI> upload(Secret address) {
        URI uri;
        try {
            uri = new URI(address.reveal());
        } catch (URISyntaxException e) {
            return Optional.empty(); // the address is a secret, so is its syntax error
        }
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        if (host.isEmpty() || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return Optional.empty();
        }
        boolean atApi = host.equalsIgnoreCase(api.getHost())
                && uri.getPort() == api.getPort()
                && api.getScheme().equalsIgnoreCase(uri.getScheme());
        boolean atTikTok = !isLoopback(api)
                && "https".equalsIgnoreCase(uri.getScheme())
                && (uri.getPort() == -1 || uri.getPort() == 443)
                && host.endsWith(UPLOAD_SUFFIX)
                && host.length() > UPLOAD_SUFFIX.length();
        return atApi || atTikTok ? Optional.of(uri) : Optional.empty();
    }

    static boolean isLoopback(URI uri) {
        return uri.getHost() != null && LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
    }

    private static URI base(String name, URI value) {
        Texts.line(name, Objects.requireNonNull(value, name).toString(), Texts.MOST_ADDRESS);
        String scheme = value.getScheme() == null ? "" : value.getScheme().toLowerCase(Locale.ROOT);
        if (value.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new IllegalArgumentException(name + " must be an absolute https address, was " + value);
        }
        if (scheme.equals("http") && !isLoopback(value)) {
            throw new IllegalArgumentException(
                    name + " must be https; plain http is taken for 127.0.0.1, [::1] and localhost only, was " + value);
        }
        if (value.getRawUserInfo() != null || value.getRawQuery() != null || value.getRawFragment() != null) {
            throw new IllegalArgumentException(name + " must not have a user, query or fragment");
        }
        return URI.create(value.toString().replaceAll("/+$", ""));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TikTokEndpoints that && consent.equals(that.consent) && api.equals(that.api);
    }

    @Override
    public int hashCode() {
        return Objects.hash(consent, api);
    }

    @Override
    public String toString() {
        return "TikTokEndpoints[" + consent + ", " + api + "]";
    }
}
