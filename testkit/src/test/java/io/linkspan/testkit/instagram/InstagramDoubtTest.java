package io.linkspan.testkit.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.HttpResult;
import io.linkspan.testkit.internal.Direct;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.sim.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstagramDoubtTest {

    private final InstagramDesk desk = new InstagramDesk();

    private String reel() {
        return desk.created(desk.plain, "media_type", "REELS", "video_url", InstagramDesk.VIDEO);
    }

    @Test
    void newContainer_isUnreadableForAWhile_whenTheRulesSaySo() {
        desk.sim.rules().containerGapReads(1).containerGap(Duration.ofSeconds(5));
        String container = reel();
        String path = "/v26.0/" + container + "?fields=status_code";
        assertEquals("100/33", Direct.graph(desk.plain.get(path)));
        assertEquals("100/33", Direct.graph(desk.plain.get(path)));
        desk.clock.advance(Duration.ofSeconds(5));
        assertEquals("FINISHED", desk.status(container));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ids=1,2", "date_format=U", "method=delete", "callback=x", "batch=[]", "fields=id.as(x)"})
    void featuresClosedToNewApps_areRefused(String query) {
        assertEquals("100/-", Direct.graph(desk.plain.get("/v27.0/me?" + query)));
    }

    @Test
    void newPost_isUnreadableForAWhile_whenTheRulesSaySo() {
        desk.sim.rules().mediaGap(Duration.ofSeconds(5));
        String id = Direct.document(desk.publish(reel())).path("id").asString();
        assertEquals("100/33", Direct.graph(desk.plain.get("/v26.0/" + id + "?fields=permalink")));
        assertEquals(1, desk.sim.ledger().posts().size());
        desk.clock.advance(Duration.ofSeconds(5));
        assertTrue(Direct.answer(desk.plain.get("/v26.0/" + id + "?fields=permalink"))
                .text()
                .contains("/reel/"));
    }

    @Test
    void listing_lagsAsLongAsTheRulesSay() {
        desk.sim.rules().listLag(Duration.ofMinutes(3));
        desk.publish(reel());
        desk.clock.advance(Duration.ofMinutes(3).minusSeconds(1));
        assertEquals(
                0,
                Direct.document(desk.plain.get("/v26.0/me/media")).path("data").size());
        desk.clock.advance(Duration.ofSeconds(1));
        assertEquals(
                1,
                Direct.document(desk.plain.get("/v26.0/me/media")).path("data").size());
    }

    @Test
    void lateEffect_afterTheDeathOfTheContainer_postsOnlyWhenBrokenOnPurpose() {
        for (boolean broken : new boolean[] {false, true}) {
            InstagramDesk other = new InstagramDesk(builder -> broken ? builder.deadHandlesMayPost() : builder);
            String container = other.created(other.plain, "media_type", "REELS", "video_url", InstagramDesk.VIDEO);
            List<Runnable> effects = new ArrayList<>();
            other.sim.faults().on(InstagramOperation.MEDIA_PUBLISH).next(Fault.dropThenEffect(effects::add));
            other.publish(container);
            other.clock.advance(Duration.ofHours(24));
            assertEquals("EXPIRED", other.status(container));
            effects.forEach(Runnable::run);
            assertEquals(broken ? 1 : 0, other.sim.ledger().posts().size());
            assertEquals("EXPIRED", other.status(container));
        }
    }

    @Test
    void restrictedAccount_cannotCreateOrPublish() {
        String container = reel();
        desk.account.restricted(true);
        assertEquals("25/2207050", Direct.graph(desk.publish(container)));
        assertEquals("25/2207050", Direct.graph(desk.create(desk.plain, "image_url", InstagramDesk.IMAGE)));
        desk.account.restricted(false);
        assertEquals(200, Direct.answer(desk.publish(container)).status());
    }

    @Test
    void containers_areCappedPerDay() {
        desk.sim.rules().containersPerDay(1);
        reel();
        assertEquals("4/-", Direct.graph(desk.create(desk.plain, "image_url", InstagramDesk.IMAGE)));
        desk.clock.advance(Duration.ofHours(24));
        reel();
    }

    @Test
    void accountCalls_areToldInPercent_thenRefused() {
        desk.sim.rules().accountCalls(2);
        HttpResult.Answered half = Direct.answer(desk.plain.get("/v26.0/me?fields=id"));
        JsonNode usage = Objects.requireNonNull(
                Json.parse(half.header("X-Business-Use-Case-Usage").orElseThrow()));
        JsonNode entry = usage.path(desk.account.userId()).path(0);
        assertEquals("instagram", entry.path("type").asString());
        assertEquals(50, entry.path("call_count").asInt());
        assertEquals(0, entry.path("estimated_time_to_regain_access").asInt());
        desk.plain.get("/v26.0/me?fields=id");
        HttpResult refused = desk.plain.get("/v26.0/me?fields=id");
        assertEquals("80002/-", Direct.graph(refused));
        assertTrue(Direct.answer(refused)
                .header("X-Business-Use-Case-Usage")
                .orElseThrow()
                .contains("\"estimated_time_to_regain_access\":1441"));
        desk.clock.advance(Duration.ofHours(24));
        assertEquals(200, Direct.answer(desk.plain.get("/v26.0/me?fields=id")).status());
    }

    @Test
    void appCalls_areToldInPercent_thenRefused() {
        desk.sim.rules().appCalls(1);
        HttpResult.Answered all = Direct.answer(desk.plain.get("/v26.0/me?fields=id"));
        assertTrue(all.header("X-App-Usage").orElseThrow().contains("\"call_count\":100"));
        assertEquals("4/-", Direct.graph(desk.plain.get("/v26.0/me?fields=id")));
        desk.clock.advance(Duration.ofHours(1));
        assertEquals(200, Direct.answer(desk.plain.get("/v26.0/me?fields=id")).status());
    }
}
