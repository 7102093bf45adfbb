package io.linkspan.testkit.internal;

/** Ends the handling of a request with an answer that says no. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient SimReply reply;

    /**
     * Refuses.
     *
     * @param reply the answer
     */
    public Refusal(SimReply reply) {
        super(reply.outcome(), null, false, false);
        this.reply = reply;
    }

    SimReply reply() {
        return reply;
    }
}
