package io.linkspan.spi;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * One request to a platform, described by an adapter and sent by Linkspan. Immutable.
 *
 * <p>{@link #toString()} shows operation and host only; addresses, headers and bodies may hold secrets.
 */
public final class HttpCall {
    private final String operation;
    private final CallClass callClass;
    private final String method;
    private final URI uri;
    private final Map<String, String> headers;
    private final HttpBody body;
    private final BooleanSupplier permit;

    private HttpCall(
            String operation,
            CallClass callClass,
            String method,
            URI uri,
            Map<String, String> headers,
            HttpBody body,
            BooleanSupplier permit) {
        this.operation = Objects.requireNonNull(operation, "operation");
        this.callClass = Objects.requireNonNull(callClass, "callClass");
        this.method = Objects.requireNonNull(method, "method");
        this.uri = Objects.requireNonNull(uri, "uri");
        this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        this.body = Objects.requireNonNull(body, "body");
        this.permit = Objects.requireNonNull(permit, "permit");
    }

    /**
     * A request without body.
     *
     * @param operation stable name, such as {@code tiktok.user_info}; used in logs, errors and evidence
     * @param callClass what the request may do
     * @param method HTTP method
     * @param uri full address
     * @return the call
     */
    public static HttpCall of(String operation, CallClass callClass, String method, URI uri) {
        return new HttpCall(operation, callClass, method, uri, Map.of(), new HttpBody.None(), () -> true);
    }

    /**
     * With one more header.
     *
     * @param name header name
     * @param value header value, without line breaks
     * @return a copy
     */
    public HttpCall header(String name, String value) {
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("header " + name + " must not contain line breaks");
        }
        Map<String, String> next = new LinkedHashMap<>(headers);
        next.put(name, value);
        return new HttpCall(operation, callClass, method, uri, next, body, permit);
    }

    /**
     * With an access token in the {@code Authorization} header.
     *
     * @param token the token
     * @return a copy
     */
    public HttpCall bearer(Secret token) {
        return header("Authorization", "Bearer " + token.reveal());
    }

    /**
     * With a body.
     *
     * @param next the body
     * @return a copy
     */
    public HttpCall body(HttpBody next) {
        return new HttpCall(operation, callClass, method, uri, headers, next, permit);
    }

    /**
     * With a permit that can end before the request leaves.
     *
     * @param next false once the request may not leave any more
     * @return a copy
     */
    public HttpCall permittedBy(BooleanSupplier next) {
        return new HttpCall(operation, callClass, method, uri, headers, body, next);
    }

    /**
     * Stable name of the operation.
     *
     * @return the name
     */
    public String operation() {
        return operation;
    }

    /**
     * What the request may do.
     *
     * @return the class
     */
    public CallClass callClass() {
        return callClass;
    }

    /**
     * HTTP method.
     *
     * @return the method
     */
    public String method() {
        return method;
    }

    /**
     * Full address; may hold secrets.
     *
     * @return the address
     */
    public URI uri() {
        return uri;
    }

    /**
     * Headers; may hold secrets.
     *
     * @return unmodifiable map in order
     */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * The body.
     *
     * @return the body
     */
    public HttpBody body() {
        return body;
    }

    /**
     * Whether the request may leave now. A transport asks right before the first byte, and before each further part of a large
     * body: a process may have been paused since the call was made, and another one may have taken over its work.
     *
     * @return false once the request has to stay here
     */
    public boolean permitted() {
        return permit.getAsBoolean();
    }

    @Override
    public String toString() {
        return operation + " " + method + " " + uri.getHost();
    }
}
