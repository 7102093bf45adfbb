package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.linkspan.spi.PlatformEvent;
import io.linkspan.spi.Secret;
import io.linkspan.spi.SignedMessage;
import io.linkspan.spi.WebhookAdapter;
import io.linkspan.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TikTokWebhooksTest {
    private static final long STAMP = 1795132805L;
    private static final Instant SENT = Instant.ofEpochSecond(STAMP);
    private static final String SIGNATURE = "1948f467a1e5b71ba632c29370c3fcd256c578dfecf73a5d7a36b61e2e185a4c";
    private static final String BODY = "{\"client_key\":\"demo_client_key\",\"event\":\"post.publish.complete\","
            + "\"create_time\":1795132800,\"user_openid\":\"-000demoOpenId_AbC123\",\"content\":\"{\\\"publish_id\\\":"
            + "\\\"v_pub_file~v2-1.7600000000000000001\\\",\\\"publish_type\\\":\\\"DIRECT_PUBLISH\\\"}\"}";

    private final WebhookAdapter webhooks = Fixtures.tiktok().webhooks();

    @Test
    void read_ofVector_isAuthentic() {
        assertEquals(232, BODY.getBytes(StandardCharsets.UTF_8).length);
        assertEquals(
                new SignedMessage.Authentic(List.of(new PlatformEvent.HandleMoved(
                        "-000demoOpenId_AbC123",
                        "v_pub_file~v2-1.7600000000000000001",
                        "post.publish.complete",
                        "1795132800",
                        true))),
                webhooks.read(request("t=" + STAMP + ",s=" + SIGNATURE, BODY), SENT));
    }

    @Test
    void read_withOneBitChanged_isRejected() {
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
        String header = "t=" + STAMP + ",s=" + SIGNATURE;
        for (int bit = 0; bit < body.length * 8; bit++) {
            byte[] changed = body.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            WebhookRequest request = WebhookRequest.of(Map.of("TikTok-Signature", header), changed);
            assertInstanceOf(SignedMessage.Rejected.class, webhooks.read(request, SENT), "bit " + bit);
        }
        byte[] signature = HexFormat.of().parseHex(SIGNATURE);
        for (int bit = 0; bit < signature.length * 8; bit++) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            String other = "t=" + STAMP + ",s=" + HexFormat.of().formatHex(changed);
            assertInstanceOf(SignedMessage.Rejected.class, webhooks.read(request(other, BODY), SENT), "bit " + bit);
        }
        assertInstanceOf(
                SignedMessage.Rejected.class,
                webhooks.read(request("t=" + (STAMP + 1) + ",s=" + SIGNATURE, BODY), SENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "t=1795132805",
                "s=" + SIGNATURE,
                "t=1795132805,t=1795132805,s=" + SIGNATURE,
                "t=+1795132805,s=" + SIGNATURE,
                "t=1795132805x,s=" + SIGNATURE,
                "t=,s=" + SIGNATURE,
                "t=1795132805,s=" + SIGNATURE + "00",
                "t=1795132805,s=abc",
                "t=1795132805,s=" + SIGNATURE + ",v=1",
                "t=1795132805,s=" + SIGNATURE + ",",
                "t=1795132805;s=" + SIGNATURE
            })
    void read_withMalformedHeader_isRejected(String header) {
        assertInstanceOf(SignedMessage.Rejected.class, webhooks.read(request(header, BODY), SENT));
    }

    @Test
    void read_withoutHeader_isRejected() {
        WebhookRequest request = WebhookRequest.of(Map.of(), BODY.getBytes(StandardCharsets.UTF_8));
        assertInstanceOf(SignedMessage.Rejected.class, webhooks.read(request, SENT));
    }

    @Test
    void read_withTwoSignatures_takesEither() {
        String header = "t=" + STAMP + ",s=" + "0".repeat(64) + ",s=" + SIGNATURE;
        assertInstanceOf(SignedMessage.Authentic.class, webhooks.read(request(header, BODY), SENT));
    }

    @ParameterizedTest
    @CsvSource({"-300, true", "-301, false", "0, true", "262800, true", "262801, false"})
    void read_judgesFreshness(long ageSeconds, boolean taken) {
        SignedMessage message = webhooks.read(
                request("t=" + STAMP + ",s=" + SIGNATURE, BODY), SENT.plus(Duration.ofSeconds(ageSeconds)));
        assertEquals(taken, message instanceof SignedMessage.Authentic);
    }

    @Test
    void read_duringSecretChange_takesTheFormerSecret() {
        WebhookAdapter changed = TikTok.builder(Fixtures.KEY, Secret.of("new_secret"), Fixtures.REDIRECT)
                .previousClientSecret(Secret.of(Fixtures.SECRET))
                .build()
                .webhooks();
        WebhookRequest request = request("t=" + STAMP + ",s=" + SIGNATURE, BODY);
        assertInstanceOf(SignedMessage.Authentic.class, changed.read(request, SENT));
        WebhookAdapter after = TikTok.builder(Fixtures.KEY, Secret.of("new_secret"), Fixtures.REDIRECT)
                .build()
                .webhooks();
        assertInstanceOf(SignedMessage.Rejected.class, after.read(request, SENT));
    }

    @Test
    void read_forAnotherClientKey_isRejected() {
        assertInstanceOf(SignedMessage.Rejected.class, signed(BODY.replace("demo_client_key", "other_client_key")));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "0, false", "2, false", "3, false", "4, false", "5, false", "17, false"})
    void read_ofRemoval_keepsTheReason(String reason, boolean byPerson) {
        String body = event("authorization.removed", "{\\\"reason\\\":" + reason + "}");
        assertEquals(
                new SignedMessage.Authentic(List.of(
                        new PlatformEvent.AccessRemoved("-000A", Instant.ofEpochSecond(1795132800), reason, byPerson))),
                signed(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "post.publish.complete",
                "post.publish.completed",
                "post.publish.failed",
                "post.publish.publicly_available",
                "post.publish.no_longer_publicaly_available",
                "post.publish.no_longer_publicly_available",
                "post.publish.inbox_delivered",
                "post.publish.something_new"
            })
    void read_ofPublishEvent_movesTheHandle(String name) {
        boolean made = name.startsWith("post.publish.complete") || name.equals("post.publish.inbox_delivered");
        assertEquals(
                new SignedMessage.Authentic(
                        List.of(new PlatformEvent.HandleMoved("-000A", "p1", name, "1795132800", made))),
                signed(event(name, "{\\\"publish_id\\\":\\\"p1\\\"}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "video.upload.failed | {\\\"share_id\\\":\\\"1\\\"}",
                "post.publish.complete | not json",
                "post.publish.complete | {}",
                "brand.new.event | {}"
            })
    void read_ofOtherEvent_isKeptByName(String name, String content) {
        assertEquals(new SignedMessage.Authentic(List.of(new PlatformEvent.Other(name))), signed(event(name, content)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"client_key\":\"demo_client_key\"}",
                "{\"client_key\":\"demo_client_key\",\"event\":7}"
            })
    void read_ofSignedNonsense_isRejected(String body) {
        assertInstanceOf(SignedMessage.Rejected.class, signed(body));
    }

    private static String event(String name, String content) {
        return "{\"client_key\":\"demo_client_key\",\"event\":\"" + name
                + "\",\"create_time\":1795132800,\"user_openid\":\"-000A\",\"content\":\"" + content + "\"}";
    }

    private SignedMessage signed(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Fixtures.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] hash = mac.doFinal((STAMP + "." + body).getBytes(StandardCharsets.UTF_8));
            return webhooks.read(request("t=" + STAMP + ",s=" + HexFormat.of().formatHex(hash), body), SENT);
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static WebhookRequest request(String header, String body) {
        return WebhookRequest.of(Map.of("Tiktok-Signature", header), body.getBytes(StandardCharsets.UTF_8));
    }
}
