package io.linkspan.internal.http;

import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import java.io.IOException;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;

/** Tells what a failed exchange means, in words without address or content. */
final class Failures {
    /**
     * How the JDK says that a connection ended while its TLS handshake was under way. It asks for the length of the body then
     * too, with nothing to carry it, so that the gate alone cannot tell. In other words of another JDK, the request counts as
     * lost.
     */
    private static final Set<String> ENDED_IN_HANDSHAKE =
            Set.of("Remote host terminated the handshake", "Remote host closed the channel");

    private Failures() {}

    /** What became of a request whose exchange failed. */
    static HttpResult result(Throwable failure, HttpCall call, boolean nothingLeft) {
        String host = call.uri().getHost();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SendGate.Refused) {
                return nothingLeft
                        ? new HttpResult.NotSent(SendGate.Refused.WHY)
                        : new HttpResult.Lost(
                                "the connection to " + host + " closed without an answer; not sent again");
            }
            if (cause instanceof BoundedBody.TooLarge || cause instanceof SlicePublisher.MediaFailed) {
                return new HttpResult.Lost(String.valueOf(cause.getMessage()));
            }
        }
        String what = name(failure);
        return nothingLeft || endedInHandshake(failure)
                ? new HttpResult.NotSent("cannot reach " + host + " (" + what + "); check network, proxy, DNS and TLS")
                : new HttpResult.Lost("no complete answer from " + host + " (" + what + ")");
    }

    private static boolean endedInHandshake(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLHandshakeException
                    && ENDED_IN_HANDSHAKE.contains(String.valueOf(cause.getMessage()))) {
                return true;
            }
        }
        return false;
    }

    /** The first name that says more than that input or output failed. */
    private static String name(Throwable failure) {
        Throwable last = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            last = cause;
            if (!cause.getClass().equals(IOException.class)) {
                break;
            }
        }
        return last.getClass().getSimpleName();
    }
}
