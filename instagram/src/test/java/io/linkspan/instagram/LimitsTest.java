package io.linkspan.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.HttpResult;
import io.linkspan.spi.MediaPart;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.Problem;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.Quota;
import io.linkspan.spi.QuotaBlock;
import io.linkspan.spi.QuotaLeft;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TargetFacts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    private static final PublishContent REEL = TestApp.reel("", Map.of());
    private static final String ROOM = "{\"data\":[{\"quota_usage\":2,\"config\":{\"quota_total\":50}}]}";
    private static final String FULL = "{\"config\":{\"quota_total\":100},\"quota_usage\":100}";

    private final PublishAdapter publishing = TestApp.instagram().publishing();

    @Test
    void containers_costOneForEachItemAndOneForTheCarousel() {
        MediaPart image = TestApp.image(Map.of());
        Quota single = publishing.quotas(REEL).get(0);
        assertEquals(List.of(400, 1), List.of(single.most(), single.cost()));
        Quota carousel = publishing
                .quotas(TestApp.carousel(Map.of(), image, image, image))
                .get(0);
        assertEquals(4, carousel.cost());
        assertEquals(Quota.Step.PREPARE, carousel.step());
        assertEquals(Quota.Scope.CONNECTION, carousel.scope());
        assertEquals(Duration.ofHours(24), carousel.window());
    }

    @Test
    void prepare_withThePublishingLimitUsedUp_isPostponedWithWhatInstagramSaid() {
        PrepareStep step = begin().answer(200, FULL).done();
        QuotaBlock block = assertInstanceOf(PrepareStep.Postponed.class, step).limit();
        assertEquals("instagram.posts_per_day", block.name());
        assertEquals(Duration.ofHours(1), block.pause());
        assertTrue(block.reason().contains("100 of 100 posts"), block.reason());
    }

    @Test
    void prepare_withUsageHeadersAtTheirEnd_isPostponedForWhomTheyConcern() {
        QuotaBlock account =
                postponed("X-Business-Use-Case-Usage", "{\"1\":[{\"estimated_time_to_regain_access\":7}]}");
        assertEquals(Quota.Scope.CONNECTION, account.scope());
        assertEquals(Duration.ofMinutes(7), account.pause());
        QuotaBlock app = postponed("X-App-Usage", "{\"call_count\":28,\"total_time\":100,\"total_cputime\":25}");
        assertEquals(Quota.Scope.APP, app.scope());
    }

    private QuotaBlock postponed(String header, String value) {
        PrepareStep step = begin().answer(new HttpResult.Answered(
                        200, Map.of(header, List.of(value)), ROOM.getBytes(StandardCharsets.UTF_8)))
                .done();
        return assertInstanceOf(PrepareStep.Postponed.class, step).limit();
    }

    @ParameterizedTest
    @ValueSource(strings = {Samples.UNREADABLE, Samples.UNAVAILABLE, "{}", "x"})
    void prepare_whenTheLimitCannotBeRead_goesOn(String body) {
        assertEquals(
                "instagram.container_create", begin().answer(400, body).next().operation());
    }

    @ParameterizedTest
    @ValueSource(strings = {Samples.REMOVED, Samples.THROTTLED})
    void prepare_whenTheReadTellsOfTokenOrCalls_stops(String body) {
        begin().answer(400, body).refused();
    }

    @ParameterizedTest
    @CsvSource({
        "4,       instagram.app_calls,          APP,        15",
        "341,     instagram.app_calls,          APP,        15",
        "17,      instagram.user_calls,         CONNECTION, 15",
        "32,      instagram.page_calls,         CONNECTION, 15",
        "613,     instagram.calls,              CONNECTION, 15",
        "80001,   instagram.page_calls,         CONNECTION, 15",
        "80002,   instagram.account_calls,      CONNECTION, 15",
        "80002/2446079, instagram.account_calls, CONNECTION, 15",
        "80001/2446079, instagram.page_calls,   CONNECTION, 15",
        "80000,   instagram.account_calls,      CONNECTION, 15",
        "80014/1, instagram.account_calls,      CONNECTION, 15",
        "4/1,          instagram.app_calls,     APP,        15",
        "4/1349210,    instagram.app_calls,     APP,        15",
        "341/5,        instagram.app_calls,     APP,        15",
        "17/2446079,   instagram.user_calls,    CONNECTION, 15",
        "32/2446079,   instagram.page_calls,    CONNECTION, 15",
        "80001/7,      instagram.page_calls,    CONNECTION, 15",
        "613/1996,     instagram.calls,         CONNECTION, 15",
        "9009/1,       instagram.account_restricted, CONNECTION, 60",
        "368/1390008,  instagram.account_restricted, CONNECTION, 360",
        "9/2207042,  instagram.posts_per_day,   CONNECTION, 60",
        "25/2207050, instagram.account_restricted, CONNECTION, 60",
        "9009,       instagram.account_restricted, CONNECTION, 60",
        "4/2207051,  instagram.account_restricted, CONNECTION, 360",
        "368,        instagram.account_restricted, CONNECTION, 360"
    })
    void refusal_ofALimit_saysWhomItStopsAndForHowLong(String code, String name, Quota.Scope scope, int minutes) {
        QuotaBlock block = publishing.blocked(refusal(code, Map.of())).orElseThrow();
        assertEquals(name, block.name());
        assertEquals(scope, block.scope());
        assertEquals(Duration.ofMinutes(minutes), block.pause());
        assertTrue(block.reason().contains(scope == Quota.Scope.APP ? "all accounts" : "account"), block.reason());
        QuotaBlock asked = publishing
                .blocked(refusal(code, Map.of("Retry-After", List.of("90"))))
                .orElseThrow();
        assertEquals(Duration.ofSeconds(90), asked.pause());
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "190", "9007/2207027", "/2207078", "4/2207078", "17/2207026", "100/4"})
    void refusal_ofSomethingElse_isNoLimit(String code) {
        assertEquals(Optional.empty(), publishing.blocked(refusal(code, Map.of())));
    }

    /** Whatever is posted is refused then; the account's owner, or who gave the permission, has to act. */
    @ParameterizedTest
    @CsvSource({
        "25/2207050, true",
        "9009, true",
        "4/2207051, true",
        "368, true",
        "10, true",
        "10/1, true",
        "200, true",
        "190/492, true",
        "/2207081, false",
        "24/2207006, false",
        "230, false",
        "3, false",
        "9/2207042, false",
        "100, false",
        "36003/2207009, false"
    })
    void restricts_isAboutTheAccount_andNotAboutOnePost(String code, boolean restricts) {
        assertEquals(restricts, publishing.restricts(refusal(code, Map.of())));
    }

    private PlatformError refusal(String code, Map<String, List<String>> headers) {
        String[] parts = code.split("/", -1);
        String body = Samples.graph(
                parts[0].isEmpty() ? 1 : Integer.parseInt(parts[0]),
                parts.length == 1 ? 0 : Integer.parseInt(parts[1]),
                "no");
        HttpResult answer = new HttpResult.Answered(400, headers, body.getBytes(StandardCharsets.UTF_8));
        return Answers.errorOf(begin().answer(200, ROOM).answer(answer).outcome())
                .orElseThrow();
    }

    @Test
    void look_tellsTheLimitAndWhoAsks() {
        TargetFacts facts = look(Map.of(), ROOM);
        QuotaLeft left = facts.quotas().get(0);
        assertEquals(48, left.left().orElseThrow());
        assertEquals(Optional.empty(), left.free());
        assertEquals(List.of(), facts.problems());
        assertEquals(Map.of("username", "shop"), facts.shown());
    }

    @Test
    void look_withTheLimitUsedUp_warnsAndTellsWhenItIsAskedAgain() {
        TargetFacts facts = look(Map.of("Date", List.of("Fri, 20 Nov 2026 17:05:00 GMT")), FULL);
        assertEquals(
                Instant.parse("2026-11-20T18:05:00Z"),
                facts.quotas().get(0).free().orElseThrow());
        assertEquals(Problem.Weight.WARNS, facts.problems().get(0).weight());
    }

    @Test
    void look_atARestrictedAccount_canBeWaived() {
        TargetFacts facts = Conversation.of(publishing.look(Secret.of(TestApp.TOKEN), TestApp.ACCOUNT, REEL))
                .answer(400, Samples.BLOCKED)
                .done();
        assertEquals(
                Problem.Weight.BLOCKS_UNLESS_WAIVED, facts.problems().get(0).weight());
    }

    private TargetFacts look(Map<String, List<String>> headers, String body) {
        return Conversation.of(publishing.look(Secret.of(TestApp.TOKEN), TestApp.ACCOUNT, REEL))
                .answer(new HttpResult.Answered(200, headers, body.getBytes(StandardCharsets.UTF_8)))
                .done();
    }

    private Conversation<PrepareStep> begin() {
        return Conversation.of(publishing.prepare(TestApp.attempt(REEL, null, null)));
    }
}
