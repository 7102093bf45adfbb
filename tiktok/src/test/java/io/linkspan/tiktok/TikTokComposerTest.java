package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Evidence;
import io.linkspan.link.Intent;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TikTokComposerTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Evidence SEEN = new Evidence("tiktok.creator_info", NOW, "ok", "");
    private static final Map<String, String> TOLD = Map.of(
            "creator_username",
            "demo",
            "creator_nickname",
            "Demo",
            "creator_avatar_url",
            "https://p16.example/x.jpeg",
            "privacy_level_options",
            "PUBLIC_TO_EVERYONE,MUTUAL_FOLLOW_FRIENDS,SELF_ONLY,NEW_LEVEL",
            "comment_disabled",
            "false",
            "duet_disabled",
            "false",
            "stitch_disabled",
            "true",
            "max_video_post_duration_sec",
            "600",
            TikTokComposer.AUDITED,
            "true");

    private static Connection connection(ConnectionStatus status, Map<Capability, CapabilityHealth> health) {
        return new Connection(
                new ConnectionId("0".repeat(32)),
                Owner.of("t", "u"),
                TikTok.PLATFORM,
                "-000A",
                "old.handle",
                "Old name",
                Intent.CROSS_POSTING,
                Set.of(),
                status,
                health,
                NOW,
                null,
                null,
                null);
    }

    private static TikTokComposer composer(Map<String, String> told) {
        return TikTokComposer.of(connection(
                new ConnectionStatus.Authorized(NOW),
                Map.of(Capability.PUBLISH_VIDEO, new CapabilityHealth.Ready(SEEN, told))));
    }

    private static TikTokComposer with(String field, String value) {
        Map<String, String> told = new TreeMap<>(TOLD);
        told.put(field, value);
        return composer(told);
    }

    private static TikTokVideoOptions.Builder options() {
        return TikTokVideoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE);
    }

    @Test
    void whatTikTokTold_isWhatTheScreenShows() {
        TikTokComposer composer = composer(TOLD);

        assertTrue(composer.mayPost());
        assertEquals("Demo", composer.nickname());
        assertEquals("demo", composer.handle());
        assertEquals(
                "https://p16.example/x.jpeg", composer.avatar().orElseThrow().toString());
        assertEquals(Optional.of(Duration.ofMinutes(10)), composer.maxVideoDuration());
        assertEquals(
                List.of(
                        TikTokPrivacyLevel.PUBLIC_TO_EVERYONE,
                        TikTokPrivacyLevel.MUTUAL_FOLLOW_FRIENDS,
                        TikTokPrivacyLevel.SELF_ONLY),
                composer.privacyLevels(false));
        assertEquals(
                List.of(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE, TikTokPrivacyLevel.MUTUAL_FOLLOW_FRIENDS),
                composer.privacyLevels(true));
        assertTrue(composer.comments().enabled());
        assertTrue(composer.duets().enabled());
        assertFalse(composer.stitches().enabled());
    }

    @Test
    void freshness_isMeasuredFromTheAnswer() {
        TikTokComposer composer = composer(TOLD);

        assertEquals(Optional.of(NOW), composer.asOf());
        assertTrue(composer.isFresh(NOW.plusSeconds(300), Duration.ofMinutes(5)));
        assertFalse(composer.isFresh(NOW.plusSeconds(301), Duration.ofMinutes(5)));
    }

    @Test
    void whatTikTokDidNotTell_isNotOffered() {
        TikTokComposer composer = composer(Map.of());

        assertEquals(List.of(), composer.privacyLevels(false));
        assertFalse(composer.comments().enabled());
        assertEquals("Old name", composer.nickname());
        assertEquals("old.handle", composer.handle());
        assertEquals(Optional.empty(), composer.avatar());
        assertEquals(Optional.empty(), composer.maxVideoDuration());
        assertEquals(
                Optional.empty(),
                with("creator_avatar_url", "javascript:alert(1)").avatar());
        assertEquals(Optional.empty(), with("creator_avatar_url", "no address").avatar());
    }

    @Test
    void disclosure_bringsLabelDeclarationAndLinks() {
        assertEquals("", TikTokComposer.disclosure(false, false).label());
        assertEquals(
                "Promotional content", TikTokComposer.disclosure(true, false).label());
        assertEquals("Paid partnership", TikTokComposer.disclosure(false, true).label());
        assertEquals("Paid partnership", TikTokComposer.disclosure(true, true).label());
        for (boolean own : new boolean[] {true, false}) {
            for (boolean branded : new boolean[] {true, false}) {
                TikTokComposer.Disclosure disclosure = TikTokComposer.disclosure(own, branded);
                TikTokVideoOptions chosen =
                        options().ownBrand(own).brandedContent(branded).build();
                assertEquals(chosen.declaration(), disclosure.declaration());
                assertEquals(chosen.label().orElse(""), disclosure.label());
                assertEquals(branded ? 2 : 1, disclosure.links().size());
                disclosure
                        .links()
                        .forEach(link -> assertTrue(disclosure.declaration().contains(link.words())));
            }
        }
    }

    @Test
    void problems_nameEachChoiceThatTikTokWouldRefuse() {
        TikTokComposer composer = composer(TOLD);

        assertEquals(List.of(), composer.problems(options().allowComment(true).build(), Duration.ofMinutes(10)));
        assertEquals(
                List.of(
                        "privacy level FOLLOWER_OF_CREATOR is not offered to this creator now; choose one of"
                                + " [PUBLIC_TO_EVERYONE, MUTUAL_FOLLOW_FRIENDS, SELF_ONLY]",
                        "allow_stitch cannot be on: the creator's TikTok settings turn stitches off",
                        "the video is 601 s long, TikTok takes up to 600 s from this creator"),
                composer.problems(
                        TikTokVideoOptions.builder(TikTokPrivacyLevel.FOLLOWER_OF_CREATOR)
                                .allowStitch(true)
                                .build(),
                        Duration.ofSeconds(601)));
    }

    @Test
    void problems_ofPhotosAndDrafts_nameWhatConcernsThem() {
        TikTokComposer composer = with("comment_disabled", "true");
        assertEquals(
                List.of(
                        "privacy level FOLLOWER_OF_CREATOR is not offered to this creator now; choose one of"
                                + " [PUBLIC_TO_EVERYONE, MUTUAL_FOLLOW_FRIENDS, SELF_ONLY]",
                        "allow_comment cannot be on: the creator's TikTok settings turn comments off"),
                composer.problems(TikTokPhotoOptions.builder(TikTokPrivacyLevel.FOLLOWER_OF_CREATOR)
                        .allowComment(true)
                        .build()));
        assertEquals(List.of(), composer.problems(TikTokPhotoOptions.draft()));
        assertEquals(List.of(), composer.problems(TikTokVideoOptions.draft(), Duration.ofHours(1)));
    }

    @Test
    void appWithoutAudit_postsPrivatelyFromPrivateAccountsOnly() {
        TikTokComposer open = with(TikTokComposer.AUDITED, "false");
        assertTrue(open.blockedBecause().orElseThrow().contains("audit"));
        Map<String, String> told = new TreeMap<>(TOLD);
        told.put(TikTokComposer.AUDITED, "false");
        told.put("privacy_level_options", "FOLLOWER_OF_CREATOR,MUTUAL_FOLLOW_FRIENDS,SELF_ONLY");
        TikTokComposer closed = composer(told);
        assertTrue(closed.mayPost());
        assertEquals(List.of(TikTokPrivacyLevel.SELF_ONLY), closed.privacyLevels(false));
    }

    @Test
    void blockedConnection_mayNotPostAndSaysWhy() {
        CapabilityHealth blocked = new CapabilityHealth.Blocked(
                "spam_risk_too_many_posts", CauseClass.QUOTA, Actor.PLATFORM, SEEN, NOW, "Try again tomorrow.");
        TikTokComposer quota = TikTokComposer.of(
                connection(new ConnectionStatus.Authorized(NOW), Map.of(Capability.PUBLISH_VIDEO, blocked)));
        assertEquals(Optional.of("spam_risk_too_many_posts: Try again tomorrow."), quota.blockedBecause());
        assertEquals(
                List.of("spam_risk_too_many_posts: Try again tomorrow."),
                quota.problems(options().build(), Duration.ZERO));

        TikTokComposer expired = TikTokComposer.of(connection(
                new ConnectionStatus.Expired(NOW),
                Map.of(Capability.PUBLISH_VIDEO, new CapabilityHealth.Ready(SEEN, TOLD))));
        assertFalse(expired.mayPost());

        TikTokComposer never = TikTokComposer.of(connection(
                new ConnectionStatus.Authorized(NOW),
                Map.of(Capability.PUBLISH_VIDEO, new CapabilityHealth.Unknown("not looked at"))));
        assertFalse(never.mayPost());
        assertFalse(never.isFresh(NOW, Duration.ofDays(1)));

        assertFalse(TikTokComposer.of(connection(new ConnectionStatus.Authorized(NOW), Map.of()))
                .mayPost());
    }

    @Test
    void anotherPlatform_isRefused() {
        Connection other = new Connection(
                new ConnectionId("0".repeat(32)),
                Owner.of("t", "u"),
                Platform.of("instagram"),
                "1",
                "",
                "",
                Intent.BOTH,
                Set.of(),
                new ConnectionStatus.Authorized(NOW),
                Map.of(),
                NOW,
                null,
                null,
                null);
        assertThrows(IllegalArgumentException.class, () -> TikTokComposer.of(other));
    }
}
