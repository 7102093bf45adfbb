package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus.Kind;
import io.linkspan.instagram.Instagram;
import io.linkspan.testkit.instagram.InstagramAccount;
import io.linkspan.testkit.instagram.InstagramOperation;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An account whose owner has to pass a check: asked now and then, and healed without a person's help here. */
class WaitingAccountTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private ConnectionId connect(LoginStage stage, InstagramAccount account) {
        boolean facebook = stage.facebookLogin;
        if (facebook) {
            stage.instagram.addPerson("Mira").on(stage.instagram.addPage("Quay", account));
        }
        return LoginStage.connected(
                        stage.signIn(facebook ? "Mira" : account.handle(), LoginStage.asking(Instagram.PLATFORM)))
                .id();
    }

    private static long calls(LoginStage stage) {
        return stage.instagram.ledger().count(InstagramOperation.ME)
                + stage.instagram.ledger().count(InstagramOperation.FACEBOOK_READ);
    }

    private static void assertQuiet(LoginStage stage) {
        for (int i = 0; i < 20; i++) {
            if (stage.linkspan.worker().runDue() == 0) {
                return;
            }
        }
        throw new AssertionError("work stays due at an unchanged clock");
    }

    private static Kind status(LoginStage stage, ConnectionId id) {
        return stage.linkspan
                .connections()
                .find(LoginStage.OWNER, id)
                .map(Connection::status)
                .orElseThrow()
                .kind();
    }

    private static long said(LoginStage stage, ConnectionId id) {
        return stage.linkspan.connections().history(LoginStage.OWNER, id).stream()
                .filter(line -> line.action().equals("waiting_for_person"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void checkpoint_isAskedRarely_saidOnce_andHealsByItself(boolean facebookLogin) {
        try (LoginStage stage = new LoginStage(facebookLogin)) {
            InstagramAccount account = stage.instagram.addAccount("quay.studio");
            ConnectionId id = connect(stage, account);
            account.checkpointed(true);
            stage.linkspan.connections().check(LoginStage.OWNER, id);
            assertEquals(Kind.AWAITING_ACCOUNT, status(stage, id));
            long before = calls(stage);
            long events = stage.events.size();

            for (int minute = 0; minute < 180; minute++) {
                assertQuiet(stage);
                stage.clock.advance(MINUTE);
            }

            assertEquals(Kind.AWAITING_ACCOUNT, status(stage, id));
            assertTrue(calls(stage) - before <= 36, "calls in 3 h: " + (calls(stage) - before));
            assertTrue(calls(stage) > before, "never asked");
            assertEquals(1, said(stage, id));
            assertEquals(events, stage.events.size(), () -> String.valueOf(stage.events));

            account.checkpointed(false);
            for (int minute = 0; minute <= 15; minute++) {
                assertQuiet(stage);
                stage.clock.advance(MINUTE);
            }
            assertEquals(Kind.AUTHORIZED, status(stage, id));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void consentThatEndedByTime_isNotLookedAtForEver(boolean waiting) {
        try (LoginStage stage = new LoginStage(false)) {
            InstagramAccount account = stage.instagram.addAccount("quay.studio");
            ConnectionId id = connect(stage, account);
            if (waiting) {
                account.checkpointed(true);
                stage.linkspan.connections().check(LoginStage.OWNER, id);
            }
            stage.clock.advance(Duration.ofDays(61));
            assertQuiet(stage);
            stage.linkspan.connections().check(LoginStage.OWNER, id);
            for (int minute = 0; minute < 60; minute++) {
                assertQuiet(stage);
                stage.clock.advance(MINUTE);
            }
            assertEquals(Optional.empty(), stage.records().get(0).dueAt());
        }
    }
}
