package io.linkspan.internal.wire;

import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A token answer kept before it was read; sealed as a whole.
 *
 * @param status HTTP status
 * @param body the body
 */
public record AnswerDoc(int status, String body) {
    /** Longest body that is kept, in bytes; no answer with tokens comes near it. */
    static final int MOST_BODY = 128 * 1024;

    /** From an answer; what is longer, such as an error page, is cut. */
    public static AnswerDoc of(HttpResult.Answered answer) {
        byte[] body = answer.bytes();
        String text = new String(body, 0, Math.min(body.length, MOST_BODY), StandardCharsets.UTF_8);
        return new AnswerDoc(answer.status(), Texts.cleanedLines(text, MOST_BODY));
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
