package io.linkspan.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.Attention;
import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Explanation;
import io.linkspan.connection.Explanation.Bucket;
import io.linkspan.internal.explain.ConnectionExplainer;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.HealthDoc;
import io.linkspan.link.Intent;
import io.linkspan.spi.RenewalModel;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Status, health, attention and explanation of one connection never contradict each other, over every combination of facts. */
class OneTruthTest {
    private static final Instant NOW = AllFactsTest.NOW;
    private static final Set<ConnectionStatus.Kind> USABLE =
            EnumSet.of(ConnectionStatus.Kind.AUTHORIZED, ConnectionStatus.Kind.REFRESH_REQUIRED);

    private static Connection view(ConnectionDoc doc, ConnectionStatus status, RenewalModel model) {
        boolean renewed = USABLE.contains(status.kind()) || status.kind() == ConnectionStatus.Kind.AWAITING_ACCOUNT;
        return new Connection(
                new ConnectionId("0".repeat(32)),
                Owner.of("harbour", "mira"),
                Platform.of("fake"),
                "1",
                "quay",
                "",
                Intent.CROSS_POSTING,
                doc.scopes(),
                status,
                Views.health(doc, AllFactsTest.OAUTH, status),
                doc.linkedAt(),
                doc.checkedAt(),
                doc.token().refreshExpiresAt(),
                renewed
                        ? TokenLife.renewAt(doc.token(), model, Duration.ofMinutes(2), Duration.ofMinutes(5), 0)
                        : null);
    }

    private static Explanation explain(ConnectionDoc doc, Connection connection, RenewalModel model) {
        return ConnectionExplainer.explain(
                connection,
                new ConnectionExplainer.Background(
                        "Fake", "Remove the app.", "Remove the link.", List.of(), Explains.tokens(doc, model)),
                List.of(),
                NOW);
    }

    private static boolean quiet(Bucket category) {
        return category == Bucket.NONE;
    }

    @Test
    void statusHealthAttentionAndExplanation_agreeInEveryCombination() {
        RenewalModel model = AllFactsTest.OAUTH.renewal();
        AllFactsTest.each(facts -> {
            for (Map<Capability, HealthDoc> health :
                    List.of(Map.<Capability, HealthDoc>of(), Map.of(Capability.PUBLISH_VIDEO, AllFactsTest.BLOCKED))) {
                ConnectionDoc doc = AllFactsTest.doc(facts, health);
                ConnectionStatus status = StatusRule.status(doc, model, NOW);
                Connection connection = view(doc, status, model);
                Explanation explanation = explain(doc, connection, model);
                List<Attention.Reason> attention = AttentionRule.reasons(doc, AllFactsTest.OAUTH, NOW);
                boolean ended = status.kind() == ConnectionStatus.Kind.REVOKED;
                boolean well = status.kind() == ConnectionStatus.Kind.AUTHORIZED && attention.isEmpty();
                if (quiet(explanation.bucket())) {
                    assertTrue(ended || well, () -> status + " is told as\n" + explanation + facts);
                } else {
                    assertTrue(!ended, () -> status + " is told as\n" + explanation + facts);
                }
                assertEquals(
                        USABLE.contains(status.kind()) || !anyReady(connection),
                        true,
                        () -> "ready although " + status);
                assertEquals(quiet(explanation.bucket()), explanation.next().isEmpty(), explanation::toText);
                assertTrue(explanation.until() == null || explanation.until().isAfter(NOW), explanation::toText);
            }
        });
    }

    private static boolean anyReady(Connection connection) {
        return connection.health().values().stream().anyMatch(it -> it.kind() == CapabilityHealth.Kind.READY);
    }
}
