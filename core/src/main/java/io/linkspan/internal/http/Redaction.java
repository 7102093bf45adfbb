package io.linkspan.internal.http;

import io.linkspan.internal.RedactedFailure;
import io.linkspan.spi.CapabilityFinding;
import io.linkspan.spi.CommitResult;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.Texts;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of an outcome what its requests carried as secrets: a platform may echo a token in a code, a message or a trace id, and
 * these are kept in records, history and explanations.
 */
final class Redaction {
    private static final String REDACTED = "redacted";
    /** A part of a secret of this length is one. */
    private static final int PART = 12;
    /** Shorter values are words that may occur by themselves. */
    private static final int SHORTEST = 6;

    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"\\\\]+");

    private final Set<String> secrets = new LinkedHashSet<>();

    /** Notes what a request carries. */
    void carries(HttpCall call) {
        call.headers().forEach((name, value) -> {
            if (name.equalsIgnoreCase("Authorization")) {
                note(value.substring(value.indexOf(' ') + 1));
            }
        });
        String query = call.uri().getRawQuery();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                field(pair.substring(0, Math.max(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        HttpBody body = call.body();
        if (body instanceof HttpBody.Form form) {
            form.fields().forEach(this::field);
        } else if (body instanceof HttpBody.Json json) {
            ADDRESS.matcher(json.text()).results().forEach(found -> note(found.group()));
        } else if (body instanceof HttpBody.Slice) {
            note(call.uri().toString()); // the address of an upload is a secret while it lives
        }
    }

    private void field(String name, String value) {
        String plain = name.toLowerCase(Locale.ROOT);
        boolean secret = plain.contains("token")
                || plain.contains("secret")
                || plain.contains("verifier")
                || plain.contains("signature")
                || plain.equals("code");
        if (secret || ADDRESS.matcher(value).lookingAt()) {
            note(value);
        }
    }

    /** What a request carries. */
    static Redaction of(HttpCall call) {
        Redaction redaction = new Redaction();
        redaction.carries(call);
        return redaction;
    }

    /** A failure of foreign code as it can be logged. */
    RedactedFailure failure(Throwable failure) {
        return RedactedFailure.of(failure, this::of);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private void note(String secret) {
        if (secret.length() >= SHORTEST) {
            secrets.add(secret);
            secrets.add(Texts.code(secret));
        }
    }

    /** The outcome without them. */
    @SuppressWarnings("unchecked") // the same type goes out as came in
    <T> Outcome<T> of(Outcome<T> outcome) {
        if (secrets.isEmpty()) {
            return outcome;
        }
        if (outcome instanceof Outcome.Refused<T> refused) {
            return new Outcome.Refused<>(of(refused.error()));
        }
        if (outcome instanceof Outcome.Unclear<T> unclear) {
            PlatformError error = unclear.error();
            return new Outcome.Unclear<>(of(unclear.why()), error == null ? null : of(error));
        }
        return outcome instanceof Outcome.Done<T> done ? (Outcome<T>) Outcome.done(value(done.value())) : outcome;
    }

    private Object value(Object value) {
        if (value instanceof HandleStatus.Dead dead) {
            return new HandleStatus.Dead(of(dead.error()));
        }
        if (value instanceof HandleStatus.Processing it) {
            return new HandleStatus.Processing(of(it.detail()));
        }
        if (value instanceof HandleStatus.NotPublished it) {
            return new HandleStatus.NotPublished(of(it.detail()));
        }
        if (value instanceof CommitResult.Published it) {
            Map<String, String> attributes = new TreeMap<>(it.attributes());
            attributes.replaceAll((name, text) -> of(text));
            return new CommitResult.Published(it.postId(), attributes);
        }
        if (value instanceof PrepareStep.Dead dead) {
            return new PrepareStep.Dead(dead.handle(), of(dead.error()));
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(each -> each instanceof CapabilityFinding finding ? of(finding) : each)
                    .toList();
        }
        return value;
    }

    private CapabilityFinding of(CapabilityFinding finding) {
        return new CapabilityFinding(
                finding.capability(),
                finding.source(),
                of(finding.code()),
                of(finding.detail()),
                finding.blockedBy(),
                finding.attributes());
    }

    private PlatformError of(PlatformError error) {
        String trace = error.traceId();
        return new PlatformError(
                error.operation(),
                error.httpStatus(),
                of(error.code()),
                of(error.message()),
                trace == null ? null : of(trace),
                error.meaning(),
                error.definite(),
                error.retryAfter());
    }

    private String of(@Nullable String text) {
        String told = text == null ? "" : text;
        return secrets.stream().anyMatch(secret -> holds(told, secret)) ? REDACTED : told;
    }

    private static boolean holds(String text, String secret) {
        if (secret.length() <= PART) {
            return text.contains(secret);
        }
        for (int i = 0; i + PART <= text.length(); i++) {
            if (secret.contains(text.substring(i, i + PART))) {
                return true;
            }
        }
        return false;
    }
}
