package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.linkspan.spi.CommitResult;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Handle;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes back, no reader throws, and nothing but a readable success is one. */
class HostileAnswerProperties {
    private static final TikTok TIKTOK = Fixtures.tiktok();
    private static final PublishContent DRAFT = Fixtures.video(TikTokVideoOptions.draft());
    private static final PublishContent PHOTOS = Fixtures.photos(TikTokPhotoOptions.draft(), 2);

    @Property
    void everyReader_survivesEveryAnswer(@ForAll("answers") HttpResult.Answered answer) {
        List<Flow<?>> flows = List.of(
                TIKTOK.oauth().exchange("code", null),
                TIKTOK.oauth().renew(Fixtures.tokens()),
                TIKTOK.accounts().identify(Fixtures.access(), Set.of()),
                TIKTOK.accounts().probe(Fixtures.access(), Fixtures.account(""), Set.of("video.publish")),
                TIKTOK.revocation().revoke(Fixtures.tokens()).orElseThrow(),
                TIKTOK.publishing().prepare(Fixtures.attempt(1).build()),
                TIKTOK.publishing().prepare(Fixtures.attempt(Fixtures.BIG).at(0).build()),
                TIKTOK.publishing().commit(Fixtures.attempt(Fixtures.BIG).at(0).build()),
                TIKTOK.publishing()
                        .status(Fixtures.attempt(Fixtures.BIG)
                                .at(0)
                                .committed(Duration.ZERO)
                                .build()),
                TIKTOK.publishing().locate(Fixtures.attempt(1).at(0).build(), ""),
                TIKTOK.publishing().look(Fixtures.access(), Fixtures.account(""), Fixtures.video()),
                TIKTOK.publishing().prepare(Fixtures.attempt(DRAFT).build()),
                TIKTOK.publishing().status(pull(PullHandle.named("p"))),
                TIKTOK.publishing().cancel(pull(PullHandle.named("p"))).orElseThrow());
        for (Flow<?> flow : flows) {
            Outcome<?> outcome = end(flow, answer);
            assertFalse(
                    answer.status() >= 300 && answer.status() < 400 && outcome instanceof Outcome.Done<?>,
                    () -> "a redirect was taken for a success: " + answer);
            assertFalse(outcome instanceof Outcome.Refused<?> && answer.status() >= 500);
        }
    }

    @Property
    void pulledInit_isDoneOnlyWithANameAndRefusedOnlyBy4xx(@ForAll("answers") HttpResult.Answered answer) {
        Handle unnamed = PullHandle.unnamed(pull(PullHandle.named("p")));
        Outcome<CommitResult> outcome = end(TIKTOK.publishing().commit(pull(unnamed)), answer);
        assertFalse(outcome instanceof Outcome.Refused<CommitResult> && answer.status() / 100 != 4);
        assertFalse(
                outcome instanceof Outcome.Done<CommitResult> && !answer.text().contains("publish_id"));
    }

    private static PublishAttempt pull(Handle handle) {
        return Fixtures.attempt(PHOTOS).with(handle).committed(Duration.ZERO).build();
    }

    private static <T> Outcome<T> end(Flow<T> flow, HttpResult answer) {
        Flow<T> at = flow;
        while (at instanceof Flow.Call<T> call) {
            at = call.next().apply(answer);
        }
        return ((Flow.Finished<T>) at).outcome();
    }

    @Provide
    Arbitrary<HttpResult.Answered> answers() {
        Arbitrary<String> texts = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40),
                Arbitraries.of(
                        "[".repeat(40_000),
                        "{\"data\":".repeat(100),
                        "{\"a\":" + "1".repeat(1000) + "}",
                        "{\"data\":{\"status\":\"FAILED\",\"fail_reason\":{}},\"error\":{\"code\":\"ok\"}}",
                        "{\"data\":{\"status\":\"\\u0000\"},\"error\":{\"code\":\"ok\"}}",
                        "{\"error\":{\"code\":{\"x\":1}}}",
                        "{\"error\":7}",
                        "{\"data\":{\"publish_id\":\"p\"},\"error\":{\"code\":\"ok\"}}",
                        "{\"data\":{\"publish_id\":\"p\"},\"error\":{\"code\":\"rate_limit_exceeded\"}}",
                        "{\"data\":[],\"error\":{\"code\":\"ok\"}}",
                        "{\"data\":{\"user\":{\"open_id\":[1]}},\"error\":{\"code\":\"ok\"}}",
                        "{\"error\":\"" + "x".repeat(300_000) + "\"}"),
                jsonWith("error"),
                jsonWith("data"),
                jsonWith("access_token"));
        Arbitrary<String> ranges = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20), Arbitraries.longs().map(n -> "bytes 0-" + n + "/170000000"));
        Arbitrary<Integer> statuses =
                Arbitraries.of(200, 201, 206, 204, 301, 302, 400, 401, 403, 404, 416, 429, 500, 503);
        return Combinators.combine(statuses, texts, ranges)
                .as((status, text, range) -> new HttpResult.Answered(
                        status, Map.of("Content-Range", List.of(range)), text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Arbitrary<String> jsonWith(String field) {
        Function<String, String> body = value -> "{\"" + field + "\":" + value + "}";
        return Arbitraries.of("null", "true", "0", "-1.5", "\"\"", "\"ok\"", "[]", "{}", "{\"code\":\"ok\"}")
                .map(body);
    }
}
