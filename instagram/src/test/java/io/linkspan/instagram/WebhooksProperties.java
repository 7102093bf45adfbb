package io.linkspan.instagram;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.linkspan.spi.SignedMessage;
import io.linkspan.testkit.sim.Signatures;
import io.linkspan.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class WebhooksProperties {
    private static final Instant NOW = Instant.ofEpochSecond(1790000000);
    private static final String PAYLOAD =
            "{\"algorithm\":\"HMAC-SHA256\",\"issued_at\":1790000000,\"user_id\":\"27000000000000001\"}";

    private final Instagram instagram = TestApp.instagram();

    @Property
    void signedRequest_withOneBitChanged_isRejected(@ForAll @IntRange(max = 4095) int bit) {
        byte[] signed = Signatures.signedRequest(TestApp.SECRET, PAYLOAD).getBytes(StandardCharsets.US_ASCII);
        int at = bit % (signed.length * 8);
        signed[at / 8] ^= (byte) (1 << at % 8);
        byte[] form = new byte[signed.length + 15];
        System.arraycopy("signed_request=".getBytes(StandardCharsets.US_ASCII), 0, form, 0, 15);
        System.arraycopy(signed, 0, form, 15, signed.length);
        SignedMessage message = instagram
                .webhooks()
                .read(WebhookRequest.of(Map.of("Content-Type", "application/x-www-form-urlencoded"), form), NOW);
        assertInstanceOf(SignedMessage.Rejected.class, message);
    }

    @Property
    void hub_withOneBitOfTheBodyChanged_isRejected(@ForAll @IntRange(max = 4095) int bit) {
        String body = "{\"object\":\"instagram\",\"entry\":[]}";
        byte[] changed = body.getBytes(StandardCharsets.UTF_8);
        int at = bit % (changed.length * 8);
        changed[at / 8] ^= (byte) (1 << at % 8);
        SignedMessage message = instagram
                .webhooks()
                .read(
                        WebhookRequest.of(Map.of("X-Hub-Signature-256", Signatures.hub(TestApp.SECRET, body)), changed),
                        NOW);
        assertInstanceOf(SignedMessage.Rejected.class, message);
    }

    @Property
    void anyBytes_neverThrow(@ForAll byte[] body, @ForAll boolean form) {
        Map<String, String> headers = form
                ? Map.of("Content-Type", "application/x-www-form-urlencoded")
                : Map.of("X-Hub-Signature-256", Signatures.hub(TestApp.SECRET, "x"));
        assertInstanceOf(
                SignedMessage.Rejected.class, instagram.webhooks().read(WebhookRequest.of(headers, body), NOW));
    }
}
