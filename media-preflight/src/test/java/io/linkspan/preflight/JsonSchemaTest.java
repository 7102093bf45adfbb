package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every report is what the published schema says. */
final class JsonSchemaTest {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(Map.of("urn:linkspan:preflight:report:1", text("report.schema.json"))));
    private static final Schema SCHEMA = SCHEMAS.getSchema(text("report.schema.json"), InputFormat.JSON);
    private static final Schema POST = SCHEMAS.getSchema(text("post.schema.json"), InputFormat.JSON);

    private static String text(String file) {
        try (InputStream in = PreflightReport.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> errors(String json) {
        return SCHEMA.validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src", "test", "resources"))) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void toJson_ofAnyFile_isValid(Path file) {
        PreflightOptions options = PreflightOptions.builder()
                .asOf(LocalDate.of(2027, 6, 1))
                .caption("#a ".repeat(40))
                .build();
        assertEquals(List.of(), errors(Preflight.check(file, options).toJson()));
    }

    @Test
    void toJson_ofFactsLeftOut_isValid() {
        MediaFacts facts = MediaFacts.builder(MediaKind.VIDEO).build();
        assertEquals(
                List.of(),
                errors(Preflight.check(facts, PreflightOptions.defaults()).toJson()));
    }

    @Test
    void toJson_ofAPost_isValid() {
        PreflightReport item = Preflight.check(TestFacts.image().build(), PreflightOptions.defaults());
        PreflightOptions options = PreflightOptions.builder()
                .asOf(LocalDate.of(2027, 6, 1))
                .caption("#a ".repeat(40))
                .build();
        String json = Preflight.checkPost(List.of(item), options).toJson();
        assertEquals(List.of(), POST.validate(json, InputFormat.JSON));
        assertFalse(POST.validate(json.replace("\"items\"", "\"itmes\""), InputFormat.JSON)
                .isEmpty());
        assertFalse(POST.validate(json.replace("\"name\" :", "\"nmae\" :"), InputFormat.JSON)
                .isEmpty());
    }

    @Test
    void schema_refusesWhatIsNoReport() {
        String json = Preflight.check(TestFacts.video().build(), PreflightOptions.defaults())
                .toJson();
        assertFalse(errors(json.replace("\"verdict\" : \"OK\"", "\"verdict\" : \"FINE\""))
                .isEmpty());
        assertFalse(errors(json.replace("\"state\" : \"KNOWN\"", "\"state\" : \"GUESSED\""))
                .isEmpty());
        assertFalse(errors(json.replace("\"packs\"", "\"pakcs\"")).isEmpty());
    }
}
