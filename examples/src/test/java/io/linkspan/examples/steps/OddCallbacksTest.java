package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectCallback;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectOutcome.Reason;
import io.linkspan.connection.ConnectionId;
import io.linkspan.instagram.Instagram;
import io.linkspan.link.Intent;
import io.linkspan.tiktok.TikTok;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Callbacks as hosts pass them on: odd ones connect where nothing is in doubt, and otherwise say what to do. */
class OddCallbacksTest {
    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    static Stream<Arguments> harmless() {
        Map<String, UnaryOperator<String>> forms = new TreeMap<>(Map.of(
                "question mark", q -> "?" + q,
                "whole address", q -> "https://host.example/callback?" + q,
                "path", q -> "/callback?" + q,
                "Instagram's fragment", q -> q + "#_",
                "Facebook's fragment", q -> q + "#_=_",
                "whole address with fragment", q -> "https://host.example/callback?" + q + "#_",
                "encoded fragment", q -> q + "%23_",
                "encoded fragment of Facebook", q -> q + "%23_%3D_",
                "empty pairs", q -> "&" + q + "&&"));
        return forms.entrySet().stream()
                .flatMap(form -> Stream.of(TikTok.PLATFORM, Instagram.PLATFORM)
                        .map(platform -> Arguments.of(form.getKey(), platform, form.getValue())));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("harmless")
    void complete_ofAHarmlessForm_connects(String form, Platform platform, UnaryOperator<String> change) {
        // the state comes last, as Meta sends it
        String query = stateLast(stage.allow(Stage.asking(platform, Intent.BOTH)));

        ConnectOutcome outcome = stage.complete(change.apply(query));

        assertInstanceOf(ConnectOutcome.Connected.class, outcome, outcome::describe);
    }

    private static String stateLast(String query) {
        List<String> pairs = List.of(query.split("&"));
        return String.join(
                "&",
                Stream.concat(
                                pairs.stream().filter(pair -> !pair.startsWith("state=")),
                                pairs.stream().filter(pair -> pair.startsWith("state=")))
                        .toList());
    }

    @Test
    void complete_withoutASession_saysSoAndLeavesTheConnectOpen() {
        String query = stage.allow(Stage.asking(TikTok.PLATFORM, Intent.BOTH));

        ConnectOutcome outcome = stage.linkspan.connections().complete(query, null);

        assertEquals(Reason.WRONG_BROWSER, refused(outcome).reason());
        assertTrue(outcome.describe().contains("its session at the host has ended"), outcome::describe);
        assertInstanceOf(ConnectOutcome.Connected.class, stage.complete(query));
    }

    @Test
    void complete_again_namesTheConnectionToTheBrowserThatBeganOnly() {
        String query = stage.allow(Stage.asking(TikTok.PLATFORM, Intent.BOTH));
        ConnectionId made = assertInstanceOf(ConnectOutcome.Connected.class, stage.complete(query))
                .connection()
                .id();

        ConnectOutcome.Refused again = refused(stage.complete(query));

        assertEquals(Reason.STATE_USED, again.reason());
        assertEquals(Optional.of(made), again.connection());
        assertTrue(again.message().contains(made.value()), again::message);
        for (ConnectOutcome other : List.of(
                stage.linkspan.connections().complete(query, "browser-secret-of-noor"),
                stage.linkspan.connections().complete(query, null),
                stage.linkspan
                        .connections()
                        .complete(ConnectCallback.of(query, Stage.SECRET).by(Owner.of("harbour", "noor"))))) {
            assertEquals(Reason.STATE_USED, refused(other).reason());
            assertEquals(Optional.empty(), refused(other).connection());
            assertFalse(other.toString().contains(made.value()));
        }
    }

    @Test
    void complete_againAfterADenial_namesNoConnection() {
        String query = stage.deny(Stage.asking(TikTok.PLATFORM, Intent.BOTH));
        stage.complete(query);

        assertEquals(Optional.empty(), refused(stage.complete(query)).connection());
    }

    private static ConnectOutcome.Refused refused(ConnectOutcome outcome) {
        return assertInstanceOf(ConnectOutcome.Refused.class, outcome);
    }
}
