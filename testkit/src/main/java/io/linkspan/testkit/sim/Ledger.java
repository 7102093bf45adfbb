package io.linkspan.testkit.sim;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What really happened on a simulated platform: the truth that an application's own records are compared with.
 *
 * <p>Thread-safe. Every method returns a snapshot. No record holds a token, a code, a secret or a signed URL.
 */
public interface Ledger {

    /** {@return every post that is live, oldest first; a duplicate shows as two} */
    List<Post> posts();

    /**
     * The posts of one account.
     *
     * @param account the account's handle
     * @return its live posts, oldest first
     */
    List<Post> posts(String account);

    /** {@return every draft delivered to an inbox, oldest first} */
    List<Post> drafts();

    /** {@return every authorization given, oldest first} */
    List<Grant> grants();

    /** {@return every token issued, oldest first} */
    List<Token> tokens();

    /** {@return every request served, in the order in which they took effect} */
    List<Call> requests();

    /**
     * The requests of one operation.
     *
     * @param operation an operation of the platform
     * @return its requests, in the order in which they took effect
     */
    List<Call> requests(Enum<?> operation);

    /**
     * Counts the requests of one operation.
     *
     * @param operation an operation of the platform
     * @return how many were served, with whatever outcome
     */
    long count(Enum<?> operation);

    /** {@return the number of requests by operation name} */
    Map<String, Long> counts();

    /** {@return every try to deliver a webhook or callback, oldest first} */
    List<Delivery> deliveries();

    /** {@return the whole ledger as a JSON document, without secrets} */
    String toJson();

    /**
     * One live post or delivered draft.
     *
     * @param account handle of the account
     * @param id the platform's post id
     * @param handle the id under which it was submitted: publish id or container id
     * @param at when it went live
     * @param kind {@code VIDEO}, {@code PHOTO}, {@code REELS}, {@code IMAGE}, {@code STORIES} or {@code CAROUSEL}
     * @param text the caption, empty when there is none
     * @param bytes size of the received media
     * @param sha256 lower-case hex digest of the received media, empty when none was received
     * @param details the other parameters of the request
     */
    record Post(
            String account,
            String id,
            String handle,
            Instant at,
            String kind,
            String text,
            long bytes,
            String sha256,
            Map<String, String> details) {
        /**
         * Copies the details.
         *
         * @param account handle of the account
         * @param id the platform's post id
         * @param handle publish id or container id
         * @param at when it went live
         * @param kind what kind of post
         * @param text the caption
         * @param bytes size of the received media
         * @param sha256 digest of the received media
         * @param details the other parameters
         */
        public Post {
            details = Map.copyOf(details);
        }
    }

    /**
     * One authorization.
     *
     * @param account handle of the account
     * @param number distinguishes the grants of one simulator
     * @param scopes what was granted
     * @param at when it was given
     * @param alive whether it can still be used
     * @param ended why it ended, empty while it is alive
     */
    record Grant(String account, int number, List<String> scopes, Instant at, boolean alive, String ended) {
        /**
         * Copies the scopes.
         *
         * @param account handle of the account
         * @param number distinguishes grants
         * @param scopes what was granted
         * @param at when it was given
         * @param alive whether it can still be used
         * @param ended why it ended
         */
        public Grant {
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * One token.
     *
     * @param account handle of the account
     * @param grant number of the grant
     * @param kind {@code access}, {@code refresh}, {@code short} or {@code long}
     * @param fingerprint first 12 hex digits of the SHA-256 of the token
     * @param issued when it was issued
     * @param expires when it runs out
     * @param state {@code live}, {@code replaced} or why it died
     */
    record Token(
            String account,
            int grant,
            String kind,
            String fingerprint,
            Instant issued,
            Instant expires,
            String state) {}

    /**
     * One request.
     *
     * @param number counts the requests of one simulator from 1
     * @param operation name of the operation
     * @param at the simulator's time
     * @param method HTTP method
     * @param path path without query
     * @param account handle of the account the request was made for, if known
     * @param status HTTP status of the answer; 0 when none was given
     * @param outcome {@code ok} or the platform's error code
     * @param effect whether the request was carried out
     * @param fault the fault it suffered, empty if none
     */
    record Call(
            long number,
            String operation,
            Instant at,
            String method,
            String path,
            @Nullable String account,
            int status,
            String outcome,
            boolean effect,
            String fault) {}

    /**
     * One try to deliver a webhook or callback.
     *
     * @param at the simulator's time
     * @param event name of the event
     * @param account handle of the account
     * @param status HTTP status of the receiver; 0 when it could not be reached
     */
    record Delivery(Instant at, String event, String account, int status) {}
}
