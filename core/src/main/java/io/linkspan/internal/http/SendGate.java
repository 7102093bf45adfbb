package io.linkspan.internal.http;

import io.linkspan.spi.HttpCall;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Proves whether a request left. The client passes it once connected, right before the first byte; it lets through once, and only
 * while the call is permitted. Closed before that, it lets nothing through any more, so what has not left by then never will.
 */
final class SendGate {
    private enum State {
        OPEN,
        PASSED,
        CLOSED
    }

    private final HttpCall call;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    SendGate(HttpCall call) {
        this.call = call;
    }

    /** Lets the one request through. The client sends a GET again without notice when its connection dies: not here. */
    void pass() {
        if (!call.permitted()) {
            state.compareAndSet(State.OPEN, State.CLOSED);
        }
        if (!state.compareAndSet(State.OPEN, State.PASSED)) {
            throw new Refused();
        }
    }

    /** Closes; true when nothing left, which then stays true. */
    boolean closeUnpassed() {
        state.compareAndSet(State.OPEN, State.CLOSED);
        return state.get() == State.CLOSED;
    }

    /** The client wanted to send a second time, or too late. */
    static final class Refused extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        static final String WHY = "the request may not be sent any more";

        Refused() {
            super(WHY);
        }
    }
}
