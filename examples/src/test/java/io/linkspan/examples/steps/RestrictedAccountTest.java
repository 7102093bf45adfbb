package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.Attention;
import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus.Kind;
import io.linkspan.connection.Evidence;
import io.linkspan.instagram.Instagram;
import io.linkspan.link.Intent;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.CauseClass;
import io.linkspan.testkit.instagram.InstagramOperation;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.tiktok.TikTok;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An account that the platform restricts while it is posted to: posts wait, and health and attention know it from the first refusal on. */
class RestrictedAccountTest {
    private static final Duration STEP = Duration.ofMinutes(5);

    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    private List<String> attention() {
        return stage.linkspan.connections().needingAttention(Stage.OWNER.tenant(), "", 100).items().stream()
                .flatMap(item -> item.reasons().stream())
                .map(Attention.Reason::code)
                .distinct()
                .toList();
    }

    private CapabilityHealth health(ConnectionId id) {
        return stage.connection(id).health().get(Capability.PUBLISH_VIDEO);
    }

    private long instagramCalls() {
        return Arrays.stream(InstagramOperation.values())
                .mapToLong(stage.instagram.ledger()::count)
                .sum();
    }

    private long tiktokCalls() {
        return Arrays.stream(TikTokOperation.values())
                .mapToLong(stage.tiktok.ledger()::count)
                .sum();
    }

    private void quiet() {
        for (int i = 0; i < 50; i++) {
            if (stage.linkspan.worker().runDue() == 0) {
                return;
            }
        }
        throw new AssertionError("work stays due at an unchanged clock");
    }

    /** An hour in steps; the most calls of it. */
    private void hours(int hours) {
        for (int hour = 0; hour < hours; hour++) {
            long before = instagramCalls() + tiktokCalls();
            for (Duration left = Duration.ofHours(1); !left.isZero(); left = left.minus(STEP)) {
                quiet();
                stage.clock.advance(STEP);
            }
            long calls = instagramCalls() + tiktokCalls() - before;
            assertTrue(calls <= 12, "calls in hour " + hour + ": " + calls);
        }
        quiet();
    }

    private void assertBlocked(ConnectionId id, String code) {
        assertEquals(Kind.AUTHORIZED, stage.kind(id));
        CapabilityHealth.Blocked block = (CapabilityHealth.Blocked) health(id);
        assertEquals(code, block.reason());
        assertEquals(List.of(code), attention());
        assertEquals(
                1,
                stage.actions(id).stream().filter("capability_changed"::equals).count() / 2,
                "said once for videos and once for photos");
    }

    private static Evidence last(PublishJob job) {
        return job.evidence().get(job.evidence().size() - 1);
    }

    @ParameterizedTest
    @CsvSource({"25/2207050, 1", "9009, 1", "4/2207051, 6", "368, 6"})
    void refusedContainer_postsWait_ownerIsAsked_andAllGoesOnByItself(String code, int hours) {
        ConnectionId id = stage.connectInstagram(Intent.CROSS_POSTING).id();
        if (code.startsWith("25/")) {
            stage.instagramAccount.restricted(true);
        } else {
            stage.instagram
                    .faults()
                    .on(InstagramOperation.CREATE_CONTAINER)
                    .always(Fault.errorBefore(400, code, "The account is restricted"));
        }
        Publication first = stage.submit(stage.post(id));
        Publication second = stage.linkspan.publisher().submit(Stage.OWNER, "second", stage.post(id));

        quiet();
        assertBlocked(id, code);
        hours(24);

        assertBlocked(id, code);
        for (Publication publication : List.of(first, second)) {
            PublishJob job = Stage.job(stage.publication(publication.id()), Instagram.PLATFORM);
            assertEquals(Phase.PREPARING, job.state().phase());
            assertEquals(CauseClass.ACCOUNT, last(job).cause().causeClass());
        }

        stage.instagramAccount.restricted(false);
        stage.instagram.faults().clear();
        stage.run(Duration.ofHours(hours), Duration.ofMinutes(1));
        stage.run(Duration.ofMinutes(10), Duration.ofSeconds(30));
        assertEquals(2, stage.posts(Instagram.PLATFORM));
        assertEquals(CapabilityHealth.Kind.READY, health(id).kind());
        assertEquals(List.of(), attention());
    }

