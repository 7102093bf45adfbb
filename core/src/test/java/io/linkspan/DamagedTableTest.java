package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.Attention;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Disconnect;
import io.linkspan.fake.FakeAdapter;
import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordStore;
import io.linkspan.spi.StoredRecord;
import io.linkspan.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One damaged record, of each kind and damaged in each way, hides no other from any list, page, walk or due scan. */
class DamagedTableTest {
    /** Ways of damage: cut short, another type, nothing in it, a part missing, a name that cannot be, larger than any reader takes. */
    private static final List<String> WAYS = List.of(
            "{edited",
            "\"text\"",
            "null",
            "",
            "{}",
            "[]",
            "{\"format\":1,\"platform\":\"NOT A PLATFORM\",\"connection\":\"?\",\"state\":{\"phase\":\"COMMITTING\"}}",
            "{\"format\":1,\"platform\":\"" + "x".repeat(17 << 20) + "\"}",
            "[".repeat(200));

    private final FakeWorld world = new FakeWorld(true);
    private final Linkspan linkspan = world.process();

    static Stream<Arguments> damages() {
        return Stream.of(
                        RecordKind.CONNECTION,
                        RecordKind.ACCOUNT_LINK,
                        RecordKind.PUBLICATION,
                        RecordKind.JOB,
                        RecordKind.LANE,
                        RecordKind.PENDING_CONNECT,
                        RecordKind.UNWANTED_GRANT,
                        RecordKind.WEBHOOK_SEEN,
                        RecordKind.WORKER)
                .flatMap(kind ->
                        Stream.iterate(0, i -> i < WAYS.size(), i -> i + 1).map(way -> Arguments.of(kind, way)));
    }

    private RecordStore store(RecordKind kind) {
        return switch (kind) {
            case JOB, PUBLICATION, LANE, WORKER -> world.stores().jobs();
            default -> world.stores().tokens();
        };
    }

    private Publication submit(String key, ConnectionId connection) {
        return linkspan.publisher().submit(FakeWorld.OWNER, key, FakeWorld.post(connection, key));
    }

    /** A record of the kind that sorts before all others, belongs to the same owner and account, and is due. */
    private void plant(RecordKind kind, String payload) {
        StoredRecord.Builder planted = StoredRecord.builder(FakeWorld.OWNER.tenant(), kind, "0".repeat(32))
                .user(FakeWorld.OWNER.user())
                .dueAt(world.now())
                .payload(payload.getBytes(StandardCharsets.UTF_8));
        if (kind == RecordKind.CONNECTION) {
            planted.lookup(store(kind)
                    .page(FakeWorld.OWNER.tenant(), kind, FakeWorld.OWNER.user(), "", 1)
                    .get(0)
                    .lookup()
                    .orElseThrow());
        }
        assertTrue(store(kind).insert(planted.build()));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void damagedRecord_hidesNoOther(RecordKind kind, int way) {
        ConnectionId good = world.connect(linkspan);
        Publication before = submit("before", good);
        plant(kind, WAYS.get(way));

        assertEquals(1, linkspan.connections().list(FakeWorld.OWNER).size());
        assertEquals(
                200,
                linkspan.webhooks()
                        .receive(
                                FakeAdapter.PLATFORM,
                                WebhookRequest.of(
                                        Map.of("x-fake", "1"), "made account-1 c8 1".getBytes(StandardCharsets.UTF_8)))
                        .status());
        assertEquals(Phase.PUBLISHED, phase(world.work(linkspan, before, 10, Duration.ofMinutes(1))));
        assertEquals(Phase.PUBLISHED, phase(world.work(linkspan, submit("after", good), 10, Duration.ofMinutes(1))));
        attention(kind);
        linkspan.keyring().records();
        assertTrue(linkspan.keyring().rewrap(1000).complete());
        linkspan.recovery().afterRestore(world.now());
        linkspan.fleet();
        world.advance(Duration.ofDays(30));
        assertEquals(2, linkspan.retention().sweep(Duration.ofDays(7), 1000).publications());
        linkspan.connections().disconnect(FakeWorld.OWNER, good, Disconnect.everywhere("left"));
        linkspan.worker().runDue();
        assertTrue(
                linkspan.connections().history(FakeWorld.OWNER, good).stream()
                        .anyMatch(line -> line.action().startsWith("disconnect")),
                () -> linkspan.connections().history(FakeWorld.OWNER, good).toString());
    }

    /** What an operator has to restore is among what needs attention. */
    private void attention(RecordKind kind) {
        List<Attention> items = linkspan.connections()
                .needingAttention(FakeWorld.OWNER.tenant(), "", 100)
                .items();
        boolean listed = kind == RecordKind.CONNECTION || kind == RecordKind.ACCOUNT_LINK;
        assertEquals(
                listed ? List.of("unreadable") : List.of(),
                items.stream()
                        .flatMap(item -> item.reasons().stream())
                        .map(Attention.Reason::code)
                        .toList());
    }

    private static Phase phase(Publication publication) {
        return publication.jobs().get(0).state().phase();
    }

    @Test
    void damagedJob_keepsNoOtherOfItsPublicationFromBeingStopped() {
        ConnectionId one = world.connect(linkspan);
        ConnectionId other = world.connect(linkspan, FakeWorld.OWNER, "account-2");
        Publication both = linkspan.publisher()
                .submit(FakeWorld.OWNER, "both", FakeWorld.post(one, "both").to(other));
        StoredRecord first = world.stores()
                .jobs()
                .find(
                        FakeWorld.OWNER.tenant(),
                        RecordKind.JOB,
                        both.jobs().get(0).id())
                .orElseThrow();
        assertTrue(
                world.stores().jobs().replace(first.next().payload(new byte[0]).build()));

        Publication stopped = linkspan.publisher().cancel(FakeWorld.OWNER, both.id(), "mistake");

        assertTrue(stopped.jobs().get(0).unreadable().isPresent());

        assertEquals(
                "cancelled",
                world.stores()
                        .jobs()
                        .find(
                                FakeWorld.OWNER.tenant(),
                                RecordKind.JOB,
                                both.jobs().get(1).id())
                        .orElseThrow()
                        .status());
    }

    @Test
    void damagedLineOfHistory_saysSoInItsPlace() {
        ConnectionId good = world.connect(linkspan);
        int lines = linkspan.connections().history(FakeWorld.OWNER, good).size();
        world.stores()
                .tokens()
                .appendHistory(new io.linkspan.spi.HistoryRecord(
                        FakeWorld.OWNER.tenant(), good.value(), 900, world.now(), "{edited"));
        List<String> actions = new ArrayList<>();
        linkspan.connections().history(FakeWorld.OWNER, good).forEach(line -> actions.add(line.action()));
        assertEquals(lines + 1, actions.size());
        assertEquals("unreadable", actions.get(lines));
    }
}
