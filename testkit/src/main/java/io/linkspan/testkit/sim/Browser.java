package io.linkspan.testkit.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small browser with a person in front of it, who visits consent pages and clicks.
 *
 * <p>It follows redirects, fills in the form of a simulator's consent page and stops where the redirect URI of the
 * application under test begins. Immutable; each browser keeps its own cookies.
 */
public final class Browser {

    private static final int MAX_HOPS = 10;
    private static final Pattern FORM = Pattern.compile("<form method=\"post\" action=\"([^\"]*)\">");
    private static final Pattern INPUT = Pattern.compile("<input ([^>]*)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final HttpClient client;
    private final String account;
    private final Set<String> unticked;

    private Browser(HttpClient client, String account, Set<String> unticked) {
        this.client = client;
        this.account = account;
        this.unticked = unticked;
    }

    /** {@return a browser with an empty cookie jar} */
    public static Browser create() {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .cookieHandler(new CookieManager())
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        return new Browser(client, "", Set.of());
    }

    /**
     * Chooses an account on consent pages; without it the first one is taken.
     *
     * @param handle the account's handle
     * @return a browser with the same cookies that chooses this account
     */
    public Browser as(String handle) {
        return new Browser(client, Objects.requireNonNull(handle, "handle"), unticked);
    }

    /**
     * Unticks scopes on consent pages.
     *
     * @param scopes the scopes to refuse
     * @return a browser with the same cookies that refuses these scopes
     */
    public Browser without(String... scopes) {
        return new Browser(client, account, Set.of(scopes));
    }

    /**
     * Visits a consent page and clicks Allow.
     *
     * @param consent the authorization request
     * @param redirectUri how the callback begins
     * @return the callback with its query, not fetched
     */
    public URI allow(URI consent, String redirectUri) {
        return travel(consent, redirectUri, "allow");
    }

    /**
     * Visits a consent page and clicks Deny.
     *
     * @param consent the authorization request
     * @param redirectUri how the callback begins
     * @return the callback with its query, not fetched
     */
    public URI deny(URI consent, String redirectUri) {
        return travel(consent, redirectUri, "deny");
    }

    /**
     * Visits a consent page, clicks Allow and goes back to the application.
     *
     * @param consent the authorization request
     * @param redirectUri how the callback begins
     * @return what the application answers to the callback
     */
    public Page allowAndReturn(URI consent, String redirectUri) {
        return open(allow(consent, redirectUri));
    }

    /**
     * Visits a consent page, clicks Deny and goes back to the application.
     *
     * @param consent the authorization request
     * @param redirectUri how the callback begins
     * @return what the application answers to the callback
     */
    public Page denyAndReturn(URI consent, String redirectUri) {
        return open(deny(consent, redirectUri));
    }

    /**
     * Opens a page without following redirects.
     *
     * @param address its address
     * @return the page
     */
    public Page open(URI address) {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(withoutFragment(address)).GET());
        return new Page(response.statusCode(), address, response.body());
    }

    /**
     * A page that was opened.
     *
     * @param status its HTTP status
     * @param address its address
     * @param body its content
     */
    public record Page(int status, URI address, String body) {}

    private URI travel(URI start, String redirectUri, String decision) {
        HttpRequest.Builder next =
                HttpRequest.newBuilder(withoutFragment(start)).GET();
        URI here = start;
        for (int hop = 0; hop < MAX_HOPS; hop++) {
            HttpResponse<String> response = send(next);
            String location = response.headers().firstValue("Location").orElse("");
            if (!location.isEmpty()) {
                here = here.resolve(location);
                if (here.toString().startsWith(redirectUri)) {
                    return here;
                }
                next = HttpRequest.newBuilder(withoutFragment(here)).GET();
                continue;
            }
            Matcher form = FORM.matcher(response.body());
            if (response.statusCode() != 200 || !form.find()) {
                throw new IllegalStateException("the consent page answered " + response.statusCode()
                        + " without a form and without a redirect: " + text(response.body()));
            }
            here = here.resolve(unescape(form.group(1)));
            next = HttpRequest.newBuilder(here)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(fill(response.body(), decision)));
        }
        throw new IllegalStateException("no callback after " + MAX_HOPS + " pages");
    }

    private String fill(String html, String decision) {
        List<String> fields = new ArrayList<>();
        Matcher input = INPUT.matcher(html);
        while (input.find()) {
            String type = "";
            String name = "";
            String value = "";
            Matcher attribute = ATTRIBUTE.matcher(input.group(1));
            while (attribute.find()) {
                String content = unescape(attribute.group(2));
                switch (attribute.group(1)) {
                    case "type" -> type = content;
                    case "name" -> name = content;
                    case "value" -> value = content;
                    default -> {}
                }
            }
            boolean checked = input.group(1).endsWith(" checked");
            boolean wanted = switch (type) {
                case "radio" -> account.isEmpty() ? checked : value.equals(account);
                case "checkbox" -> checked && !unticked.contains(value);
                default -> true;
            };
            if (wanted && !name.isEmpty()) {
                fields.add(encode(name) + "=" + encode(value));
            }
        }
        fields.add("decision=" + decision);
        return String.join("&", fields);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static URI withoutFragment(URI uri) {
        String text = uri.toString();
        int fragment = text.indexOf('#');
        return fragment < 0 ? uri : URI.create(text.substring(0, fragment));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String text(String html) {
        String plain = html.replaceAll("(?s)<style>.*?</style>|<[^>]*>", " ")
                .replaceAll("\\s+", " ")
                .strip();
        return plain.substring(0, Math.min(plain.length(), 200));
    }

    private static String unescape(String text) {
        return text.replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
