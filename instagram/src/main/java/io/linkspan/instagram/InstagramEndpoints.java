package io.linkspan.instagram;

import io.linkspan.spi.Texts;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Where Instagram is. {@link #production()} for the real one; {@link #allAt(URI)} for a simulator or a proxy. Plain HTTP
 * is taken for loopback hosts only. Immutable.
 *
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/business-login">
 *     Business Login for Instagram</a> (page of 2026-03-13, read 2026-11-21)
 */
public final class InstagramEndpoints {
    private final URI consent;
    private final URI codeExchange;
    private final URI graph;

    private InstagramEndpoints(URI consent, URI codeExchange, URI graph) {
        this.consent = checked("consent", consent);
        this.codeExchange = checked("codeExchange", codeExchange);
        this.graph = checked("graph", graph);
    }

    /**
     * The real Instagram: consent at {@code www.instagram.com}, code exchange at {@code api.instagram.com}, everything
     * else at {@code graph.instagram.com}.
     *
     * @return the endpoints
     */
    public static InstagramEndpoints production() {
        return of(
                URI.create("https://www.instagram.com"),
                URI.create("https://api.instagram.com"),
                URI.create("https://graph.instagram.com"));
    }

    /**
     * The real ones under Facebook Login: consent at {@code www.facebook.com}, everything else at
     * {@code graph.facebook.com}.
     *
     * @return the endpoints
     */
    public static InstagramEndpoints facebookLogin() {
        URI graph = URI.create("https://graph.facebook.com");
        return of(URI.create("https://www.facebook.com"), graph, graph);
    }

    /**
     * All three at one address, as simulators offer them.
     *
     * @param base address without query; HTTPS, or plain HTTP on a loopback host
     * @return the endpoints
     * @throws IllegalArgumentException when the address is not such a one
     */
    public static InstagramEndpoints allAt(URI base) {
        return of(base, base, base);
    }

    /**
     * Each at its own address.
     *
     * @param consent base of the consent page
     * @param codeExchange base of the code exchange
     * @param graph base of the Graph API
     * @return the endpoints
     * @throws IllegalArgumentException when an address has a query, or is neither HTTPS nor on a loopback host
     */
    public static InstagramEndpoints of(URI consent, URI codeExchange, URI graph) {
        return new InstagramEndpoints(consent, codeExchange, graph);
    }

    /**
     * Base of the consent page.
     *
     * @return the address without a trailing slash
     */
    public URI consent() {
        return consent;
    }

    /**
     * Base of the code exchange.
     *
     * @return the address without a trailing slash
     */
    public URI codeExchange() {
        return codeExchange;
    }

    /**
     * Base of the Graph API, without the version.
     *
     * @return the address without a trailing slash
     */
    public URI graph() {
        return graph;
    }

    static URI at(URI base, String path) {
        return URI.create(base + path);
    }

    static URI at(URI base, String path, Map<String, String> query) {
        return URI.create(base + path + "?" + Forms.encode(query));
    }

    /**
     * Whether bytes and token may go to an address that Instagram named: a host of Facebook over HTTPS, or where the Graph
     * API is.
     */
    boolean takesUploads(URI address) {
        if (address.getHost() == null || address.getRawUserInfo() != null || address.getRawFragment() != null) {
            return false;
        }
        String host = address.getHost().toLowerCase(Locale.ROOT);
        boolean facebook = "https".equalsIgnoreCase(address.getScheme())
                && (address.getPort() == -1 || address.getPort() == 443)
                && (host.equals("facebook.com") || host.endsWith(".facebook.com"));
        boolean graphs = host.equalsIgnoreCase(graph.getHost())
                && address.getPort() == graph.getPort()
                && String.valueOf(graph.getScheme()).equalsIgnoreCase(address.getScheme());
        return facebook || graphs;
    }

    static boolean isLoopback(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    private static URI checked(String what, URI base) {
        Texts.line(what + " endpoint", Objects.requireNonNull(base, what).toString(), Texts.MOST_ADDRESS);
        boolean plain = "http".equalsIgnoreCase(base.getScheme());
        if (base.getHost() == null || !(plain || "https".equalsIgnoreCase(base.getScheme()))) {
            throw new IllegalArgumentException(
                    what + " endpoint must be an https address, was: " + base.getScheme() + "://" + base.getHost());
        }
        if (plain && !isLoopback(base)) {
            throw new IllegalArgumentException(
                    what + " endpoint must use https, since tokens travel there; plain http is"
                            + " taken for localhost, 127.0.0.0/8 and [::1] only, was host: " + base.getHost());
        }
        if (base.getRawQuery() != null || base.getRawFragment() != null || base.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    what + " endpoint must have no user, query or fragment; give scheme, host, port and path only");
        }
        String text = base.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : base;
    }

    @Override
    public String toString() {
        return "InstagramEndpoints[" + consent + ", " + codeExchange + ", " + graph + "]";
    }
}
