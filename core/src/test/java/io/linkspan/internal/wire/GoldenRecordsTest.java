package io.linkspan.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.LocalKeys;
import io.linkspan.TenantId;
import io.linkspan.internal.crypto.Vault;
import io.linkspan.internal.json.Json;
import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a release wrote is read by every later one and written again with the same meaning. Each release has a folder of payloads, which
 * {@link #main} writes once, before the release, and which nobody edits after.
 */
class GoldenRecordsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final String SEALED = "sealed.json";
    private static final Vault VAULT =
            new Vault(LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32])));
    private static final Vault.Place PLACE =
            new Vault.Place(new TenantId("tenant"), "record", "fake", "app", "token", 3);

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            return files
                    .filter(file -> file.toString().endsWith(".json") && !file.endsWith(SEALED))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Class<?> type(Path file) throws ClassNotFoundException {
        String name = file.getFileName().toString();
        return Class.forName(name.substring(0, name.indexOf(".json")).replaceFirst("-\\d+$", ""));
    }

    @ParameterizedTest
    @MethodSource("files")
    void payload_isReadAndWrittenWithTheSameMeaning(Path file) throws Exception {
        byte[] golden = Files.readAllBytes(file);

        Object read = Json.read(golden, type(file));
        byte[] written = Json.write(read);

        assertEquals(read, Json.read(written, type(file)));
        assertEquals(List.of(), lost("", Json.read(golden), Json.read(written)), "fields lost or changed");
    }

    @Test
    void sealedValues_areOpened() throws Exception {
        List<Path> releases;
        try (Stream<Path> folders = Files.list(GOLDEN)) {
            releases = folders.toList();
        }
        assertFalse(releases.isEmpty());
        for (Path release : releases) {
            String sealed = Json.read(Files.readAllBytes(release.resolve(SEALED)))
                    .path("sealed")
                    .stringValue();
            byte[] plain = VAULT.open(Base64.getDecoder().decode(sealed), PLACE);
            assertEquals("golden secret", new String(plain, StandardCharsets.UTF_8), release.toString());
        }
    }

    @Test
    void everyKindOfPayload_hasAGoldenRecord() throws Exception {
        List<String> golden = new ArrayList<>();
        for (Path file : files().toList()) {
            golden.add(type(file).getSimpleName());
        }
        for (Class<?> stored : List.of(
                ConnectionDoc.class,
                PendingDoc.class,
                LinkDoc.class,
                UnwantedDoc.class,
                PublicationDoc.class,
                JobDoc.class,
                LaneDoc.class,
                HistoryDoc.class)) {
            assertTrue(golden.contains(stored.getSimpleName()), stored.getSimpleName());
        }
    }

    /** Paths whose value is not in what was written; a null may be left out. */
    private static List<String> lost(String path, JsonNode before, JsonNode after) {
        List<String> lost = new ArrayList<>();
        if (before.isObject() && after.isObject()) {
            before.properties()
                    .forEach(field -> lost.addAll(
                            lost(path + "/" + field.getKey(), field.getValue(), after.path(field.getKey()))));
        } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
            boolean texts = before.valueStream().allMatch(JsonNode::isString);
            if (texts
                    && before.valueStream()
                            .map(JsonNode::stringValue)
                            .sorted()
                            .toList()
                            .equals(after.valueStream()
                                    .map(JsonNode::stringValue)
                                    .sorted()
                                    .toList())) {
                return lost; // a set has no order
            }
            for (int i = 0; i < before.size(); i++) {
                lost.addAll(lost(path + "/" + i, before.get(i), after.get(i)));
            }
        } else if (!before.equals(after) && !(before.isNull() && after.isMissingNode())) {
            lost.add(path + ": " + before + " became " + after);
        }
        return lost;
    }

    /**
     * Writes the payloads of this release.
     *
     * @param arguments the release, such as 0.1
     * @throws IOException when a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(GOLDEN.resolve(arguments[0]));
        Map<String, Integer> numbers = new TreeMap<>();
        for (Object doc : DocsTest.docs().toList()) {
            String type = doc.getClass().getName();
            int number = numbers.merge(type, 1, Integer::sum);
            Files.write(folder.resolve(type + "-" + number + ".json"), Json.write(doc));
        }
        ObjectNode sealed = Json.object();
        byte[] bytes = VAULT.seal("golden secret".getBytes(StandardCharsets.UTF_8), PLACE);
        sealed.put("sealed", Base64.getEncoder().encodeToString(bytes));
        Files.write(folder.resolve(SEALED), Json.write(sealed));
    }
}
