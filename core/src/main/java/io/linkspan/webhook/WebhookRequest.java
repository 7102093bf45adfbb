package io.linkspan.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** A request to the host's webhook or callback address, as it came. {@link #toString()} shows the size only. */
public final class WebhookRequest {
    /** Largest body taken: 1 MiB. */
    public static final int MAX_BODY = 1 << 20;

    private final Map<String, String> headers;
    private final byte[] body;

    private WebhookRequest(Map<String, String> headers, byte[] body) {
        Map<String, String> copy = new TreeMap<>();
        headers.forEach((name, value) -> copy.merge(name.toLowerCase(Locale.ROOT), value, WebhookRequest::joined));
        this.headers = Collections.unmodifiableMap(copy);
        this.body = body.clone();
    }

    /**
     * From headers and the raw body.
     *
     * @param headers headers by name, in any case
     * @param body the body exactly as received; signatures are over these bytes
     * @return the request
     * @throws IllegalArgumentException when the body is larger than {@link #MAX_BODY}
     */
    public static WebhookRequest of(Map<String, String> headers, byte[] body) {
        if (Objects.requireNonNull(body, "body").length > MAX_BODY) {
            throw new IllegalArgumentException(
                    "webhook body must not exceed " + MAX_BODY + " bytes, had " + body.length + "; answer 413");
        }
        return new WebhookRequest(Objects.requireNonNull(headers, "headers"), body);
    }

    /** A header given twice is one with a comma (RFC 9110, 5.2); no signature header may have one more value. */
    private static String joined(String first, String second) {
        return first + "," + second;
    }

    /**
     * From headers with several values, as most web frameworks have them, and the raw body.
     *
     * @param headers values by name, in any case
     * @param body the body exactly as received; signatures are over these bytes
     * @return the request
     * @throws IllegalArgumentException when the body is larger than {@link #MAX_BODY}
     */
    public static WebhookRequest ofLists(Map<String, ? extends Collection<String>> headers, byte[] body) {
        Map<String, String> flat = new TreeMap<>();
        headers.forEach((name, values) -> {
            if (name != null) { // the status line of some clients
                flat.put(name, String.join(",", values));
            }
        });
        return of(flat, body);
    }

    /**
     * A header.
     *
     * @param name its name in any case
     * @return the value, if present
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * The body.
     *
     * @return a copy of the bytes
     */
    public byte[] body() {
        return body.clone();
    }

    /**
     * The body as text.
     *
     * @return the body read as UTF-8
     */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "WebhookRequest[" + body.length + " bytes]";
    }
}
