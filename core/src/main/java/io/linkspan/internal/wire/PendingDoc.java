package io.linkspan.internal.wire;

import io.linkspan.Platform;
import io.linkspan.connection.Login;
import io.linkspan.link.Intent;
import java.net.URI;
import java.time.Instant;
import java.util.List;
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
 * @param expiresAt until when the callback, or the choice, is accepted
 * @param exchangedAt when the code was spent
 * @param stagedOperation operation of the staged answer
 * @param staged an answer kept before it was read, sealed, in Base64
 * @param login how the person signs in; null for the web
 * @param redirectUri redirect address of this connect, when it has its own
 * @param candidates ids of the accounts to choose from
 * @param imported whether tokens of another system are taken over
 * @param connection id of the connection that it made
 * @param failure why it did not work, or not wholly
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
        @Nullable String staged,
        Login.@Nullable Kind login,
        @Nullable String redirectUri,
        @Nullable List<String> candidates,
        @Nullable Boolean imported,
        @Nullable String connection,
        @Nullable FailureDoc failure)
        implements Payload.Checked {
    @Override
    public void check() {
        Payload.need(stage, registration, intent, scopes, bindingHash, createdAt, expiresAt);
        Platform.of(platform);
        way();
    }

    /** How far it is. */
    public enum Stage {
        /** Waiting for the callback. */
        OPEN,
        /** The callback came; the state is used up. */
        CONSUMED,
        /** Waiting for the choice of an account. */
        CHOOSING,
        /** Nobody came in time. */
        EXPIRED,
        /** Over. */
        FINISHED
    }

    /** At another stage; no secrets any more when it is over. */
    public PendingDoc at(Stage next, @Nullable Instant when) {
        boolean over = next == Stage.FINISHED || next == Stage.EXPIRED;
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
                over ? null : staged,
                login,
                redirectUri,
                over ? null : candidates,
                imported,
                connection,
                failure);
    }

    /** Over, with the connection that it made. */
    public PendingDoc connected(String made) {
        PendingDoc over = at(Stage.FINISHED, null);
        return new PendingDoc(
                over.format,
                over.stage,
                over.platform,
                over.registration,
                over.intent,
                over.scopes,
                over.bindingHash,
                over.verifier,
                over.expectedAccount,
                over.createdAt,
                over.expiresAt,
                over.exchangedAt,
                over.stagedOperation,
                over.staged,
                over.login,
                over.redirectUri,
                over.candidates,
                over.imported,
                made,
                over.failure);
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
                answer,
                login,
                redirectUri,
                candidates,
                imported,
                connection,
                failure);
    }

    /** Waiting for a choice. */
    public PendingDoc choosing(List<String> accounts, Instant until) {
        return new PendingDoc(
                format,
                Stage.CHOOSING,
                platform,
                registration,
                intent,
                scopes,
                bindingHash,
                null,
                expectedAccount,
                createdAt,
                until,
                exchangedAt,
                stagedOperation,
                staged,
                login,
                redirectUri,
                List.copyOf(accounts),
                imported,
                connection,
                failure);
    }

    /** With the chosen account pinned; going on. */
    public PendingDoc chosen(String account) {
        return new PendingDoc(
                format,
                Stage.CONSUMED,
                platform,
                registration,
                intent,
                scopes,
                bindingHash,
                null,
                account,
                createdAt,
                expiresAt,
                exchangedAt,
                stagedOperation,
                staged,
                login,
                redirectUri,
                candidates,
                imported,
                connection,
                failure);
    }

    /** With the reason why it did not work, or not wholly. */
    public PendingDoc failed(@Nullable FailureDoc why) {
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
                stagedOperation,
                staged,
                login,
                redirectUri,
                candidates,
                imported,
                connection,
                why);
    }

    /** How the person signs in. */
    public Login way() {
        if (login == null || login == Login.Kind.WEB) {
            return Login.web();
        }
        return redirectUri == null ? Login.mobile() : Login.desktop(URI.create(redirectUri));
    }

    /** Whether tokens of another system are taken over. */
    public boolean isImport() {
        return Boolean.TRUE.equals(imported);
    }
}
