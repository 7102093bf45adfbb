package io.linkspan.testkit.sim;

import java.net.URI;
import java.util.Map;

/**
 * Takes webhooks and callbacks without a socket.
 *
 * <p>Given to a builder, it replaces real delivery: called on the thread that causes the event, or that releases it when
 * {@linkplain Webhooks#hold() held back}. While it runs inside a request, it may call the simulator again.
 */
@FunctionalInterface
public interface CallbackReceiver {

    /**
     * Takes one delivery.
     *
     * @param callback the request as it would arrive
     * @return the HTTP status of the answer, for the ledger; 0 for none
     */
    int receive(Callback callback);

    /**
     * One request to the application.
     *
     * @param event name of the event
     * @param account handle of the account
     * @param target where to; {@code https://app.invalid/} when no address is set
     * @param headers content type and signature
     * @param body the body
     */
    record Callback(String event, String account, URI target, Map<String, String> headers, String body) {
        /**
         * Copies the headers.
         *
         * @param event name of the event
         * @param account handle of the account
         * @param target where to
         * @param headers content type and signature
         * @param body the body
         */
        public Callback {
            headers = Map.copyOf(headers);
        }
    }
}
