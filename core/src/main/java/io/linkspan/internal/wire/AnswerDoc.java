package io.linkspan.internal.wire;

import io.linkspan.spi.HttpResult;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A token answer kept before it was read; sealed as a whole.
 *
 * @param status HTTP status
 * @param body the body
 */
public record AnswerDoc(int status, String body) {
    /** From an answer. */
    public static AnswerDoc of(HttpResult.Answered answer) {
        return new AnswerDoc(answer.status(), answer.text());
    }

    /** As an answer. */
    public HttpResult.Answered answer() {
        return new HttpResult.Answered(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "AnswerDoc[" + status + "]";
    }
}
