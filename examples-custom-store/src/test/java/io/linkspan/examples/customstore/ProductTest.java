package io.linkspan.examples.customstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.InMemoryStores;
import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.StoreException;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus.Kind;
import io.linkspan.connection.ConnectionStatus.PartiallyRevoked;
import io.linkspan.connection.Disconnect;
import io.linkspan.connection.Sides;
import io.linkspan.examples.customstore.SocialAccounts.Line;
import io.linkspan.instagram.Instagram;
import io.linkspan.instagram.InstagramEndpoints;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.link.Intent;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.Secret;
import io.linkspan.spi.Stores;
import io.linkspan.spi.TokenStore;
import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.instagram.InstagramSimulator;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.tiktok.TikTokSimulator;
import io.linkspan.tiktok.TikTok;
import io.linkspan.tiktok.TikTokEndpoints;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole product: its tables, Linkspan over them, and both platforms. */
class ProductTest {
    private static final Owner MIRA = Owner.of("harbour", "mira");
    private static final String BROWSER = "browser-secret-of-mira";
    private static final String TIKTOK_BACK = "http://127.0.0.1:1/callback/tiktok";
    private static final String INSTAGRAM_BACK = "http://127.0.0.1:1/callback/instagram";

    private final SettableClock clock = SettableClock.at("2026-03-02T09:00:00Z");
    private final ProductDatabase database = ProductDatabase.create();
    private final SocialAccounts accounts = new SocialAccounts(database.dataSource());
    private final TikTokSimulator tiktok = TikTokSimulator.builder()
            .clock(clock)
            .app("key", "tiktok-secret", TIKTOK_BACK)
            .start();
    private final InstagramSimulator instagram = InstagramSimulator.builder()
            .clock(clock)
            .app("880011223344", "instagram-secret", INSTAGRAM_BACK)
            .start();

    @BeforeEach
    void fill() {
        JdbcStores.migrate(database.dataSource());
        tiktok.addAccount("quay.studio").displayName("Quay Studio");
        instagram.addAccount("quay.studio").displayName("Quay Studio");
        database.execute("""
                INSERT INTO workspaces (id, name, plan) VALUES ('harbour', 'Harbour Ltd', 'team');
                INSERT INTO users (workspace_id, id, email) VALUES ('harbour', 'mira', 'mira@example.com');
                """);
    }

    @AfterEach
    void close() {
        instagram.close();
        tiktok.close();
        database.close();
    }

    static Stream<Arguments> stores() {
        return Stream.of(
                Arguments.of("JDBC", (Function<DataSource, TokenStore>) JdbcAccountStore::new),
                Arguments.of("Jdbi", (Function<DataSource, TokenStore>)
                        source -> new JdbiAccountStore(Jdbi.create(source))));
    }

    private Linkspan open(TokenStore tokens) {
        // docs: begin
        JobStore jobs = JdbcStores.create(database.dataSource()).jobs();
        Stores stores = new Stores() {
            @Override
            public TokenStore tokens() {
                return tokens;
            }

            @Override
            public JobStore jobs() {
                return jobs;
            }
        };
        // docs: end
        return open(stores);
    }

    private Linkspan openBoth(DataSource dataSource) {
        // docs: begin
        JdbcAccountStore both = new JdbcAccountStore(dataSource);
        Stores stores = new Stores() {
            @Override
            public TokenStore tokens() {
                return both;
            }

            @Override
            public JobStore jobs() {
                return both;
            }
        };
        // docs: end
        return open(stores);
    }

    @Test
    void oneClassIsBothStores() {
        try (Linkspan linkspan = openBoth(database.dataSource())) {
            Connection account = connect(linkspan, TikTok.PLATFORM, TIKTOK_BACK);
            linkspan.worker().start();

            assertEquals(List.of(account.id()), ids(linkspan));
        }
        try (Linkspan again = openBoth(database.dataSource())) {
            assertEquals(1, ids(again).size());
        }
    }

    private static List<ConnectionId> ids(Linkspan linkspan) {
        return linkspan.connections().list(MIRA).stream().map(Connection::id).toList();
    }

