package io.linkspan.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.linkspan.connection.ConnectRedirect;
import io.linkspan.internal.wire.AnswerDoc;
import io.linkspan.internal.wire.PairDoc;
import io.linkspan.webhook.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds a secret does not show it. */
class SecretTextTest {
    private static final MediaPart PART =
            new MediaPart(MediaPart.Role.ITEM, MediaPart.Type.VIDEO, "video/mp4", 1, Map.of());
    private static final String CANARY = "canary-7f3a";
    private static final Secret SECRET = Secret.of(CANARY);
    private static final URI ADDRESS = URI.create("https://up.example/" + CANARY + "?state=" + CANARY);

    static Stream<Object> holders() {
        TokenPair pair = new TokenPair(SECRET, SECRET);
        HttpCall call = HttpCall.of("op", CallClass.SPEND, "POST", ADDRESS)
                .bearer(SECRET)
                .body(new HttpBody.Form(Map.of("refresh_token", CANARY)));
        byte[] bytes = CANARY.getBytes(StandardCharsets.UTF_8);
        HttpResult.Answered answer = new HttpResult.Answered(200, Map.of("set-cookie", List.of(CANARY)), bytes);
        Handle handle = new Handle("publish-1", Map.of(), SECRET);
        return Stream.of(
                SECRET,
                pair,
                new Grant(pair, Duration.ofHours(2), null, Set.of("a"), "id"),
                call,
                call.body(),
                new HttpBody.Json("{\"token\":\"" + CANARY + "\"}"),
                answer,
                AnswerDoc.of(answer),
                PairDoc.of(pair),
                handle,
                new AuthorizationRequest(CANARY, Set.of("a"), SECRET, false),
                new ConnectRedirect("c", ADDRESS, Instant.EPOCH),
                WebhookRequest.of(Map.of("x-signature", CANARY), bytes),
                new PublishAttempt(
                        "attempt",
                        SECRET,
                        new AccountIdentity("1", Set.of(), "h", "n", Map.of()),
                        new PublishContent(PublishContent.Kind.VIDEO, "", List.of(PART), Map.of()),
                        List.of(new PublishAttempt.Media(PART, MediaSource.ofFile(Path.of("x.mp4")), ADDRESS)),
                        handle,
                        Instant.EPOCH,
                        null,
                        sent -> {},
                        Duration.ZERO),
                Outcome.done(pair),
                Flow.of(pair));
    }

    @ParameterizedTest
    @MethodSource("holders")
    void toString_showsNoSecret(Object holder) {
        assertFalse(holder.toString().contains(CANARY), () -> holder.getClass().getName());
    }

    @Test
    void secret_isComparedByValueAndHashedWithoutIt() {
        assertEquals(SECRET, Secret.of(CANARY));
        assertNotEquals(SECRET, Secret.of(CANARY + "x"));
        assertEquals(SECRET.hashCode(), Secret.of("other").hashCode());
    }
}
