package io.linkspan.internal.explain;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.json.JsonMapper;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.ErrorMeaning;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.TokenEffect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** The error codes of a platform out of the catalogue of its adapter, which core does not depend on. */
final class Catalogue {
    private final JsonNode entries;

    private Catalogue(JsonNode entries) {
        this.entries = entries;
    }

    static Catalogue of(String platform) {
        Path file = Path.of(System.getProperty("basedir", "."))
                .resolve("../" + platform + "/src/main/resources/io/linkspan/" + platform + "/" + platform
                        + "-errors.json");
        try {
            return new Catalogue(JsonMapper.builder()
                    .build()
                    .readTree(Files.readAllBytes(file))
                    .path("entries"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PlatformError error(String operation, String code) {
        ErrorMeaning meaning = StreamSupport.stream(entries.spliterator(), false)
                .filter(entry -> fits(entry, operation, code))
                .findFirst()
                .map(Catalogue::meaning)
                .orElseGet(() -> new ErrorMeaning(
                        CauseClass.UNKNOWN,
                        "a code this version does not know",
                        Actor.DEVELOPER,
                        "Look the code up at the platform, with the trace id.",
                        TokenEffect.NONE,
                        false));
        return new PlatformError(operation, 400, code, "", "trace", meaning, true);
    }

    /** Every entry as an answer to an operation that it is for. */
    List<PlatformError> all() {
        return StreamSupport.stream(entries.spliterator(), false)
                .map(entry -> new PlatformError(
                        entry.path("operations").path(0).asString("fake.create"),
                        400,
                        entry.path("code").asString(""),
                        "",
                        "trace",
                        meaning(entry),
                        true))
                .toList();
    }

    private static boolean fits(JsonNode entry, String operation, String code) {
        JsonNode operations = entry.path("operations");
        boolean here = operations.isMissingNode()
                || StreamSupport.stream(operations.spliterator(), false)
                        .anyMatch(it -> it.asString("").equals(operation));
        return here
                && entry.path("message").isMissingNode()
                && entry.path("code").asString("").equals(code);
    }

    private static ErrorMeaning meaning(JsonNode entry) {
        return new ErrorMeaning(
                CauseClass.valueOf(entry.path("causeClass").asString("")),
                entry.path("cause").asString(""),
                Actor.valueOf(entry.path("actor").asString("")),
                entry.path("remedy").asString(""),
                TokenEffect.valueOf(entry.path("tokenEffect").asString("NONE")),
                entry.path("retryable").asBoolean(false));
    }
}
