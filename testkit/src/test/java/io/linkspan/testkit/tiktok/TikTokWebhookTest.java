package io.linkspan.testkit.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.testkit.internal.Caller;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.internal.Receiver;
import io.linkspan.testkit.sim.Signatures;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TikTokWebhookTest {

    private final TikTokBench bench = new TikTokBench();
    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver(new byte[1]);
        bench.sim.webhookUri(receiver.uri("/hook"));
    }

    @AfterEach
    void stop() {
        bench.close();
        receiver.close();
    }

    private static JsonNode parse(String text) {
        return Objects.requireNonNull(Json.parse(text));
    }

    @Test
    void removeApp_sendsASignedEvent() throws Exception {
        String token = bench.tokens().accessToken();
        bench.sim.removeApp(bench.account);
        assertTrue(bench.sim.webhooks().await(Duration.ofSeconds(10)));
        String body = receiver.bodies().get(0);
        assertEquals(
                Signatures.tikTok("secret-1", bench.clock.instant(), body),
                receiver.signatures().get(0));
        assertEquals("authorization.removed", parse(body).path("event").asString());
        assertEquals(bench.account.openId(), parse(body).path("user_openid").asString());
        assertTrue(parse(body).path("content").isString());
        assertEquals(
                1, parse(parse(body).path("content").asString()).path("reason").asInt());
        assertEquals(
                401, bench.caller.get("/v2/user/info/?fields=open_id", token).status());
        assertEquals(200, bench.sim.ledger().deliveries().get(0).status());
    }

    @Test
    void revoke_sendsReasonFive() throws Exception {
        assertEquals(200, bench.revoke(bench.tokens().accessToken()).status());
        assertTrue(bench.sim.webhooks().await(Duration.ofSeconds(10)));
        String content = parse(receiver.bodies().get(0)).path("content").asString();
        assertEquals(5, parse(content).path("reason").asInt());
    }

    @Test
    void publish_sendsCompleteThenPubliclyAvailable_alsoReversedAndTwice() throws Exception {
        bench.sim.webhooks().hold().copies(2);
        String token = bench.tokens().accessToken();
        byte[] video = TikTokBench.video(100);
        Caller.Reply init = bench.init(token, "PUBLIC_TO_EVERYONE", "", 100, 100, 1);
        assertEquals(
                201,
                bench.caller
                        .put(init.data().path("upload_url").asString(), video, 0, 99, 100)
                        .status());
        bench.sim.settle();
        assertEquals(4, bench.sim.webhooks().held());
        assertEquals(4, bench.sim.webhooks().releaseReversed());
        List<String> events = receiver.bodies().stream()
                .map(body -> parse(body).path("event").asString())
                .toList();
        assertEquals(
                List.of(
                        "post.publish.publicly_available",
                        "post.publish.publicly_available",
                        "post.publish.complete",
                        "post.publish.complete"),
                events);
        JsonNode content = parse(parse(receiver.bodies().get(0)).path("content").asString());
        assertTrue(content.path("post_id").isString());
        assertEquals("DIRECT_PUBLISH", content.path("publish_type").asString());
        assertEquals(
                bench.sim.ledger().posts().get(0).id(), content.path("post_id").asString());
    }
}
