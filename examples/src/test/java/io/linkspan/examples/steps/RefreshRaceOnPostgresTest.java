package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.linkspan.Linkspan;
import io.linkspan.Owner;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus.Kind;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.link.Intent;
import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.testkit.tiktok.TikTokSimulator;
import io.linkspan.tiktok.TikTok;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Five processes with a hundred threads each on one rotating token; PostgreSQL is all they share. */
@Tag("proof")
class RefreshRaceOnPostgresTest {
    private static final int NODES = 5;
    private static final int ROUNDS = 10;
    private static final String KEY = "race-client-key";
    private static final String SECRET = "race-client-secret";
    private static final String BACK = "http://127.0.0.1:1/callback/tiktok";
    private static final String BROWSER = "browser-secret-of-mira";
    private static final Owner OWNER = Owner.of("harbour", "mira");

    private record Node(Process process, BufferedReader out, PrintWriter in) {
        static Node start(String... arguments) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    System.getProperty("java.home") + "/bin/java",
                    "-Xmx128m",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    RenewingNode.class.getName()));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new Node(
                    process,
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)),
                    new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8));
        }
    }

    @Test
    void oneRequestPerRoundAndNothingLost() throws Exception {
        SettableClock clock = SettableClock.at("2026-03-02T09:00:00Z");
        List<Node> nodes = new ArrayList<>();
        try (EmbeddedPostgres server = postgres();
                HikariDataSource database = RenewingNode.pool(server.getJdbcUrl("postgres", "postgres"), 2);
                TikTokSimulator tiktok = TikTokSimulator.builder()
                        .clock(clock)
                        .app(KEY, SECRET, BACK)
                        .start()) {
            String url = server.getJdbcUrl("postgres", "postgres");
            JdbcStores.migrate(database);
            tiktok.addAccount("quay.studio");
            AtomicReference<Instant> now = new AtomicReference<>(clock.instant());
            Linkspan linkspan = RenewingNode.open(database, tiktok.baseUri(), KEY, SECRET, BACK, now);
            ConnectionId id = connect(linkspan);
            for (int i = 0; i < NODES; i++) {
                nodes.add(Node.start(
                        url,
                        tiktok.baseUri().toString(),
                        KEY,
                        SECRET,
                        BACK,
                        OWNER.tenant().value(),
                        OWNER.user(),
                        id.value()));
            }
            for (Node node : nodes) {
                assertEquals("ready", node.out().readLine());
            }
            for (int round = 1; round <= ROUNDS; round++) {
                clock.advance(Duration.ofHours(3));
                nodes.forEach(node -> node.in().println(clock.instant()));
                Set<String> tokens = new TreeSet<>();
                for (Node node : nodes) {
                    String token = node.out().readLine();
                    tokens.add(token == null ? "ended" : token);
                }
                assertEquals(
                        1, tokens.size(), () -> "one and the same token for all threads of all nodes: " + told(tokens));
                assertEquals(
                        round, tiktok.ledger().count(TikTokOperation.TOKEN_REFRESH), "requests after round " + round);
            }
            now.set(clock.instant());
            assertEquals(
                    Kind.AUTHORIZED,
                    linkspan.connections().check(OWNER, id).status().kind());
            linkspan.close();
        } finally {
            nodes.forEach(node -> node.process().destroyForcibly().onExit().join());
        }
    }

    /** Failures in words; tokens only by number. */
    private static String told(Set<String> answers) {
        return answers.size() + " answers, "
                + answers.stream()
                        .filter(answer -> answer.startsWith("failed") || answer.equals("ended"))
                        .toList();
    }

    private static EmbeddedPostgres postgres() {
        try {
            return EmbeddedPostgres.builder()
                    .setConnectConfig("connectTimeout", "20")
                    .setServerConfig("max_connections", "200")
                    .start();
        } catch (IOException | RuntimeException e) {
            assumeTrue(false, () -> "skipped: PostgreSQL did not start here: " + e);
            throw new AssertionError(e);
        }
    }

    private static ConnectionId connect(Linkspan linkspan) {
        URI page = linkspan.connections()
                .connect(ConnectRequest.of(OWNER, TikTok.PLATFORM, Intent.CROSS_POSTING)
                        .boundTo(BROWSER))
                .uri();
        String query = Browser.create().allow(page, BACK).getRawQuery();
        return assertInstanceOf(
                        ConnectOutcome.Connected.class, linkspan.connections().complete(query, BROWSER))
                .connection()
                .id();
    }
}