    @Test
    void refusedCommit_isKnownTooAndTheSameContainerIsPublishedLater() {
        ConnectionId id = stage.connectInstagram(Intent.CROSS_POSTING).id();
        stage.instagram
                .faults()
                .on(InstagramOperation.MEDIA_PUBLISH)
                .always(Fault.errorBefore(400, "25/2207050", "restricted"));
        stage.submit(stage.post(id));
        stage.run(Duration.ofMinutes(5), Duration.ofSeconds(10));

        assertEquals(List.of("25/2207050"), attention());
        hours(5);
        stage.instagram.faults().clear();
        stage.run(Duration.ofHours(1), Duration.ofMinutes(1));
        assertEquals(1, stage.posts(Instagram.PLATFORM));
        assertEquals(1, stage.instagram.ledger().count(InstagramOperation.CREATE_CONTAINER));
        assertEquals(List.of(), attention());
    }

    @Test
    void unclearCommit_takenForSpam_letsOtherPostsWait() {
        ConnectionId id = stage.connectInstagram(Intent.CROSS_POSTING).id();
        stage.instagram
                .faults()
                .on(InstagramOperation.MEDIA_PUBLISH)
                .next(Fault.errorAfter(400, "4/2207051", "blocked"));
        stage.assertPublishedOnce(stage.settle(stage.submit(stage.post(id))), Instagram.PLATFORM);
        assertEquals(List.of("4/2207051"), attention());

        long before = stage.instagram.ledger().count(InstagramOperation.CREATE_CONTAINER);
        stage.linkspan
                .publisher()
                .submit(
                        Stage.OWNER,
                        "second",
                        stage.post(id).waive("linkspan.capability", "tests that it waits all the same"));
        hours(5);
        assertEquals(before, stage.instagram.ledger().count(InstagramOperation.CREATE_CONTAINER));
        stage.run(Duration.ofHours(2), Duration.ofMinutes(1));
        assertEquals(2, stage.posts(Instagram.PLATFORM));
        assertEquals(List.of(), attention());
    }

    @Test
    void withoutAPostThatWaits_itIsUnknownAfterADay_andThenPostsAreTakenAgain() {
        ConnectionId id = stage.connectInstagram(Intent.CROSS_POSTING).id();
        stage.instagramAccount.restricted(true);
        Publication publication = stage.submit(stage.post(id));
        quiet();
        stage.linkspan.publisher().cancel(Stage.OWNER, publication.id(), "the owner has to act first");
        hours(23);
        assertBlocked(id, "25/2207050");
        stage.linkspan.connections().check(Stage.OWNER, id);
        assertBlocked(id, "25/2207050");

        hours(2);
        assertEquals(CapabilityHealth.Kind.UNKNOWN, health(id).kind());
        assertEquals(List.of(), attention());
        stage.instagramAccount.restricted(false);
        stage.settle(stage.linkspan.publisher().submit(Stage.OWNER, "later", stage.post(id)));
        assertEquals(CapabilityHealth.Kind.READY, health(id).kind());
    }

    @Test
    void barredByTikTok_postsWait_andALookSeesTheEndOfIt() {
        ConnectionId id = stage.connectTikTok(Intent.CROSS_POSTING).id();
        Publication publication = stage.submit(stage.post(id));
        stage.tiktokAccount.bannedFromPosting(true);
        quiet();
        String code = "spam_risk_user_banned_from_posting";
        assertBlocked(id, code);
        hours(24);
        assertBlocked(id, code);
        assertEquals(Phase.PREPARING, Stage.phase(stage.publication(publication.id()), TikTok.PLATFORM));

        stage.tiktokAccount.bannedFromPosting(false);
        stage.run(Duration.ofMinutes(65), Duration.ofMinutes(1));
        assertEquals(1, stage.posts(TikTok.PLATFORM));
        assertEquals(CapabilityHealth.Kind.READY, health(id).kind());
        assertEquals(List.of(), attention());
    }

