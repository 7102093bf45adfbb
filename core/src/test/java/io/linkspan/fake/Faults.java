package io.linkspan.fake;

import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;

/** Something goes wrong with one request; the others pass. */
public final class Faults implements HttpTransport {
    /** What goes wrong. */
    public enum Kind {
        /** It provably did not leave. */
        NOT_SENT,
        /** It had no effect, and no answer came. */
        LOST_WITHOUT_EFFECT,
        /** It had its effect, and no answer came. */
        LOST_WITH_EFFECT
    }

    private final HttpTransport inner;
    private final String operation;
    private final int from;
    private final int until;
    private final Kind kind;
    private int passed;

    /**
     * Faults for some requests.
     *
     * @param inner the platform
     * @param operation the operation that suffers, or empty for all
     * @param from number of the first request that suffers, from 0
     * @param until number of the first request after it that passes again
     * @param kind what goes wrong
     */
    public Faults(HttpTransport inner, String operation, int from, int until, Kind kind) {
        this.inner = inner;
        this.operation = operation;
        this.from = from;
        this.until = until;
        this.kind = kind;
    }

    /** Requests so far that could have suffered. */
    public int passed() {
        return passed;
    }

    @Override
    public HttpResult exchange(HttpCall call) {
        if (!operation.isEmpty() && !operation.equals(call.operation())) {
            return inner.exchange(call);
        }
        int number = passed++;
        if (number < from || number >= until) {
            return inner.exchange(call);
        }
        return switch (kind) {
            case NOT_SENT -> new HttpResult.NotSent("refused");
            case LOST_WITHOUT_EFFECT -> new HttpResult.Lost("reset");
            case LOST_WITH_EFFECT -> {
                inner.exchange(call);
                yield new HttpResult.Lost("reset");
            }
        };
    }
}
