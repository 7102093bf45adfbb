package io.linkspan.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.ConnectHelp;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Login;
import io.linkspan.connection.Sides;
import io.linkspan.internal.json.Json;
import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.link.Intent;
import io.linkspan.publish.Failure;
import io.linkspan.publish.PublishState;
import io.linkspan.publish.Waiver;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.Actor;
import io.linkspan.spi.Cause;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.MediaPart;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.TokenEffect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stored is read back, by older and newer versions too. */
class DocsTest {
    private static final Instant AT = Instant.parse("2026-03-02T09:00:00.123Z");
    private static final Evidence SEEN = new Evidence("source", AT, "code", "detail with \"quotes\" and ä 漢 🎬");
    private static final Failure FAILURE = new Failure("c", CauseClass.QUOTA, "what", Actor.PLATFORM, "wait");

    private static final Cause CAUSE =
            new Cause("fake.refresh", CauseClass.AUTHORIZATION, "190", "trace-1", Actor.PERSON, "connect again");

    static Stream<PublishState> states() {
        return Stream.of(
                new PublishState.Accepted(),
                new PublishState.Preparing(),
                new PublishState.Prepared("h"),
                new PublishState.Committing("h", AT),
                new PublishState.Confirming("h", AT),
                new PublishState.InDoubt("h", AT, "why"),
                new PublishState.AwaitingDecision("h", AT, "why"),
                new PublishState.Delivered("Open the app.", AT),
                new PublishState.Published("p", URI.create("https://example.com/p"), AT),
                new PublishState.Published("", null, AT),
                new PublishState.Failed(FAILURE),
                new PublishState.Cancelled("reason"),
                new PublishState.Expired(AT));
    }

    private static JobDoc job(boolean full) {
        MediaPart part = new MediaPart(
                MediaPart.Role.ITEM, MediaPart.Type.VIDEO, "video/mp4", 5_000_000_000L, Map.of("alt", "text"));
        JobDoc accepted = JobDoc.accepted(
                "publication",
                "user",
                "connection",
                "fake",
                "app",
                "@h",
                new PublishContent(PublishContent.Kind.VIDEO, "Hä 🎬", List.of(part), Map.of("a", "b")),
                List.of(new MediaDoc("file", "/x.mp4", 5_000_000_000L, "sha", "tail")),
                full ? AT : null,
                full ? AT : null,
                List.of());
        JobDoc looked = accepted.claimed().claimed().looked().looked().looked();
        return full
                ? looked.withHandle(new HandleDoc("h", Map.of("offset", "5"), "c2VhbGVk", AT))
                        .committing(AT)
                        .troubled(AT, Trouble.PLATFORM)
                        .sparing()
                        .unposted(AT)
                        .cancelWanted("asked")
                        .seen(SEEN)
                : looked.withHandle(new HandleDoc("h", Map.of(), null, null));
    }

    private static TokenDoc token(boolean full) {
        return new TokenDoc(
                4,
                TokenPhase.REFRESHING,
                full ? "sealed" : null,
                full ? "op" : null,
                full ? "staged" : null,
                full ? new RefreshIntent(4, "node", AT, 6L) : null,
                AT,
                full ? AT : null,
                full ? AT : null,
                full ? SEEN : null,
                full ? TokenEffect.RENEW : null,
                full ? AT : null,
                2,
                full ? Set.of(TokenFact.ACCESS_REFUSED, TokenFact.RENEWAL_PENDING) : null,
                full ? new PreviousPair(3, "sealed", AT, 3L) : null,
                full ? AT : null,
                full ? 6L : null);
    }

    private static RevokeDoc revoke(boolean full) {
        return new RevokeDoc(
                AT,
                "reason",
                true,
                full,
                full,
                3,
                full ? AT : null,
                full ? List.of(SEEN) : List.of(),
                full,
                full ? 2 : null,
                full ? new StepClaim("node", AT) : null);
    }