    private Linkspan open(Stores stores) {
        return Linkspan.builder()
                .stores(stores)
                .keys(LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32])))
                .platform(TikTok.builder("key", Secret.required("tiktok", "tiktok-secret"), URI.create(TIKTOK_BACK))
                        .endpoints(TikTokEndpoints.of(tiktok.baseUri(), tiktok.baseUri()))
                        .build())
                .platform(Instagram.withInstagramLogin(
                                "880011223344",
                                Secret.required("instagram", "instagram-secret"),
                                URI.create(INSTAGRAM_BACK))
                        .endpoints(InstagramEndpoints.allAt(instagram.baseUri()))
                        .build())
                .clock(clock)
                .build();
    }

    private static Connection connect(Linkspan linkspan, Platform platform, String back) {
        URI page = linkspan.connections()
                .connect(ConnectRequest.of(MIRA, platform, Intent.CROSS_POSTING).boundTo(BROWSER))
                .uri();
        String query = Browser.create().allow(page, back).getRawQuery();
        return assertInstanceOf(
                        ConnectOutcome.Connected.class, linkspan.connections().complete(query, BROWSER))
                .connection();
    }

    private static Line line(String platform, String status) {
        return new Line("Harbour Ltd", "team", "mira@example.com", platform, "Quay Studio", status);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stores")
    void dashboard_showsConnectsRenewalsAndDisconnects(String name, Function<DataSource, TokenStore> store)
            throws Exception {
        try (Linkspan linkspan = open(store.apply(database.dataSource()))) {
            Connection connected = connect(linkspan, TikTok.PLATFORM, TIKTOK_BACK);
            accounts.describe(connected);
            accounts.describe(connect(linkspan, Instagram.PLATFORM, INSTAGRAM_BACK));
            assertEquals(
                    List.of(line("instagram", "authorized"), line("tiktok", "authorized")),
                    accounts.overview("harbour"));

            clock.advance(Duration.ofHours(30));
            linkspan.worker().runDue();
            assertEquals(
                    Kind.AUTHORIZED,
                    linkspan.connections().check(MIRA, connected.id()).status().kind());
            linkspan.connections().disconnect(MIRA, connected.id(), Disconnect.everywhere("mira asked"));

            assertEquals(
                    List.of(line("instagram", "authorized"), line("tiktok", "revoked")), accounts.overview("harbour"));
            assertEquals(List.of(), accounts.overview("lighthouse"));
            assertEquals(
                    connected.id().value() + "\n",
                    database.lines("SELECT DISTINCT subject FROM account_history h JOIN social_accounts a"
                            + " ON a.workspace_id = h.workspace_id AND a.linkspan_id = h.subject"
                            + " WHERE a.platform = 'tiktok'"));
        }
    }

    @Test
    void userWithAConnectedAccount_cannotBeDeletedBeforeTheDisconnect() throws Exception {
        try (Linkspan linkspan = open(new JdbcAccountStore(database.dataSource()))) {
            Connection connected = connect(linkspan, TikTok.PLATFORM, TIKTOK_BACK);
            String leave = "DELETE FROM social_accounts WHERE user_id = 'mira' AND status = 'revoked';"
                    + " DELETE FROM users WHERE id = 'mira'";
            assertThrows(AssertionError.class, () -> database.execute(leave));
            assertEquals("1\n", database.lines("SELECT count(*) FROM social_accounts"));

            linkspan.connections().disconnect(MIRA, connected.id(), Disconnect.everywhere("mira leaves"));
            database.execute(leave);

            assertEquals("0\n", database.lines("SELECT count(*) FROM users"));
            assertTrue(tiktok.ledger().grants().stream().noneMatch(grant -> grant.alive()));
        }
    }

    @Test
    void grantThatNobodyCanProve_keepsItsRowUntilTheTokensAreErased() throws Exception {
        try (Linkspan linkspan = open(new JdbcAccountStore(database.dataSource()))) {
            Connection connected = connect(linkspan, Instagram.PLATFORM, INSTAGRAM_BACK);
            linkspan.connections().disconnect(MIRA, connected.id(), Disconnect.everywhere("mira leaves"));
            assertEquals(Sides.Local.REVOKE_ONLY, partly(linkspan, connected).local());

            for (int hour = 0; hour <= 73; hour++) {
                clock.advance(Duration.ofHours(1));
                linkspan.worker().runDue();
            }

            assertEquals(Sides.Local.WIPED, partly(linkspan, connected).local());
            assertEquals("partially_revoked\n", database.lines("SELECT status FROM social_accounts"));
        }
    }

    private static Sides partly(Linkspan linkspan, Connection connected) {
        var status =
                linkspan.connections().find(MIRA, connected.id()).orElseThrow().status();
        return assertInstanceOf(PartiallyRevoked.class, status).sides();
    }

    @Test
    void oldTokens_moveIntoTheRowsThatHeldThem() throws Exception {
        Secret token;
        String account;
        try (Linkspan before = open(InMemoryStores.create())) {
            Connection old = connect(before, Instagram.PLATFORM, INSTAGRAM_BACK);
            account = old.accountId();
            token = before.connections().withAccessToken(MIRA, old.id(), secret -> secret);
        }
        String sealed = Base64.getEncoder().encodeToString(token.reveal().getBytes(StandardCharsets.UTF_8));
        database.execute(
                "INSERT INTO social_accounts (workspace_id, user_id, platform, external_id, display_name, status,"
                        + " label_color, sealed_token) VALUES ('harbour', 'mira', 'instagram', '" + account
                        + "', '@quay.studio', 'active', 'blue', convert_to('" + sealed + "', 'UTF8')),"
                        + " ('harbour', 'mira', 'instagram', '4711', '@gone', 'active', 'red', convert_to('" + sealed
                        + "', 'UTF8'));"
                        + " INSERT INTO scheduled_posts (account_id, caption) SELECT id, 'soon' FROM social_accounts"
                        + " WHERE label_color = 'blue'");
        try (Linkspan linkspan = open(new JdbcAccountStore(database.dataSource()))) {
            OldTokens tokens = new OldTokens(
                    database.dataSource(),
                    linkspan.connections(),
                    bytes -> Secret.required(
                            "token", new String(Base64.getDecoder().decode(bytes), StandardCharsets.UTF_8)));

            String red = database.lines("SELECT id FROM social_accounts WHERE label_color = 'red'")
                    .strip();
            assertEquals(List.of(Long.valueOf(red)), tokens.importAll());
            assertEquals(List.of(Long.valueOf(red)), tokens.importAll());

            Connection moved = linkspan.connections().list(MIRA).get(0);
            assertEquals(1, linkspan.connections().list(MIRA).size());
            assertEquals(
                    Kind.AUTHORIZED,
                    linkspan.connections().check(MIRA, moved.id()).status().kind());
            assertEquals(
                    moved.id().value() + " blue soon authorized\n",
                    database.lines("SELECT concat_ws(' ', linkspan_id, label_color, caption, status)"
                            + " FROM social_accounts a JOIN scheduled_posts p ON p.account_id = a.id"
                            + " WHERE sealed_token IS NULL"));
            assertEquals("2\n", database.lines("SELECT count(*) FROM social_accounts"));
            assertFalse(accounts.adopt(Long.parseLong(red) - 1, moved));
            assertEquals(moved.id(), linkspan.connections().list(MIRA).get(0).id());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stores")
    void connectionsWithoutAutocommit_areRefused(String name, Function<DataSource, TokenStore> store) {
        try (ProductDatabase open = ProductDatabase.create(false)) {
            TokenStore tokens = store.apply(open.dataSource());
            StoreException error =
                    assertThrows(StoreException.class, () -> tokens.find(MIRA.tenant(), RecordKind.CONNECTION, "id"));
            assertTrue(String.valueOf(error.getMessage()).contains("autocommit off"), error::getMessage);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stores")
    void missingColumn_isOneErrorOfTheStore(String name, Function<DataSource, TokenStore> store) {
        TokenStore tokens = store.apply(database.dataSource());
        database.execute("ALTER TABLE social_accounts DROP COLUMN linkspan_payload");
        StoreException error =
                assertThrows(StoreException.class, () -> tokens.find(MIRA.tenant(), RecordKind.CONNECTION, "id"));
        assertEquals(
                "42703",
                assertInstanceOf(java.sql.SQLException.class, error.getCause()).getSQLState());
    }
}
