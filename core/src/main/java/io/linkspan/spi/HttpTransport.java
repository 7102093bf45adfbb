package io.linkspan.spi;

/**
 * Sends one request, once, within bounds. Linkspan brings one over the JDK's client; a host may wrap or replace it.
 *
 * <p>HT-1: never throws for network trouble; every outcome is a {@link HttpResult}. HT-2: {@link HttpResult.NotSent} only
 * when provably no byte left, so that a commit is never repeated by mistake. HT-3: one call is one request on the wire: no
 * retries, no redirects. HT-4: bounded time and memory whatever the peer does. HT-5: nothing of address queries, headers or
 * bodies is logged. HT-6: a request whose {@link HttpCall#permitted()} is false right before its first byte does not leave and is
 * {@link HttpResult.NotSent}. Thread-safe, blocking.
 */
public interface HttpTransport {
    /**
     * Sends the request.
     *
     * @param call the request
     * @return what became of it
     */
    HttpResult exchange(HttpCall call);
}