    private static ConnectionDoc connection(boolean full) {
        return new ConnectionDoc(
                1,
                "fake",
                "app",
                Intent.BOTH,
                new AccountIdentity("1", full ? Set.of("2") : Set.of(), "h", "n", Map.of("k", "v")),
                Set.of("a"),
                Set.of("a"),
                token(full),
                new Sides(Sides.Local.HELD, Sides.Grant.ACTIVE, Sides.VisibleLink.UNKNOWN),
                full ? Map.of(Capability.PUBLISH_VIDEO, HealthDoc.of(new CapabilityHealth.Ready(SEEN))) : Map.of(),
                AT,
                full ? AT : null,
                full ? AT : null,
                full ? revoke(true) : null,
                7,
                full ? List.of(new HistoryDoc(7, AT, "person", "connected", "d")) : List.of());
    }

    private static PendingDoc pending(boolean full) {
        return new PendingDoc(
                1,
                PendingDoc.Stage.CONSUMED,
                "fake",
                "app",
                Intent.PROFILE,
                Set.of("a"),
                "hash",
                full ? "verifier" : null,
                full ? "account" : null,
                AT,
                AT,
                full ? AT : null,
                full ? "op" : null,
                full ? "staged" : null,
                full ? Login.Kind.DESKTOP : null,
                full ? "http://127.0.0.1:1/callback/" : null,
                full ? List.of("1", "2") : null,
                full ? true : null,
                full ? "connection" : null,
                full ? new FailureDoc("fake.row", ConnectHelp.Bucket.OPTION_MISSING, AT) : null);
    }

    private static LinkDoc link(boolean full) {
        DirectionDoc direction = new DirectionDoc(
                "one",
                "other",
                full ? "bio" : null,
                full ? SEEN : null,
                full ? null : "why",
                full ? SEEN : null,
                full ? new DirectionDoc.AttestedDoc("mira", AT, "the icon", "h") : null,
                full ? AT : null,
                full ? "gone" : null);
        return new LinkDoc(
                1,
                Intent.BOTH,
                List.of("a", "b"),
                AT,
                false,
                2,
                full ? List.of(new HistoryDoc(2, AT, "mira", "profile_attested", "d")) : null,
                full ? new ProfileDoc(AT, List.of(direction), List.of("h", "")) : null,
                full ? AT : null);
    }

    static Stream<Object> docs() {
        return Stream.of(
                job(true),
                job(false),
                token(true),
                token(false),
                revoke(true),
                revoke(false),
                connection(true),
                connection(false),
                pending(true),
                pending(false),
                new PublicationDoc(
                        1,
                        "key",
                        "digest",
                        "request",
                        AT,
                        "2026-11-21T10:00 Europe/Paris",
                        List.of(new Waiver("rule", "reason")),
                        List.of(job(true), job(false))),
                new PublicationDoc(1, "key", "digest", "request", AT, null, List.of(), List.of(job(false))),
                job(true)
                        .withNews(new JobNewsDoc(
                                List.of(new MoveDoc(
                                        3,
                                        AT,
                                        StateDoc.of(new PublishState.Preparing()),
                                        StateDoc.of(new PublishState.Failed(FAILURE)),
                                        CAUSE)),
                                true)),
                connection(true)
                        .withHistory(9, List.of(new HistoryDoc(9, AT, "platform", "renewal_failed", "d", CAUSE)), 8),
                new Evidence("source", AT, "190", "detail", CAUSE),
                link(true),
                link(false),
                new LaneDoc("job", AT, null, null, null, null),
                new LaneDoc(
                        "job",
                        AT,
                        Map.of("q", Map.of(5L, 3)),
                        Map.of("b", new LaneDoc.BlockDoc(AT, "reason"), "c", new LaneDoc.BlockDoc(AT, "reason", CAUSE)),
                        Map.of("n", AT),
                        Map.of("h", AT)),
                new HistoryDoc(1, AT, "person", "connected", "d"),
                new RefreshIntent(1, "node", AT, null),
                new AnswerDoc(200, "{\"access_token\":\"x\"}"),
                new UnwantedDoc(1, "fake", "app", "sealed", 2, Set.of("a"), "1", "c", "why", AT, 3, true),
                new UnwantedDoc(1, "fake", "app", "sealed", 2, Set.of(), null, null, "why", AT, 0, false),
                new PairDoc("a", "r"),
                new PairDoc("a", null),
                HealthDoc.of(new CapabilityHealth.Ready(SEEN)),
                HealthDoc.of(new CapabilityHealth.Ready(SEEN, Map.of("k", "v"))),
                HealthDoc.of(
                        new CapabilityHealth.Blocked("code", CauseClass.QUOTA, Actor.PLATFORM, SEEN, AT, "remedy")),
                HealthDoc.of(new CapabilityHealth.Blocked("code", CauseClass.ACCOUNT, Actor.PERSON, SEEN, AT, "remedy"))
                        .believed(AT),
                HealthDoc.of(new CapabilityHealth.Unknown("why")),
                HealthDoc.of(new CapabilityHealth.Unknown("why", SEEN)));
    }

