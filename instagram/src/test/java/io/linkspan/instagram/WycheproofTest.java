package io.linkspan.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The HMAC-SHA256 vectors of Project Wycheproof against the signature of webhooks. */
class WycheproofTest {
    private static final Path FILE = Path.of("../core/src/test/resources/wycheproof/hmac_sha256_test.json");

    @Test
    void everyVector_isJudgedAsWycheproofDoes_andACutTagIsNone() throws IOException {
        int taken = 0;
        int refused = 0;
        for (JsonNode group :
                JsonMapper.shared().readTree(Files.readAllBytes(FILE)).get("testGroups")) {
            boolean whole = group.get("tagSize").asInt() == 256;
            for (JsonNode vector : group.get("tests")) {
                byte[] ours = Signatures.hmac(bytes(vector, "key"), bytes(vector, "msg"));
                boolean same = MessageDigest.isEqual(ours, bytes(vector, "tag"));
                boolean valid = vector.get("result").asString().equals("valid");
                assertEquals(valid && whole, same, () -> "vector " + vector.get("tcId"));
                taken += same ? 1 : 0;
                refused += same ? 0 : 1;
            }
        }
        assertEquals("33 taken, 141 refused", taken + " taken, " + refused + " refused");
    }

    private static byte[] bytes(JsonNode vector, String field) {
        return HexFormat.of().parseHex(vector.get(field).asString());
    }
}
