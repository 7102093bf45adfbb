package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.Platform;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus.Kind;
import io.linkspan.connection.Explanation;
import io.linkspan.connection.Explanation.Bucket;
import io.linkspan.instagram.Instagram;
import io.linkspan.link.Intent;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.testkit.instagram.InstagramOperation;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.tiktok.TikTok;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The user removes the app at the platform while posts are open: one rule, the same on both platforms. */
class AppRemovedTest {
    private static final Duration TOMORROW = Duration.ofHours(20);

    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    static Stream<Platform> platforms() {
        return Stream.of(TikTok.PLATFORM, Instagram.PLATFORM);
    }

    private ConnectionId connect(Platform platform) {
        return stage.connect(Stage.asking(platform, Intent.CROSS_POSTING)).id();
    }

    private void remove(Platform platform) {
        if (platform.equals(TikTok.PLATFORM)) {
            stage.tiktok.removeApp(stage.tiktokAccount);
        } else {
            stage.instagram.removeApp(stage.instagramAccount);
        }
    }

    private void message(Platform platform) {
        if (platform.equals(TikTok.PLATFORM)) {
            stage.tiktok.webhooks().release();
            assertTrue(stage.tiktok.webhooks().await(Duration.ofSeconds(20)));
        } else {
            stage.instagram.webhooks().release();
            assertTrue(stage.instagram.webhooks().await(Duration.ofSeconds(20)));
        }
    }

    private Publication scheduled(ConnectionId id) {
        return stage.submit(stage.post(id).notBefore(stage.clock.instant().plus(TOMORROW)));
    }

    private static PublishState state(Publication publication) {
        return publication.jobs().get(0).state();
    }

    private void assertTold(Bucket category, String headline, Publication publication) {
        Explanation explanation = publication.explain();
        assertEquals(category, explanation.bucket(), explanation::toText);
        assertTrue(explanation.verdict().contains(headline), explanation::toText);
        ExplanationSchema.assertValid(explanation.toJson());
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void refusedToken_letsThePostWait_andAReconnectSendsIt(Platform platform) {
        ConnectionId id = connect(platform);
        Publication submitted = scheduled(id);
        remove(platform);
        stage.clock.advance(TOMORROW);

        stage.run(Duration.ofMinutes(20), Duration.ofMinutes(1));

        assertEquals(Kind.REAUTHORIZATION_REQUIRED, stage.kind(id));
        assertTold(
                Bucket.AUTHORIZATION_FAILS,
                "the post waits because the account has to be connected again",
                stage.publication(submitted.id()));
        assertEquals(id, connect(platform));
        stage.run(Duration.ofMinutes(20), Duration.ofMinutes(1));
        assertEquals(Phase.PUBLISHED, state(stage.publication(submitted.id())).phase());
        assertEquals(1, stage.posts(platform));
    }

    /** Where the refusal is met without a message of the platform. */
    private enum Met {
        BY_A_LOOK,
        BY_A_RENEWAL,
        BY_THE_POST
    }

    static Stream<Arguments> refusals() {
        return platforms().flatMap(platform -> Stream.of(Met.values()).map(met -> Arguments.of(platform, met)));
    }

    /** A refusal does not say for sure who ended the access, so nothing is cancelled for it, wherever it is met. */
    @ParameterizedTest
    @MethodSource("refusals")
    void refusalWithoutAMessage_letsThePostWait_whereverItIsMet(Platform platform, Met met) {
        Duration until = met == Met.BY_A_RENEWAL ? Duration.ofDays(45) : TOMORROW;
        ConnectionId id = connect(platform);
        Publication submitted =
                stage.submit(stage.post(id).notBefore(stage.clock.instant().plus(until)));
        remove(platform);

        switch (met) {
            case BY_A_LOOK -> stage.linkspan.connections().check(Stage.OWNER, id);
            case BY_A_RENEWAL -> {
                stage.clock.advance(Duration.ofDays(40));
                stage.run(Duration.ofMinutes(20), Duration.ofMinutes(1));
            }
            case BY_THE_POST -> {
                stage.clock.advance(TOMORROW);
                stage.run(Duration.ofMinutes(20), Duration.ofMinutes(1));
            }
        }
        stage.run(Duration.ofHours(2), Duration.ofMinutes(10));

        assertEquals(
                Kind.REAUTHORIZATION_REQUIRED,
                stage.kind(id),
                () -> met + " " + stage.connection(id).explain());
        assertTold(
                Bucket.AUTHORIZATION_FAILS,
                "the post waits because the account has to be connected again",
                stage.publication(submitted.id()));
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void signedMessage_cancelsThePostImmediately_withTheReason(Platform platform) {
        ConnectionId id = connect(platform);
        Publication submitted = scheduled(id);
        remove(platform);

        message(platform);

        assertEquals(Kind.REVOKED, stage.kind(id), () -> stage.connection(id).explain());
        Publication after = stage.publication(submitted.id());
        assertEquals(new PublishState.Cancelled("the user removed the app on the platform"), state(after));
        assertTold(Bucket.NOT_POSTED, "cancelled because the account is no longer connected", after);
        stage.clock.advance(TOMORROW);
        stage.run(Duration.ofMinutes(20), Duration.ofMinutes(1));
        assertEquals(0, stage.posts(platform));
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void postWhoseCommitMayHaveLeft_isNotCancelled(Platform platform) {
        ConnectionId id = connect(platform);
        if (platform.equals(TikTok.PLATFORM)) {
            stage.tiktok.faults().on(TikTokOperation.UPLOAD).always(Fault.dropAfter());
            stage.tiktok.faults().on(TikTokOperation.STATUS).always(Fault.dropBefore());
        } else {
            stage.instagram.faults().on(InstagramOperation.MEDIA_PUBLISH).always(Fault.dropBefore());
        }
        Publication submitted = stage.submit(stage.post(id));
        stage.run(Duration.ofSeconds(30), Duration.ofSeconds(3));
        assertTrue(state(stage.publication(submitted.id())).phase().afterCommit());
        remove(platform);

        message(platform);
        stage.run(Duration.ofMinutes(30), Duration.ofMinutes(1));

        Publication after = stage.publication(submitted.id());
        assertEquals(Phase.AWAITING_DECISION, state(after).phase());
        assertTold(Bucket.DECISION_NEEDED, "it is not known whether the post appeared", after);
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void reportedRemoval_saysNothingOfARenewal(Platform platform) {
        ConnectionId id = connect(platform);
        remove(platform);
        message(platform);

        String text = stage.linkspan.connections().explain(Stage.OWNER, id).toText();

        for (String contradiction : List.of("is renewed", "renewal required", "has not been asked")) {
            assertFalse(text.contains(contradiction), text);
            assertFalse(stage.connection(id).explain().contains(contradiction), text);
        }
        assertTrue(text.contains("The user removed the app on the platform."), text);
    }
}