    private static ObjectNode tree(Object doc) {
        return (ObjectNode) Json.read(Json.write(doc));
    }

    private static Object read(ObjectNode tree, Class<?> type) {
        return Json.read(Json.text(tree).getBytes(StandardCharsets.UTF_8), type);
    }

    @ParameterizedTest
    @MethodSource("docs")
    void read_ofWhatWasWritten_isEqual(Object doc) {
        assertEquals(doc, Json.read(Json.write(doc), doc.getClass()));
    }

    @ParameterizedTest
    @MethodSource("docs")
    void read_withAnUnknownNeighbour_ignoresIt(Object doc) {
        ObjectNode tree = tree(doc);
        tree.put("fieldOfANewerVersion", "x");
        tree.putObject("objectOfANewerVersion").put("a", 1);

        assertEquals(doc, read(tree, doc.getClass()));
    }

    @ParameterizedTest
    @MethodSource("docs")
    void read_withoutItsNulls_isEqual(Object doc) {
        ObjectNode tree = tree(doc);
        List<String> nulls = tree.properties().stream()
                .filter(field -> field.getValue().isNull())
                .map(Map.Entry::getKey)
                .toList();
        nulls.forEach(tree::remove);

        assertEquals(doc, read(tree, doc.getClass()));
    }

    @ParameterizedTest
    @MethodSource("states")
    void state_flatAndBack_isEqual(PublishState state) {
        assertEquals(state, StateDoc.of(state).state());
        assertEquals(
                state, Json.read(Json.write(StateDoc.of(state)), StateDoc.class).state());
    }

    @Test
    void states_coverEveryPhase() {
        assertEquals(
                Set.of(PublishState.Phase.values()),
                Set.copyOf(states().map(PublishState::phase).toList()));
    }

    @Test
    void state_thatLacksAPart_isRefusedByName() {
        StateDoc lacking = new StateDoc(PublishState.Phase.COMMITTING, "h", null, null, null, null, null);

        NullPointerException error = assertThrows(NullPointerException.class, lacking::state);

        assertEquals("state COMMITTING lacks a part", error.getMessage());
    }

    @Test
    void health_ofEachKind_comesBack() {
        for (CapabilityHealth health : List.of(
                new CapabilityHealth.Ready(SEEN),
                new CapabilityHealth.Ready(SEEN, Map.of("k", "v")),
                new CapabilityHealth.Blocked("code", CauseClass.QUOTA, Actor.PLATFORM, SEEN, AT, "remedy"),
                new CapabilityHealth.Unknown("why", SEEN),
                new CapabilityHealth.Unknown("why"))) {
            assertEquals(health, HealthDoc.of(health).health());
        }
    }

    @Test
    void evidence_ofAJob_keepsTheNewest50() {
        JobDoc doc = job(false);
        for (int i = 0; i < 60; i++) {
            doc = doc.seen(new Evidence("s", AT, "c" + i, ""));
        }

        assertEquals(50, doc.evidence().size());
        assertEquals("c10", doc.evidence().get(0).code());
        assertEquals("c59", doc.evidence().get(49).code());
    }

    @Test
    void evidence_seenAgain_countsOnceWithTheNewerMoment() {
        Evidence again = new Evidence(SEEN.source(), AT.plusSeconds(5), SEEN.code(), SEEN.detail());

        JobDoc doc = job(false).seen(SEEN).seen(again);

        assertEquals(List.of(again), doc.evidence());
    }

    @Test
    void looks_startAgainWithAnotherPhaseOnly() {
        JobDoc doc = job(false);

        assertEquals(3, doc.moved(new PublishState.Accepted()).looks());
        assertEquals(0, doc.moved(new PublishState.Preparing()).looks());
    }
}
