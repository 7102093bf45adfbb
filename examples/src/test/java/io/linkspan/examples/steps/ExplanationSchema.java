package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The published schema of explanations. */
final class ExplanationSchema {
    private static final Schema SCHEMA = schema();

    private ExplanationSchema() {}

    private static Schema schema() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(Path.of("..", "docs", "explanation.schema.json")), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> errors(String json) {
        return SCHEMA.validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    /** The text is what the schema says, and the schema would notice if it were not. */
    static void assertValid(String json) {
        assertEquals(List.of(), errors(json));
        assertFalse(errors(json.replaceFirst("\"bucket\":\"[A-Z_]+\"", "\"bucket\":\"FINE\""))
                .isEmpty());
        assertFalse(errors(json.replaceFirst("\"known\"", "\"knwon\"")).isEmpty());
    }
}
