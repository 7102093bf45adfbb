package io.linkspan.spi;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A platform's error codes as data. The first entry that fits wins; a code without entry becomes
 * {@link CauseClass#UNKNOWN} and is never taken as definite.
 *
 * <p>JSON: {@code {"entries":[{"code":"190/458","message":"regex or absent","operations":["…"] or absent,
 * "causeClass":"…","cause":"…","actor":"…","remedy":"…","tokenEffect":"NONE","retryable":false,
 * "definite":["operation", …] or ["*"]}]}}. A code may end in {@code *} to fit a prefix. Immutable.
 */
public final class ErrorCatalogue {
    private static final ErrorMeaning UNKNOWN = new ErrorMeaning(
            CauseClass.UNKNOWN,
            "a code this version does not know",
            Actor.DEVELOPER,
            "Look the code up at the platform, with the trace id.",
            TokenEffect.NONE,
            false);

    private record Entry(
            String code,
            java.util.regex.@Nullable Pattern message,
            Set<String> operations,
            ErrorMeaning meaning,
            Set<String> definite) {
        boolean fits(String operation, String otherCode, String text) {
            boolean codeFits = code.endsWith("*")
                    ? otherCode.startsWith(code.substring(0, code.length() - 1))
                    : code.equals(otherCode);
            return codeFits
                    && (operations.isEmpty() || operations.contains(operation))
                    && (message == null || message.matcher(text).find());
        }
    }

    private final List<Entry> entries;

    private ErrorCatalogue(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * Reads a catalogue from a resource.
     *
     * @param owner the class next to which the resource lies
     * @param resource its name
     * @return the catalogue
     * @throws IllegalArgumentException when the resource is missing or an entry is incomplete, naming the entry
     */
    public static ErrorCatalogue load(Class<?> owner, String resource) {
        Objects.requireNonNull(resource, "resource");
        try (InputStream in = owner.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("error catalogue " + resource + " is not beside " + owner.getName());
            }
            List<Entry> entries = new ArrayList<>();
            for (JsonNode node : JsonMapper.builder().build().readTree(in).path("entries")) {
                entries.add(entry(resource, node));
            }
            return new ErrorCatalogue(entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entry entry(String resource, JsonNode node) {
        String code = node.path("code").asString("");
        try {
            String message = node.path("message").asString("");
            return new Entry(
                    code,
                    message.isEmpty() ? null : java.util.regex.Pattern.compile(message),
                    texts(node.path("operations")),
                    new ErrorMeaning(
                            CauseClass.valueOf(node.path("causeClass").asString("")),
                            required(node, "cause"),
                            Actor.valueOf(node.path("actor").asString("")),
                            required(node, "remedy"),
                            TokenEffect.valueOf(node.path("tokenEffect").asString("NONE")),
                            node.path("retryable").asBoolean(false)),
                    texts(node.path("definite")));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "error catalogue %s, entry %s: %s", resource, code, e.getMessage()), e);
        }
    }

    private static String required(JsonNode node, String field) {
        String text = node.path(field).asString("");
        if (text.isBlank()) {
            throw new IllegalArgumentException("field " + field + " is missing");
        }
        return text;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(node -> texts.add(node.asString("")));
        return texts;
    }

    /**
     * Reads a refusal.
     *
     * @param operation the operation
     * @param httpStatus the HTTP status, or 0
     * @param code the code as it came; with a subcode as {@code code/subcode}
     * @param message the platform's message
     * @param traceId the platform's id for support, or null
     * @return the error with its meaning; definite only when an entry lists the operation
     */
    public PlatformError error(
            String operation, int httpStatus, String code, String message, @Nullable String traceId) {
        for (Entry entry : entries) {
            if (entry.fits(operation, code, message)) {
                boolean definite = entry.definite.contains("*") || entry.definite.contains(operation);
                return new PlatformError(operation, httpStatus, code, message, traceId, entry.meaning, definite);
            }
        }
        return new PlatformError(operation, httpStatus, code, message, traceId, UNKNOWN, false);
    }

    /**
     * The codes with an entry.
     *
     * @return the codes in order
     */
    public List<String> codes() {
        return entries.stream().map(Entry::code).toList();
    }
}
