package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.Platform;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionStatus.Kind;
import io.linkspan.instagram.Instagram;
import io.linkspan.link.Intent;
import io.linkspan.spi.RecordKind;
import io.linkspan.testkit.sim.Signatures;
import io.linkspan.tiktok.TikTok;
import io.linkspan.webhook.DeletionOutcome;
import io.linkspan.webhook.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the platform did not sign, exactly as it came, changes nothing. */
class WebhookForgeryTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final URI STATUS_PAGE = URI.create("https://quay.example/deletion");

    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    private long now() {
        return stage.clock.instant().getEpochSecond();
    }

    private String removal() {
        return "{\"client_key\":\"" + stage.tiktok.clientKey()
                + "\",\"event\":\"authorization.removed\",\"create_time\":" + now()
                + ",\"user_openid\":\"" + stage.tiktokAccount.openId() + "\",\"content\":\"{\\\"reason\\\":1}\"}";
    }

    private String hubBody() {
        return "{\"object\":\"instagram\",\"entry\":[{\"id\":\"17841405822304914\",\"time\":" + now()
                + ",\"changes\":[{\"field\":\"comments\",\"value\":{\"id\":\"17865799348089039\",\"text\":\""
                + "Which ferry is this? ".repeat(24) + "\"}}]}]}";
    }

    private String signedRequest(String secret, String payload) {
        return "signed_request=" + Signatures.signedRequest(secret, payload);
    }

    private String payload() {
        return "{\"algorithm\":\"HMAC-SHA256\",\"issued_at\":" + now() + ",\"user_id\":\""
                + stage.instagramAccount.scopedId() + "\"}";
    }

    private int receive(Platform platform, Map<String, String> headers, byte[] body) {
        return stage.linkspan
                .webhooks()
                .receive(platform, WebhookRequest.of(headers, body))
                .status();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Every bit of header and body, one at a time; answers how many there were. */
    private int refuseAllBits(Platform platform, String type, String header, String signature, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", type);
        byte[] sign = signature.getBytes(StandardCharsets.ISO_8859_1);
        int bits = 0;
        for (int bit = 0; bit < sign.length * 8; bit++, bits++) {
            byte[] changed = sign.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            headers.put(header, new String(changed, StandardCharsets.ISO_8859_1));
            assertEquals(401, receive(platform, headers, utf8(body)), header + " bit " + bit);
        }
        if (!header.isEmpty()) {
            headers.put(header, signature);
        }
        byte[] raw = utf8(body);
        for (int bit = 0; bit < raw.length * 8; bit++, bits++) {
            byte[] changed = raw.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(401, receive(platform, headers, changed), "body bit " + bit);
        }
        assertEquals(200, receive(platform, headers, raw), "the message itself is good");
        return bits;
    }

    @Test
    void everyOneBitChange_ofHeaderAndBody_isRefused() {
        stage.connectTikTok(Intent.BOTH);
        stage.connectInstagram(Intent.BOTH);
        String removal = removal();
        String hub = hubBody();
        int bits = refuseAllBits(
                TikTok.PLATFORM,
                "application/json",
                "TikTok-Signature",
                Signatures.tikTok(stage.tiktok.clientSecret(), stage.clock.instant(), removal),
                removal);
        bits += refuseAllBits(
                Instagram.PLATFORM,
                "application/json",
                "X-Hub-Signature-256",
                Signatures.hub(stage.instagram.appSecret(), hub),
                hub);
        bits += refuseAllBits(Instagram.PLATFORM, FORM, "", "", signedRequest(stage.instagram.appSecret(), payload()));

        System.out.println("one-bit changes refused: " + bits);
        assertTrue(bits > 8_000, "bits: " + bits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "another secret       | other  | {\"algorithm\":\"HMAC-SHA256\",\"issued_at\":NOW,\"user_id\":\"USER\"}",
                "algorithm none       | app    | {\"algorithm\":\"none\",\"issued_at\":NOW,\"user_id\":\"USER\"}",
                "algorithm lower case | app    | {\"algorithm\":\"hmac-sha256\",\"issued_at\":NOW,\"user_id\":\"USER\"}",
                "no algorithm         | app    | {\"issued_at\":NOW,\"user_id\":\"USER\"}",
                "no time              | app    | {\"algorithm\":\"HMAC-SHA256\",\"user_id\":\"USER\"}",
                "a day and a bit old  | app    | {\"algorithm\":\"HMAC-SHA256\",\"issued_at\":OLD,\"user_id\":\"USER\"}",
                "no user              | app    | {\"algorithm\":\"HMAC-SHA256\",\"issued_at\":NOW}",
                "an empty user        | app    | {\"algorithm\":\"HMAC-SHA256\",\"issued_at\":NOW,\"user_id\":\"\"}",
                "a list               | app    | [\"HMAC-SHA256\"]",
                "no JSON              | app    | HMAC-SHA256"
            })
    void forgedSignedRequest_deletesAndRemovesNothing(String what, String signer, String template) {
        Connection before = stage.connectInstagram(Intent.BOTH);
        String text = template.replace("NOW", Long.toString(now()))
                .replace("OLD", Long.toString(now() - 86_401))
                .replace("USER", stage.instagramAccount.scopedId());
        String body = signedRequest(signer.equals("app") ? stage.instagram.appSecret() : "another-secret", text);
        WebhookRequest request = WebhookRequest.of(Map.of("Content-Type", FORM), utf8(body));

        assertEquals(
                401,
                stage.linkspan.webhooks().receive(Instagram.PLATFORM, request).status(),
                what);
        DeletionOutcome deletion = stage.linkspan.webhooks().receiveDeletion(Instagram.PLATFORM, request, STATUS_PAGE);

        assertEquals(new DeletionOutcome(401, "text/plain", "", ""), deletion, what);
        assertEquals(before, stage.connection(before.id()), what);
    }

    @Test
    void signatureHeader_givenTwice_isRefused() {
        String body = removal();
        String good = Signatures.tikTok(stage.tiktok.clientSecret(), stage.clock.instant(), body);

        int status = stage.linkspan
                .webhooks()
                .receive(
                        TikTok.PLATFORM,
                        WebhookRequest.ofLists(Map.of("TikTok-Signature", List.of(good, good)), utf8(body)))
                .status();

        assertEquals(401, status);
    }

    @Test
    void body_overOneMebibyte_isNotTaken() {
        assertThrows(
                IllegalArgumentException.class,
                () -> WebhookRequest.of(Map.of(), new byte[WebhookRequest.MAX_BODY + 1]));
    }

    @Test
    void message_ofTheOtherPlatform_isRefused() {
        String body = removal();
        Map<String, String> headers =
                Map.of("TikTok-Signature", Signatures.tikTok(stage.tiktok.clientSecret(), stage.clock.instant(), body));

        assertEquals(401, receive(Instagram.PLATFORM, headers, utf8(body)));
    }

    @Test
    void sameEventInOtherBytes_isAppliedOnce() {
        Connection before = stage.connectTikTok(Intent.BOTH);
        String body = removal();
        String spaced = body.replace("\",\"event", "\", \"event");
        for (String text : List.of(body, spaced)) {
            String signature = Signatures.tikTok(stage.tiktok.clientSecret(), stage.clock.instant(), text);
            assertEquals(200, receive(TikTok.PLATFORM, Map.of("TikTok-Signature", signature), utf8(text)));
        }

        assertEquals(
                1,
                stage.actions(before.id()).stream()
                        .filter("removal_reported"::equals)
                        .count());
    }

    private DeletionOutcome askDeletion(String body) {
        return stage.linkspan
                .webhooks()
                .receiveDeletion(
                        Instagram.PLATFORM, WebhookRequest.of(Map.of("Content-Type", FORM), utf8(body)), STATUS_PAGE);
    }

    @Test
    void deletion_isAnsweredInMetasForm_andErasesTheAccountForEveryTenant() {
        Connection mine = stage.connectInstagram(Intent.BOTH);
        Connection theirs = stage.connectForOther(Instagram.PLATFORM);
        String body = signedRequest(stage.instagram.appSecret(), payload());

        DeletionOutcome outcome = askDeletion(body);

        String code = outcome.confirmationCode();
        assertTrue(code.matches("[A-Za-z0-9]{32}"), code);
        assertEquals(200, outcome.status());
        assertEquals("application/json", outcome.contentType());
        assertEquals(
                "{\"url\":\"https://quay.example/deletion?code=" + code + "\",\"confirmation_code\":\"" + code + "\"}",
                outcome.body());
        assertTrue(stage.linkspan.webhooks().deletionStatus(code).orElseThrow().done());
        for (var found : List.of(
                stage.connection(mine.id()),
                stage.linkspan.connections().find(Stage.OTHER, theirs.id()).orElseThrow())) {
            assertEquals("deleted", found.shown());
            assertTrue(found.status().kind() != Kind.AUTHORIZED, found::explain);
        }
        assertTrue(stage.actions(mine.id()).contains("data_deleted"));
        assertEquals(outcome, askDeletion(body), "asked again, answered alike");
        assertEquals(java.util.Optional.empty(), stage.linkspan.webhooks().deletionStatus("0".repeat(32)));
        // the way back is open: a new consent makes a new connection
        assertTrue(!stage.connectInstagram(Intent.BOTH).id().equals(mine.id()));
    }

    /** Everything of a signed request that its signature does not cover. */
    private List<WebhookRequest> sameSignedRequest() {
        String signed = signedRequest(stage.instagram.appSecret(), payload());
        Map<String, String> form = Map.of("Content-Type", FORM);
        return List.of(
                WebhookRequest.of(form, utf8(signed)),
                WebhookRequest.of(form, utf8(signed + "&a=1")),
                WebhookRequest.of(form, utf8("b=2&" + signed)),
                WebhookRequest.of(form, utf8("&&" + signed + "&")),
                WebhookRequest.of(form, utf8(signed.replaceFirst("\\.", "=."))),
                WebhookRequest.of(form, utf8(signed.replaceFirst("\\.", "%3D."))),
                WebhookRequest.of(form, utf8(signed.replaceFirst("\\.", "%2E"))),
                WebhookRequest.of(Map.of("Content-Type", FORM + "; charset=UTF-8", "X-Any", "1"), utf8(signed)),
                WebhookRequest.of(Map.of(), utf8(signed)));
    }

    private long messagesKept() {
        return stage.stores
                .tokens()
                .due(RecordKind.WEBHOOK_SEEN, Instant.parse("2100-01-01T00:00:00Z"), 1_000)
                .size();
    }

    @Test
    void deletion_repeatedWithOtherUnsignedParts_isOneRequest() {
        stage.connectInstagram(Intent.BOTH);
        Set<DeletionOutcome> outcomes = new HashSet<>();
        for (WebhookRequest request : sameSignedRequest()) {
            DeletionOutcome outcome =
                    stage.linkspan.webhooks().receiveDeletion(Instagram.PLATFORM, request, STATUS_PAGE);
            assertEquals(200, outcome.status());
            outcomes.add(outcome);
        }

        assertEquals(1, outcomes.size(), "one confirmation code");
        assertEquals(1, messagesKept());
    }

    @Test
    void deletion_ofTheSameUserAtAnotherTime_isAnotherRequest() {
        stage.connectInstagram(Intent.BOTH);
        DeletionOutcome first = askDeletion(signedRequest(stage.instagram.appSecret(), payload()));
        stage.clock.advance(Duration.ofSeconds(1));
        DeletionOutcome second = askDeletion(signedRequest(stage.instagram.appSecret(), payload()));

        assertTrue(!first.confirmationCode().equals(second.confirmationCode()));
    }

    @Test
    void deauthorization_repeatedWithOtherUnsignedParts_isOneMessage() {
        stage.connectInstagram(Intent.BOTH);
        long kept = 0;
        for (WebhookRequest request : sameSignedRequest()) {
            stage.linkspan.webhooks().receive(Instagram.PLATFORM, request);
            kept = kept == 0 ? messagesKept() : kept;
        }

        assertEquals(kept, messagesKept());
    }

    /** TikTok may repeat a message with a new stamp; Meta's header holds nothing but the signature. */
    @Test
    void webhook_repeatedWithOtherHeaders_isOneMessage() {
        stage.connectTikTok(Intent.BOTH);
        String removal = removal();
        String hub = hubBody();
        String hubSignature = Signatures.hub(stage.instagram.appSecret(), hub);
        long kept = 0;
        for (int second = 0; second < 3; second++) {
            String signature = Signatures.tikTok(stage.tiktok.clientSecret(), stage.clock.instant(), removal);
            receive(TikTok.PLATFORM, Map.of("TikTok-Signature", signature, "X-Try", "" + second), utf8(removal));
            receive(Instagram.PLATFORM, Map.of("X-Hub-Signature-256", hubSignature, "X-Try", "" + second), utf8(hub));
            kept = kept == 0 ? messagesKept() : kept;
            stage.clock.advance(Duration.ofSeconds(1));
        }

        assertEquals(kept, messagesKept());
    }

    @Test
    void deletion_leavesNoTraceOfTheAccountInTheStore() {
        Connection mine = stage.connectInstagram(Intent.BOTH);
        stage.settle(stage.submit(stage.post(mine.id())));
        String handle = stage.instagramAccount.handle();
        assertTrue(StoredText.of(stage.stores).contains(handle), "control");

        askDeletion(signedRequest(stage.instagram.appSecret(), payload()));

        String left = StoredText.of(stage.stores);
        for (String trace : List.of(handle, stage.instagramAccount.scopedId(), stage.instagramAccount.userId())) {
            int at = left.indexOf(trace);
            assertTrue(at < 0, () -> left.substring(Math.max(0, at - 200), at + 100));
        }
    }
}
