package io.linkspan.internal.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.linkspan.UnreadableRecordException;
import io.linkspan.internal.json.Json;
import io.linkspan.json.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The AES-GCM vectors of Project Wycheproof that have our form: nonces of 96 bits and tags of 128. */
class WycheproofTest {
    private static final Path FILE = Path.of("src/test/resources/wycheproof/aes_gcm_test.json");

    /** A vector, with the group it is in. */
    record Vector(int keyBits, JsonNode test) {
        byte[] bytes(String field) {
            return HexFormat.of().parseHex(test.get(field).asString());
        }

        boolean valid() {
            return test.get("result").asString().equals("valid");
        }

        /** Nonce, ciphertext, tag: as {@link AesGcm} writes it. */
        byte[] sealed() {
            return ByteBuffer.allocate(12 + bytes("ct").length + 16)
                    .put(bytes("iv"))
                    .put(bytes("ct"))
                    .put(bytes("tag"))
                    .array();
        }

        @Override
        public String toString() {
            return "vector " + test.get("tcId").asInt() + ", key of " + keyBits + " bits";
        }
    }

    static List<Vector> vectors() throws IOException {
        List<Vector> vectors = new ArrayList<>();
        for (JsonNode group : Json.read(Files.readAllBytes(FILE)).get("testGroups")) {
            boolean ours =
                    group.get("ivSize").asInt() == 96 && group.get("tagSize").asInt() == 128;
            if (ours) {
                group.get("tests")
                        .forEach(test ->
                                vectors.add(new Vector(group.get("keySize").asInt(), test)));
            }
        }
        return vectors;
    }

    static Stream<Vector> valid() throws IOException {
        return vectors().stream().filter(Vector::valid);
    }

    static Stream<Vector> invalid() throws IOException {
        return vectors().stream().filter(vector -> !vector.valid());
    }

    @Test
    void table_isWhole() throws IOException {
        assertEquals(
                "62 valid, 81 invalid", valid().count() + " valid, " + invalid().count() + " invalid");
        assertEquals(48, vectors().stream().filter(v -> v.keyBits() == 256).count());
    }

    @ParameterizedTest
    @MethodSource("valid")
    void validVector_opens_andIsWhatWeSeal(Vector vector) {
        assertArrayEquals(vector.bytes("msg"), AesGcm.open(vector.bytes("key"), vector.sealed(), vector.bytes("aad")));
        assertArrayEquals(
                vector.sealed(),
                AesGcm.seal(vector.bytes("key"), vector.bytes("iv"), vector.bytes("msg"), vector.bytes("aad")));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void invalidVector_isRefused(Vector vector) {
        assertThrows(
                UnreadableRecordException.class,
                () -> AesGcm.open(vector.bytes("key"), vector.sealed(), vector.bytes("aad")));
    }
}