    @Test
    void lookThatIsNotAnswered_isNoEvidence_andTheBlockStays() {
        ConnectionId id = stage.connectTikTok(Intent.CROSS_POSTING).id();
        stage.tiktokAccount.bannedFromPosting(true);
        stage.linkspan.connections().check(Stage.OWNER, id);
        stage.tiktok.faults().on(TikTokOperation.USER_INFO).always(Fault.dropBefore());
        stage.linkspan.connections().check(Stage.OWNER, id);
        assertBlocked(id, "spam_risk_user_banned_from_posting");
        hours(2);
        assertBlocked(id, "spam_risk_user_banned_from_posting");
    }

    @ParameterizedTest
    @CsvSource({"25/2207050", "190/459"})
    void twentyPostsOfOneAccount_costNoMoreCallsThanOne(String code) {
        ConnectionId id = stage.connectInstagram(Intent.CROSS_POSTING).id();
        stage.instagram
                .faults()
                .on(InstagramOperation.CREATE_CONTAINER)
                .always(Fault.errorBefore(400, code, "You cannot access the app till you log in"));
        stage.instagram.faults().on(InstagramOperation.ME).always(Fault.errorBefore(400, code, ""));
        for (int i = 0; i < 20; i++) {
            stage.linkspan.publisher().submit(Stage.OWNER, "post " + i, stage.post(id));
        }
        quiet();
        hours(12);
        assertEquals(0, stage.posts(Instagram.PLATFORM));
    }

    @Test
    void barredByTikTok_withoutAPost_healsByTheHourlyLook() {
        ConnectionId id = stage.connectTikTok(Intent.CROSS_POSTING).id();
        Publication publication = stage.submit(stage.post(id));
        stage.tiktokAccount.bannedFromPosting(true);
        quiet();
        stage.linkspan.publisher().cancel(Stage.OWNER, publication.id(), "not wanted any more");
        stage.tiktokAccount.bannedFromPosting(false);
        hours(1);
        assertEquals(CapabilityHealth.Kind.READY, health(id).kind());
        assertEquals(List.of(), attention());
    }

    @Test
    void permissionTakenAway_endsThePost_andTheConnectionKnowsUntilItIsConnectedAgain() {
        ConnectionId id = stage.connectInstagram(Intent.CROSS_POSTING).id();
        stage.instagram
                .faults()
                .on(InstagramOperation.CREATE_CONTAINER)
                .always(Fault.errorBefore(400, "10", "(#10) Application does not have permission"));
        Publication publication = stage.settle(stage.submit(stage.post(id)));
        assertEquals(Phase.FAILED, Stage.phase(publication, Instagram.PLATFORM));
        assertBlocked(id, "10");

        stage.instagram.faults().clear();
        stage.connectInstagram(Intent.CROSS_POSTING);
        assertEquals(List.of(), attention());
    }

    /** Direct posts and drafts need different permissions. */
    @Test
    void permissionForDirectPosts_saysNothingAboutDrafts() {
        ConnectionId id = stage.connectTikTok(Intent.CROSS_POSTING_AND_DRAFTS).id();
        stage.tiktok
                .faults()
                .on(TikTokOperation.VIDEO_INIT)
                .next(Fault.errorBefore(401, "scope_not_authorized", "The user did not authorize the scope"));
        stage.settle(stage.submit(stage.post(id)));
        Map<Capability, CapabilityHealth> health = stage.connection(id).health();
        assertEquals(
                CapabilityHealth.Kind.BLOCKED,
                health.get(Capability.PUBLISH_VIDEO).kind());
        assertEquals(
                CapabilityHealth.Kind.BLOCKED,
                health.get(Capability.PUBLISH_PHOTO).kind());
        assertNotEquals(
                CapabilityHealth.Kind.BLOCKED,
                health.get(Capability.DELIVER_DRAFT).kind());
    }

    @Test
    void whatIsAboutOnePostOnly_isNoRestriction() {
        ConnectionId id = stage.connectInstagram(Intent.CROSS_POSTING).id();
        List.of("100/2207081", "36003/2207009").forEach(code -> {
            stage.instagram
                    .faults()
                    .on(InstagramOperation.CREATE_CONTAINER)
                    .next(Fault.errorBefore(400, code, "not eligible"));
            stage.settle(stage.linkspan.publisher().submit(Stage.OWNER, "key " + code, stage.post(id)));
        });
        assertTrue(
                health(id).kind() != CapabilityHealth.Kind.BLOCKED,
                () -> health(id).describe());
        assertEquals(List.of(), attention());
    }
}
