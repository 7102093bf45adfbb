package io.linkspan.internal.publish;

import io.linkspan.internal.Kernel;
import io.linkspan.internal.RedactedFailure;
import io.linkspan.internal.http.Caller;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.MediaPart;
import io.linkspan.spi.MediaSource;
import io.linkspan.spi.PublishContent;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the media host does what platforms need, seen before a platform tries: it answers, with the right type and length,
 * without a redirect, and it serves ranges. Looks at an address of its own, so that the attempt's address stays untouched.
 */
final class PullCheck {
    private static final String SUFFIX = "-check";

    private final Kernel kernel;
    private final MediaFiles media;

    PullCheck(Kernel kernel, MediaFiles media) {
        this.kernel = kernel;
        this.media = media;
    }

    /** What is wrong; empty when nothing is, or nothing is pulled, or the host switched the check off. */
    Optional<String> problem(Stored job) {
        if (!kernel.settings().publishing().pullCheck()) {
            return Optional.empty();
        }
        PublishContent content = job.doc().content();
        for (int i = 0; i < content.parts().size(); i++) {
            MediaPart part = content.parts().get(i);
            if (media.pulls(job, part)) {
                Optional<String> problem = problem(job, i, part);
                if (problem.isPresent()) {
                    return problem;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> problem(Stored job, int index, MediaPart part) {
        String name = job.doc().media().get(index).media().name();
        String attempt = MediaFiles.attemptId(job, index) + SUFFIX;
        try {
            MediaSource source = media.source(job.doc().media().get(index).media());
            URI address = media.issue(attempt, source, part.contentType());
            return shown(kernel.caller(), address, part).map(what -> "the address of " + name + " " + what);
        } catch (IOException | RuntimeException e) {
            return Optional.of("the media host cannot show " + name + ": " + RedactedFailure.line(e));
        } finally {
            withdraw(attempt);
        }
    }

    private void withdraw(String attempt) {
        try {
            media.host().withdraw(attempt);
        } catch (RuntimeException e) {
            // it was only shown for this look, and nothing pulls from it
        }
    }

    /**
     * The whole by {@code HEAD}, and one byte by range; where {@code HEAD} is refused, as by an address signed for {@code GET}, the
     * range has to do. A length that an answer leaves out contradicts nothing.
     */
    static Optional<String> shown(Caller caller, URI address, MediaPart part) {
        HttpResult head = caller.once(HttpCall.of("linkspan.media_head", CallClass.READ, "HEAD", address));
        if (!(head instanceof HttpResult.Answered whole)) {
            return Optional.of("does not answer (" + why(head)
                    + "); a platform must reach it, and this process too unless pullCheck(false) is set");
        }
        if (isRedirect(whole)) {
            return Optional.of(
                    "answers HEAD with HTTP " + whole.status() + " instead of 200; serve the media without a redirect");
        }
        if (whole.status() != 200) {
            return range(caller, address, part, "HEAD with HTTP " + whole.status() + " and ", "of no type");
        }
        Optional<String> type = whole.header("Content-Type");
        return length(
                        whole.header("Content-Length").filter(length -> !length.equals("0")),
                        part) // 0 is what HEAD itself sends
                .or(() -> type.flatMap(said -> type(said, part)))
                .or(() -> range(caller, address, part, "", type.orElse("of no type")));
    }

    private static Optional<String> range(Caller caller, URI address, MediaPart part, String refused, String type) {
        HttpResult result = caller.once(HttpCall.of("linkspan.media_range", CallClass.READ, "GET", address)
                .header("Range", "bytes=0-0"));
        if (result instanceof HttpResult.Answered answer) {
            if (answer.status() == 206 && answer.bytes().length == 1) {
                return length(total(answer), part)
                        .or(() -> type(answer.header("Content-Type").orElse(type), part));
            }
            if (answer.status() == 200 || answer.status() == 206) {
                return Optional.of(
                        "does not serve ranges, which platforms ask for; answer Range requests with HTTP 206");
            }
        }
        return Optional.of("answers " + refused + "GET of one byte with " + shown(result)
                + " instead of HTTP 206; serve ranges, with no redirect and no log-in");
    }

    private static boolean isRedirect(HttpResult.Answered answer) {
        return answer.status() >= 300 && answer.status() < 400;
    }

    private static String shown(HttpResult result) {
        return result instanceof HttpResult.Answered answer
                ? "HTTP " + answer.status()
                : "no usable answer (" + why(result) + ")";
    }

    /** The size of the whole, if the answer to a range says it. */
    private static Optional<String> total(HttpResult.Answered answer) {
        return answer.header("Content-Range")
                .map(range -> range.substring(range.lastIndexOf('/') + 1).strip())
                .filter(total -> !total.equals("*"));
    }

    private static Optional<String> length(Optional<String> said, MediaPart part) {
        return said.filter(length -> !length.equals(String.valueOf(part.size())))
                .map(length -> "says that it has " + length + " bytes, the media has " + part.size());
    }

    /** Types are compared without their parameters, and in any case of letters. */
    private static Optional<String> type(String said, MediaPart part) {
        String type = said.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        return type.equals(part.contentType())
                ? Optional.empty()
                : Optional.of("says that it is " + type + ", the media is " + part.contentType()
                        + "; have the media host answer with that Content-Type");
    }

    private static String why(HttpResult result) {
        return result instanceof HttpResult.NotSent notSent ? notSent.why() : ((HttpResult.Lost) result).why();
    }
}
