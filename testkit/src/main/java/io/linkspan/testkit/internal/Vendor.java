package io.linkspan.testkit.internal;

/**
 * What makes a simulator a certain platform.
 *
 * @param <O> the operations of the platform
 */
public interface Vendor<O extends Enum<O>> {

    /**
     * Finds out what a request wants.
     *
     * @param request the request
     * @return the operation and how to carry it out
     */
    Endpoint<O> route(SimRequest request);

    /**
     * Writes an error in the envelope of an operation.
     *
     * @param operation the operation
     * @param status HTTP status
     * @param code the platform's code; empty for the usual internal error
     * @param message the platform's message
     * @return the reply
     */
    SimReply error(O operation, int status, String code, String message);

    /** Carries out an operation. */
    @FunctionalInterface
    interface Handler {
        /**
         * Carries out the request.
         *
         * @param request the request
         * @return the answer
         */
        SimReply handle(SimRequest request);
    }

    /**
     * An operation and how to carry it out.
     *
     * @param operation the operation
     * @param handler carries it out
     * @param <O> the operations of the platform
     */
    record Endpoint<O extends Enum<O>>(O operation, Handler handler) {

        /**
         * Carries out a request; a refusal is an answer like any other.
         *
         * @param request the request
         * @return the answer
         */
        public SimReply answer(SimRequest request) {
            try {
                return handler.handle(request);
            } catch (Refusal refusal) {
                return refusal.reply();
            }
        }
    }
}
