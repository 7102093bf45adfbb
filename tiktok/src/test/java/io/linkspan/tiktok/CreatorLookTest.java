package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Problem;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.TargetFacts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreatorLookTest {
    private static final String CLOSED = "{\"creator_username\":\"demo\",\"privacy_level_options\":["
            + "\"FOLLOWER_OF_CREATOR\",\"SELF_ONLY\"],\"comment_disabled\":true,\"duet_disabled\":true,"
            + "\"stitch_disabled\":true}";
    private static final TikTok AUDITED = Fixtures.tiktok();
    private static final TikTok UNAUDITED = Fixtures.builder().build();

    @Test
    void look_tellsWhatAPostingScreenShows() {
        Script script = Script.of(Script.data(TikTokAccountsTest.CREATOR));
        TargetFacts facts =
                script.done(AUDITED.publishing().look(Fixtures.access(), Fixtures.account("demo"), Fixtures.video()));
        assertEquals(CallClass.READ, script.call(0).callClass());
        assertEquals(Duration.ofMinutes(10), facts.maxVideoDuration());
        assertEquals("Demo", facts.shown().get("creator_nickname"));
        assertEquals(
                "PUBLIC_TO_EVERYONE,MUTUAL_FOLLOW_FRIENDS,SELF_ONLY",
                facts.shown().get("privacy_level_options"));
        assertEquals(List.of(), facts.problems());
    }

    @Test
    void look_ofPhotos_hasNoDurationAndNoDuets() {
        PublishContent photos = Fixtures.photos(
                TikTokPhotoOptions.builder(TikTokPrivacyLevel.SELF_ONLY)
                        .allowComment(true)
                        .build(),
                2);
        TargetFacts facts = look(AUDITED, photos, Script.data(CLOSED));
        assertNull(facts.maxVideoDuration());
        assertEquals(List.of("WARNS tiktok.allow_comment"), ids(facts));
    }

    @Test
    void look_ofChoicesTheCreatorForbids_warns() {
        PublishContent video = Fixtures.video(TikTokVideoOptions.builder(TikTokPrivacyLevel.SELF_ONLY)
                .allowComment(true)
                .allowDuet(true)
                .allowStitch(true)
                .build());
        assertEquals(
                List.of("WARNS tiktok.allow_comment", "WARNS tiktok.allow_duet", "WARNS tiktok.allow_stitch"),
                ids(look(AUDITED, video, Script.data(CLOSED))));
    }

    @Test
    void look_ofLevelThatIsNotOffered_blocksUnlessWaived() {
        PublishContent video = Fixtures.video(TikTokVideoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE)
                .build());
        TargetFacts facts = look(AUDITED, video, Script.data(CLOSED));
        assertEquals(List.of("BLOCKS_UNLESS_WAIVED tiktok.privacy_level"), ids(facts));
        assertTrue(facts.problems().get(0).text().contains("FOLLOWER_OF_CREATOR, SELF_ONLY"));
    }

    @Test
    void look_ofUnauditedApp_tellsWhatTikTokWouldRefuse() {
        String id = "BLOCKS_UNLESS_WAIVED tiktok.unaudited_client_can_only_post_to_private_accounts";
        assertEquals(List.of(id), ids(look(UNAUDITED, Fixtures.video(), Script.data(TikTokAccountsTest.CREATOR))));
        assertEquals(List.of(), ids(look(UNAUDITED, Fixtures.video(), Script.data(CLOSED))));
        PublishContent followers = Fixtures.video(TikTokVideoOptions.builder(TikTokPrivacyLevel.FOLLOWER_OF_CREATOR)
                .build());
        assertEquals(List.of(id), ids(look(UNAUDITED, followers, Script.data(CLOSED))));
    }

    @ParameterizedTest
    @CsvSource({
        "200, spam_risk_user_banned_from_posting, BLOCKS_UNLESS_WAIVED tiktok.spam_risk_user_banned_from_posting, 0",
        "401, scope_not_authorized, BLOCKS_UNLESS_WAIVED tiktok.scope_not_authorized, 0",
        "200, spam_risk_too_many_posts, WARNS tiktok.posts_per_day, 1",
        "200, reached_active_user_cap, WARNS tiktok.active_users, 1"
    })
    void look_ofRefusal_isAFinding(int status, String code, String id, int quotas) {
        TargetFacts facts = look(AUDITED, Fixtures.video(), Script.failure(status, code, ""));
        assertEquals(List.of(id), ids(facts));
        assertEquals(quotas, facts.quotas().size());
    }

    @ParameterizedTest
    @CsvSource({"401, access_token_invalid", "429, rate_limit_exceeded"})
    void look_thatCannotBeAnswered_isNoFinding(int status, String code) {
        Script script = Script.of(Script.failure(status, code, ""));
        assertEquals(
                code,
                Script.refused(script.play(AUDITED.publishing()
                                .look(Fixtures.access(), Fixtures.account("demo"), Fixtures.video())))
                        .code());
    }

    @Test
    void look_forDraft_asksNothing() {
        PublishContent draft = Fixtures.video(TikTokVideoOptions.draft());
        assertEquals(
                TargetFacts.NONE,
                Script.of().done(AUDITED.publishing().look(Fixtures.access(), Fixtures.account("demo"), draft)));
    }

    private static TargetFacts look(TikTok tiktok, PublishContent content, HttpResult answer) {
        return Script.of(answer).done(tiktok.publishing().look(Fixtures.access(), Fixtures.account("demo"), content));
    }

    private static List<String> ids(TargetFacts facts) {
        return facts.problems().stream().map(CreatorLookTest::id).toList();
    }

    private static String id(Problem problem) {
        return problem.weight() + " " + problem.id();
    }
}
