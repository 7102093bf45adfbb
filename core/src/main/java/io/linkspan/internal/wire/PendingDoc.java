package io.linkspan.internal.wire;

import io.linkspan.link.Intent;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A consent that has not come back, or came back and is being finished.
 *
 * @param format 1
 * @param stage how far it is
 * @param platform platform name
 * @param registration app registration
 * @param intent what for
 * @param scopes asked for
 * @param bindingHash SHA-256 of the browser's secret, in hexadecimal
 * @param verifier PKCE verifier, sealed, in Base64
 * @param expectedAccount pinned account
 * @param createdAt when it was started
 * @param expiresAt until when the callback is accepted
 * @param exchangedAt when the code was spent
 * @param stagedOperation operation of the staged answer
 * @param staged an answer kept before it was read, sealed, in Base64
 */
public record PendingDoc(
        int format,
        Stage stage,
        String platform,
        String registration,
        Intent intent,
        Set<String> scopes,
        String bindingHash,
        @Nullable String verifier,
        @Nullable String expectedAccount,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant exchangedAt,
        @Nullable String stagedOperation,
        @Nullable String staged) {
    /** How far it is. */
    public enum Stage {
        /** Waiting for the callback. */
        OPEN,
        /** The callback came; the state is used up. */
        CONSUMED,
        /** Over. */
        FINISHED
    }

    /** At another stage; nothing staged any more when it is over. */
    public PendingDoc at(Stage next, @Nullable Instant when) {
        boolean over = next == Stage.FINISHED;
        return new PendingDoc(
                format,
                next,
                platform,
                registration,
                intent,
                scopes,
                bindingHash,
                over ? null : verifier,
                expectedAccount,
                createdAt,
                expiresAt,
                when == null ? exchangedAt : when,
                over ? null : stagedOperation,
                over ? null : staged);
    }

    /** With an answer kept. */
    public PendingDoc staged(String operation, String answer) {
        return new PendingDoc(
                format,
                stage,
                platform,
                registration,
                intent,
                scopes,
                bindingHash,
                verifier,
                expectedAccount,
                createdAt,
                expiresAt,
                exchangedAt,
                operation,
                answer);
    }
}
