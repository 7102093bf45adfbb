package io.linkspan.preflight.internal.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.linkspan.preflight.RulePackException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PackLoaderTest {
    private static final String GOOD = """
            {"pack": "p", "version": "2026-11-21", "title": "t",
             "sources": {"S": {"title": "page", "confidence": "QUOTED"}},
             "rules": [{"id": "r.fps", "title": "frame rate", "destinations": ["TIKTOK_VIDEO"], "media": ["VIDEO"],
               "source": "S", "seen": "2026-01-02",
               "checks": [{"severity": "ERROR", "fact": "video.fps", "op": "range", "min": 23, "max": 60,
                           "unit": "fps", "tolerance": "0.5%"}],
               "why": "because", "fix": "change it"}]}
            """;

    @Test
    void load_ofAGoodPack_hasItsRules() {
        Pack pack = load(GOOD);
        assertEquals("p@2026-11-21", pack.version().toString());
        assertEquals("r.fps", pack.rules().get(0).id());
        assertEquals("23 to 60 fps", pack.rules().get(0).checks().get(0).allowed());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"op\": \"range\"|\"op\": \"rnge\"|p.json: rule r.fps, check 1: 'op' is unknown: rnge",
                "\"video.fps\"|\"video.fsp\"|p.json: rule r.fps, check 1: 'fact' is unknown: video.fsp",
                "\"unit\": \"fps\"|\"unit\": \"Hz\"|p.json: rule r.fps, check 1: 'unit' must be 'fps', was 'Hz'",
                "\"min\": 23|\"min\": 61|p.json: rule r.fps, check 1: 'min' is above 'max'",
                "\"min\": 23|\"mni\": 23|p.json: rule r.fps, check 1: unknown fields [mni]",
                "\"ERROR\"|\"FATAL\"|p.json: rule r.fps, check 1: 'severity' has the unknown value 'FATAL'",
                "\"0.5%\"|\"half\"|p.json: rule r.fps, check 1: 'tolerance' must be a number of at least 0 or a"
                        + " percentage such as \"0.5%\"",
                "\"TIKTOK_VIDEO\"|\"MYSPACE\"|p.json: rule r.fps: 'destinations' has the unknown value 'MYSPACE'",
                "\"source\": \"S\"|\"source\": \"Z\"|p.json: rule r.fps: 'source' names the unknown source 'Z'",
                "2026-01-02|yesterday|p.json: rule r.fps: 'seen' must be a date such as 2026-11-21, was 'yesterday'",
                "\"why\": \"because\", |``|p.json: rule r.fps: 'why' is missing",
                "\"id\": \"r.fps\", |``|p.json: a rule: 'id' is missing",
                "\"title\": \"t\",|\"title\": \"t\", \"extra\": 1,|p.json: unknown fields [extra]",
                "\"QUOTED\"|\"HEARSAY\"|p.json: source S: 'confidence' has the unknown value 'HEARSAY'"
            })
    void load_ofABrokenPack_namesFileRuleAndReason(String from, String to, String message) {
        String broken = GOOD.replace(from, to);
        RulePackException e = assertThrows(RulePackException.class, () -> load(broken));
        assertEquals(message, e.getMessage());
    }

    @Test
    void load_ofTwoRulesWithOneId_isRefused() {
        String rule = GOOD.substring(GOOD.indexOf("[{\"id\"") + 1, GOOD.lastIndexOf("]"));
        RulePackException e = assertThrows(RulePackException.class, () -> load(GOOD.replace(rule, rule + "," + rule)));
        assertEquals("p.json: rule r.fps: there are two of it", e.getMessage());
    }

    @Test
    void load_ofADuplicateField_isRefused() {
        RulePackException e = assertThrows(
                RulePackException.class, () -> load(GOOD.replace("\"min\": 23", "\"min\": 23, \"min\": 1")));
        assertEquals("p.json: is not JSON: Duplicate", e.getMessage().substring(0, 30));
    }

    private static Pack load(String json) {
        return PackLoader.pack("p.json", PackLoader.parse("p.json", json.getBytes(StandardCharsets.UTF_8)));
    }
}
