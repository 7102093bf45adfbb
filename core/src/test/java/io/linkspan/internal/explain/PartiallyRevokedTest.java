package io.linkspan.internal.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Explanation;
import io.linkspan.connection.Explanation.Bucket;
import io.linkspan.connection.Sides;
import io.linkspan.link.Intent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said of each mixture of sides, word by word. */
class PartiallyRevokedTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Path GOLDEN = Path.of("src", "test", "resources", "explain", "partially-revoked.txt");

    private static Explanation explain(Sides sides) {
        Connection connection = new Connection(
                new ConnectionId("0".repeat(32)),
                Owner.of("harbour", "mira"),
                Platform.of("fake"),
                "1",
                "quay",
                "",
                Intent.BOTH,
                Set.of(),
                new ConnectionStatus.PartiallyRevoked(sides),
                Map.of(),
                NOW,
                null,
                null,
                null);
        return ConnectionExplainer.explain(
                connection,
                new ConnectionExplainer.Background(
                        "Fake", "Remove the app.", "Remove the link.", List.of(), ConnectionRule.Tokens.healthy()),
                List.of(),
                NOW);
    }

    @Test
    void everyMixture_saysWhoDoesWhat() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Sides.Local local : List.of(Sides.Local.REVOKE_ONLY, Sides.Local.WIPED)) {
            for (Sides.Grant grant : Sides.Grant.values()) {
                for (Sides.VisibleLink link : Sides.VisibleLink.values()) {
                    Sides sides = new Sides(local, grant, link);
                    Explanation explanation = explain(sides);
                    assertEquals(Bucket.REMOVED_BUT_STILL_ACTIVE, explanation.bucket());
                    text.append(sides.describe()).append('\n');
                    explanation
                            .next()
                            .forEach(step -> text.append("  ")
                                    .append(step.who())
                                    .append(": ")
                                    .append(step.what())
                                    .append('\n'));
                    boolean done =
                            local == Sides.Local.WIPED && sides.grantProvenGone() && link != Sides.VisibleLink.UNKNOWN;
                    assertFalse(explanation.next().isEmpty() && !done, sides::describe);
                }
            }
        }
        if ("write".equals(System.getProperty("linkspan.golden"))) {
            Files.writeString(GOLDEN, text);
        }
        assertEquals(Files.readString(GOLDEN), text.toString());
    }
}
