package io.linkspan.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.json.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
    private static JsonNode object(String json) {
        return Fields.object(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"2026-11-20T17:03:11+0000\"",
                "\"2026-11-20T18:03:11+01:00\"",
                "\"2026-11-20T17:03:11Z\"",
                "1795194191",
                "\"1795194191\""
            })
    void moment_inEveryShape_isRead(String value) {
        assertEquals(
                Optional.of(Instant.parse("2026-11-20T17:03:11Z")),
                Fields.moment(object("{\"t\":" + value + "}"), "t"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"2026-11-20\"",
                "null",
                "{}",
                "1.5",
                "\"2026-13-20T17:03:11+0000\"",
                "\"2026-11-20T17:03:11\""
            })
    void moment_inNoKnownShape_isEmpty(String value) {
        assertEquals(Optional.empty(), Fields.moment(object("{\"t\":" + value + "}"), "t"));
    }

    @Test
    void object_beyondTheLimits_isEmpty() {
        assertEquals(Optional.empty(), read("{\"a\":".repeat(40) + "1" + "}".repeat(40)));
        assertEquals(Optional.empty(), read("{\"a\":\"" + "x".repeat(300_000) + "\"}"));
        assertEquals(Optional.empty(), read("{\"a\":[" + "1,".repeat(60_000) + "1]}"));
        assertEquals(Optional.empty(), read("{\"a\":1}" + " ".repeat(1 << 20)));
        assertEquals(Optional.empty(), read("{\"a\":1} trailing"));
    }

    @Test
    void id_largerThanADoubleHolds_keepsEveryDigit() {
        assertEquals(Optional.of("17841405822304915"), Fields.id(object("{\"id\":17841405822304915}"), "id"));
    }

    @Property
    void object_neverThrows(@ForAll byte[] bytes) {
        assertEquals(
                false, Fields.object(bytes).filter(node -> !node.isObject()).isPresent());
    }

    private static Optional<JsonNode> read(String json) {
        return Fields.object(json.getBytes(StandardCharsets.UTF_8));
    }
}
