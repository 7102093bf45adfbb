package io.linkspan.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.linkspan.spi.PlatformEvent;
import io.linkspan.spi.Secret;
import io.linkspan.spi.SignedMessage;
import io.linkspan.testkit.sim.Signatures;
import io.linkspan.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksTest {
    private static final String PUBLIC_SECRET = "client_secret_shhhhhh!";
    private static final String PUBLIC_VECTOR =
            "w5ZbbWP9yOwBA1uJZbc7-9gZok0O42U4i0yyvxXE_jY.eyJhbGdvcml0aG0iOiJITUFDLVNIQ"
                    + "TI1NiIsImV4cGlyZXMiOjEyOTE4NDA0MDAsImlzc3VlZF9hdCI6MTI5MTgzNjgwMCwidXNlcl9pZCI6IjIxODQ3MSJ9";
    private static final String OUR_VECTOR =
            "LH9HeNMLAjdX5aVPpk5cM8sqWLke6BdYN3JEagMlvMA.eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1"
                    + "NiIsImV4cGlyZXMiOjE3OTAwMDM2MDAsImlzc3VlZF9hdCI6MTc5MDAwMDAwMCwidXNlcl9pZCI6IjI3MDAwMDAwMDAwMDAwMDAxIn0";
    private static final Instant ISSUED = Instant.ofEpochSecond(1790000000);
    private static final String HUB_BODY = "{\"object\":\"instagram\",\"entry\":[]}";
    private static final String HUB_SIGNATURE = "28b7aa5ecd1789d4015aae44a5ff7c1d24dd28dffb75fdd44b274bb36bbc7ffa";

    static SignedMessage callback(Instagram instagram, String signedRequest, Instant now) {
        return said(instagram
                .webhooks()
                .read(
                        WebhookRequest.of(
                                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                                ("signed_request=" + signedRequest).getBytes(StandardCharsets.UTF_8)),
                        now));
    }

    /** Without its identity. */
    private static SignedMessage said(SignedMessage message) {
        return message instanceof SignedMessage.Authentic authentic
                ? new SignedMessage.Authentic(authentic.events(), authentic.signedWith())
                : message;
    }

    static SignedMessage hub(Instagram instagram, String body, String signature) {
        return instagram
                .webhooks()
                .read(
                        WebhookRequest.of(
                                Map.of("Content-Type", "application/json", "x-hub-signature-256", signature),
                                body.getBytes(StandardCharsets.UTF_8)),
                        ISSUED);
    }

    private static SignedMessage ours(String payload, Instant now) {
        return callback(TestApp.instagram(), Signatures.signedRequest(TestApp.SECRET, payload), now);
    }

    @Test
    void signedRequest_publicVector_isAuthentic() {
        Instant issued = Instant.ofEpochSecond(1291836800);
        Instagram instagram = TestApp.builder()
                .additionalWebhookSecret(Secret.of(PUBLIC_SECRET))
                .build();
        assertEquals(
                new SignedMessage.Authentic(
                        List.of(new PlatformEvent.AccessRemoved("218471", issued, "deauthorize", true)), 1),
                callback(instagram, PUBLIC_VECTOR, issued.plusSeconds(60)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%3D", "="})
    void signedRequest_ourVector_isAuthentic(String padding) {
        assertEquals(
                new SignedMessage.Authentic(
                        List.of(new PlatformEvent.AccessRemoved("27000000000000001", ISSUED, "deauthorize", true))),
                callback(TestApp.instagram(), OUR_VECTOR.replace("MA.", "MA" + padding + "."), ISSUED.plusSeconds(5)));
    }

    @Test
    void signedRequest_withoutContentType_isRecognised() {
        SignedMessage message = TestApp.instagram()
                .webhooks()
                .read(
                        WebhookRequest.of(Map.of(), ("signed_request=" + OUR_VECTOR).getBytes(StandardCharsets.UTF_8)),
                        ISSUED);
        assertInstanceOf(SignedMessage.Authentic.class, message);
    }

    @Test
    void signedRequest_ofAnotherSecret_isRejected() {
        assertInstanceOf(SignedMessage.Rejected.class, callback(TestApp.instagram(), PUBLIC_VECTOR, ISSUED));
    }

    @ParameterizedTest
    @CsvSource({"-86400, true", "-86401, false", "300, true", "301, false"})
    void signedRequest_freshness_isOneDayBackAndFiveMinutesAhead(long issuedAfterNow, boolean authentic) {
        SignedMessage message = callback(TestApp.instagram(), OUR_VECTOR, ISSUED.minusSeconds(issuedAfterNow));
        assertEquals(authentic, message instanceof SignedMessage.Authentic);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"algorithm\":\"none\",\"issued_at\":1790000000,\"user_id\":\"1\"}",
                "{\"issued_at\":1790000000,\"user_id\":\"1\"}",
                "{\"algorithm\":\"HMAC-SHA256\",\"user_id\":\"1\"}",
                "{\"algorithm\":\"HMAC-SHA256\",\"issued_at\":1790000000}",
                "{\"algorithm\":\"HMAC-SHA256\",\"issued_at\":1790000000,\"user_id\":{}}",
                "[]",
                "{"
            })
    void signedRequest_wellSignedButMalformed_isRejected(String payload) {
        assertInstanceOf(SignedMessage.Rejected.class, ours(payload, ISSUED));
    }

    @Test
    void signedRequest_withNumericUser_isAuthentic() {
        SignedMessage message =
                ours("{\"algorithm\":\"HMAC-SHA256\",\"issued_at\":1790000000,\"user_id\":27000000000000001}", ISSUED);
        assertEquals(
                new SignedMessage.Authentic(
                        List.of(new PlatformEvent.AccessRemoved("27000000000000001", ISSUED, "deauthorize", true))),
                message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nodot", ".", "a.b", "%zz"})
    void signedRequest_malformed_isRejected(String text) {
        assertInstanceOf(SignedMessage.Rejected.class, callback(TestApp.instagram(), text, ISSUED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"B", "C", "D"})
    void signedRequest_otherSpellingOfTheSameSignatureBytes_isRejected(String spelling) {
        // the last character of 32 bytes in base64 has two bits to spare: A, B, C and D decode alike
        String signed = OUR_VECTOR.replace("BdYN3JEagMlvMA.", "BdYN3JEagMlvM" + spelling + ".");
        assertInstanceOf(SignedMessage.Rejected.class, callback(TestApp.instagram(), signed, ISSUED));
    }

    @Test
    void signedRequest_givenTwice_isRejected() {
        assertInstanceOf(
                SignedMessage.Rejected.class,
                callback(TestApp.instagram(), OUR_VECTOR + "&signed_request=" + OUR_VECTOR, ISSUED));
    }

    @Test
    void hub_vectorOfTheSheet_isAuthentic() {
        assertEquals(
                new SignedMessage.Authentic(List.of()), hub(TestApp.instagram(), HUB_BODY, "sha256=" + HUB_SIGNATURE));
    }

    @Test
    void hub_signedWithTheMetaAppSecret_isAuthenticOnceGiven() {
        String signature = Signatures.hub("meta-secret", HUB_BODY);
        assertInstanceOf(SignedMessage.Rejected.class, hub(TestApp.instagram(), HUB_BODY, signature));
        Instagram both = TestApp.builder()
                .additionalWebhookSecret(Secret.of("meta-secret"))
                .build();
        assertInstanceOf(SignedMessage.Authentic.class, hub(both, HUB_BODY, signature));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256=", "sha1=" + HUB_SIGNATURE, HUB_SIGNATURE, "sha256=" + HUB_SIGNATURE + "00"})
    void hub_badHeader_isRejected(String header) {
        assertInstanceOf(SignedMessage.Rejected.class, hub(TestApp.instagram(), HUB_BODY, header));
    }

    @Test
    void hub_events_areNamedAndMeanNothing() {
        String body = "{\"object\":\"instagram\",\"entry\":[{\"id\":\"1\",\"time\":1790000000,\"changes\":[{\"field\":"
                + "\"comments\",\"value\":{}}]},{\"id\":\"1\",\"messaging\":[{}]}]}";
        assertEquals(
                new SignedMessage.Authentic(
                        List.of(new PlatformEvent.Other("comments"), new PlatformEvent.Other("messaging"))),
                hub(TestApp.instagram(), body, Signatures.hub(TestApp.SECRET, body)));
    }

    @Test
    void handshake_answersTheChallengeOnlyForTheRightToken() {
        Secret token = Secret.of("t&k");
        String query = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=t%26k";
        assertEquals(Optional.of("1158201444"), InstagramHandshake.answer(query, token));
        assertEquals(Optional.empty(), InstagramHandshake.answer(query, Secret.of("other")));
        assertEquals(Optional.empty(), InstagramHandshake.answer(query.replace("subscribe", "x"), token));
        assertEquals(Optional.empty(), InstagramHandshake.answer(query.replace("1158201444", "<b>"), token));
        assertEquals(Optional.empty(), InstagramHandshake.answer("", token));
    }
}
