package io.linkspan.internal.connection;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectCallback;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectOutcome.Reason;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Login;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.PendingConnects.Pending;
import io.linkspan.internal.explain.PlainWords;
import io.linkspan.internal.wire.PendingDoc;
import io.linkspan.internal.wire.PendingDoc.Stage;
import io.linkspan.spi.PlatformAdapter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** What must hold of an answer before anything is used up. */
final class CallbackChecks {
    private final Kernel kernel;
    private final Pending pending;
    private final PendingDoc doc;

    private CallbackChecks(Kernel kernel, Pending pending) {
        this.kernel = kernel;
        this.pending = pending;
        this.doc = pending.doc();
    }

    static CallbackChecks of(Kernel kernel, Pending pending) {
        return new CallbackChecks(kernel, pending);
    }

    static ConnectOutcome unknownState() {
        return refused(
                Reason.UNKNOWN_STATE,
                "this callback belongs to no connect that was started here, or its time is over; start the connect again");
    }

    static ConnectOutcome stateUsed() {
        return refused(
                Reason.STATE_USED,
                "this callback was used before (a reload or a replay); nothing was changed, start the connect again if the"
                        + " account is not connected");
    }

    private static ConnectOutcome refused(Reason reason, String message) {
        return new ConnectOutcome.Refused(reason, message);
    }

    /** Whether the answer comes from the browser that began, or from the owner as the host knows them. */
    boolean knows(String secret, Optional<Owner> signedIn) {
        return signedIn.map(pending.owner()::equals).orElseGet(() -> bound(secret));
    }

    /** A callback in a browser. */
    Optional<ConnectOutcome> refuse(ConnectCallback callback, CallbackQuery query) {
        return stage(Stage.OPEN, callback.browserSecret(), callback.owner().orElse(pending.owner()))
                .or(this::expiry)
                .or(() -> browser(callback.browserSecret()))
                .or(() -> context(callback))
                .or(() -> way(false))
                .or(() -> issuer(query));
    }

    /** A hand-over by a mobile app. */
    Optional<ConnectOutcome> refuse(String sessionSecret) {
        return stage(Stage.OPEN, sessionSecret, pending.owner())
                .or(this::expiry)
                .or(() -> browser(sessionSecret))
                .or(this::registration)
                .or(() -> way(true));
    }

    /** A choice. */
    Optional<ConnectOutcome> refuseChoice(String browserSecret) {
        return stage(Stage.CHOOSING, browserSecret, pending.owner())
                .or(this::expiry)
                .or(() -> browser(browserSecret))
                .or(this::registration);
    }

    private Optional<ConnectOutcome> stage(Stage wanted, String secret, Owner signedIn) {
        if (doc.stage() == wanted || doc.stage() == Stage.EXPIRED) {
            return Optional.empty(); // an expired one fails on its time
        }
        String made = doc.connection();
        if (made == null || !bound(secret) || !signedIn.equals(pending.owner())) {
            return Optional.of(stateUsed());
        }
        return Optional.of(new ConnectOutcome.Refused(
                Reason.STATE_USED,
                "this callback was used before (a reload or a replay) and made connection " + made
                        + "; nothing was changed, show that connection",
                Optional.of(new ConnectionId(made))));
    }

    private Optional<ConnectOutcome> expiry() {
        return doc.stage() != Stage.EXPIRED && kernel.now().isBefore(doc.expiresAt())
                ? Optional.empty()
                : Optional.of(refused(
                        Reason.STATE_EXPIRED,
                        "the consent took longer than allowed (until " + PlainWords.time(doc.expiresAt())
                                + "); start the connect again"));
    }

    private Optional<ConnectOutcome> browser(String secret) {
        if (bound(secret)) {
            return Optional.empty();
        }
        return Optional.of(refused(
                Reason.WRONG_BROWSER,
                secret.isEmpty()
                        ? "this browser brought no secret: its session at the host has ended, or its cookies are blocked;"
                                + " sign in and start the connect again"
                        : "another browser started this connect; finish it in the browser that began, or start again"));
    }

    private boolean bound(String secret) {
        byte[] expected = doc.bindingHash().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, Kernel.sha256(secret).getBytes(StandardCharsets.UTF_8));
    }

    private Optional<ConnectOutcome> context(ConnectCallback callback) {
        boolean otherPlatform = callback.platform()
                .filter(platform -> !platform.name().equals(doc.platform()))
                .isPresent();
        boolean otherOwner =
                callback.owner().filter(owner -> !owner.equals(pending.owner())).isPresent();
        if (otherPlatform || otherOwner) {
            return Optional.of(
                    refused(
                            Reason.WRONG_CONTEXT,
                            otherPlatform
                                    ? "the callback arrived at another platform's address than the connect was started for; start"
                                            + " the connect again"
                                    : "somebody else is signed in than the one who started this connect; start the connect again"));
        }
        return registration();
    }

    private Optional<ConnectOutcome> registration() {
        boolean same = kernel.findAdapter(doc.platform())
                .filter(adapter -> adapter.registration().equals(doc.registration()))
                .isPresent();
        return same
                ? Optional.empty()
                : Optional.of(refused(
                        Reason.WRONG_CONTEXT,
                        "the connect was started for another app registration than is configured now; start it again"));
    }

    private Optional<ConnectOutcome> way(boolean handedOver) {
        if (handedOver == (doc.login() == Login.Kind.MOBILE)) {
            return Optional.empty();
        }
        return Optional.of(refused(
                Reason.WRONG_CONTEXT,
                "a connect of a mobile app is finished with handOver(...), every other one with complete(...)"));
    }

    private Optional<ConnectOutcome> issuer(CallbackQuery query) {
        PlatformAdapter adapter = kernel.adapter(Platform.of(doc.platform()));
        Optional<String> expected = adapter.oauth().via(doc.way()).issuer();
        Optional<String> named = query.get("iss");
        if (expected.equals(named)) {
            return Optional.empty();
        }
        return Optional.of(refused(
                Reason.WRONG_ISSUER,
                expected.isPresent()
                        ? "the callback does not name the issuer of " + doc.platform()
                                + "; it may be another server's answer, start the connect again"
                        : "the callback names an issuer, which " + doc.platform()
                                + " does not do; it may be another server's answer"));
    }
}
