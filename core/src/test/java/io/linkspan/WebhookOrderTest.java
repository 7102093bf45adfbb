package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Sides;
import io.linkspan.fake.FakeAdapter;
import io.linkspan.fake.FakeWorld;
import io.linkspan.fake.Faults;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.PublishState;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordStore;
import io.linkspan.spi.StoredRecord;
import io.linkspan.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Signed messages in any order, with any repeats, alone and in batches: one state in the end. */
class WebhookOrderTest {
    private static final long SEED = 20_261_121;
    private static final int ORDERS = 5_000;
    private static final String ACCOUNT = "account-1";

    private final FakeWorld world = new FakeWorld();
    private final Linkspan first = world.process();
    private final ConnectionId connection = world.connect(first);
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");

    private void advance(Duration by) {
        world.advance(by);
        now = now.plus(by);
    }

    /** The stores as they are, so that each order starts from the same state. */
    private static final class Snapshot {
        private final List<StoredRecord> tokens = new ArrayList<>();
        private final List<StoredRecord> jobs = new ArrayList<>();

        Snapshot(InMemoryStores stores) {
            for (RecordKind kind : RecordKind.values()) {
                tokens.addAll(all(stores.tokens(), kind));
                jobs.addAll(all(stores.jobs(), kind));
            }
        }

        private static List<StoredRecord> all(RecordStore store, RecordKind kind) {
            return store.page(FakeWorld.OWNER.tenant(), kind, FakeWorld.OWNER.user(), "", 1000);
        }

        InMemoryStores copy() {
            InMemoryStores stores = InMemoryStores.create();
            tokens.forEach(record -> stores.tokens().insert(fresh(record)));
            jobs.forEach(record -> stores.jobs().insert(fresh(record)));
            return stores;
        }

        private static StoredRecord fresh(StoredRecord record) {
            return StoredRecord.builder(record.tenant(), record.kind(), record.id())
                    .user(record.user())
                    .uniqueKey(record.uniqueKey().orElse(null))
                    .lookup(record.lookup().orElse(null))
                    .status(record.status())
                    .dueAt(record.dueAt().orElse(null))
                    .payload(record.payload())
                    .build();
        }
    }

    private Linkspan over(InMemoryStores stores, long seed) {
        return Linkspan.builder()
                .stores(stores)
                .keys(LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32])))
                .platform(new FakeAdapter(false))
                .transport(world.platform())
                .clock(() -> now)
                .random(new Random(seed))
                .retryBase(Duration.ofMillis(1))
                .build();
    }

    private static void send(Linkspan linkspan, List<String> events) {
        byte[] body = String.join("\n", events).getBytes(StandardCharsets.UTF_8);
        assertEquals(
                200,
                linkspan.webhooks()
                        .receive(FakeAdapter.PLATFORM, WebhookRequest.of(Map.of("x-fake", "1"), body))
                        .status());
    }

    /** Every event at least once, some again, in one order; some alone, some in batches, with work in between or not. */
    private static void deliver(Linkspan linkspan, List<String> events, Random random) {
        List<String> order = new ArrayList<>(events);
        for (int i = random.nextInt(events.size() + 1); i > 0; i--) {
            order.add(events.get(random.nextInt(events.size())));
        }
        Collections.shuffle(order, random);
        int at = 0;
        while (at < order.size()) {
            int end = Math.min(order.size(), at + 1 + random.nextInt(3));
            send(linkspan, order.subList(at, end));
            at = end;
            if (random.nextInt(3) == 0) {
                linkspan.worker().runDue();
            }
        }
        linkspan.worker().runDue();
    }

    @Test
    void removals_inFiveThousandOrders_endInOneState() {
        first.worker().runDue();
        advance(Duration.ofHours(1));
        long linkedAt = now.minus(Duration.ofHours(1)).getEpochSecond();
        long at = now.getEpochSecond();
        world.platform().removeApp();
        List<String> events = List.of(
                "removed " + ACCOUNT + " " + (linkedAt - 60) + " stale",
                "removed " + ACCOUNT + " " + at + " 1",
                "removed " + ACCOUNT + " " + (at + 1) + " 1",
                "removed somebody-else " + at + " 1",
                "moved " + ACCOUNT + " c99 1",
                "moved somebody-else c1 1",
                "other");
        Snapshot start = new Snapshot(world.stores());
        Set<Object> ends = new HashSet<>();
        for (int i = 0; i < ORDERS; i++) {
            Linkspan linkspan = over(start.copy(), i);
            deliver(linkspan, events, new Random(SEED + i));
            ConnectionStatus status = linkspan.connections()
                    .find(FakeWorld.OWNER, connection)
                    .orElseThrow()
                    .status();
            ends.add(status.kind() + " " + status.describe().replaceAll("at \\d.*", ""));
        }

        assertEquals(1, ends.size(), () -> "seed " + SEED + ": " + ends);
        assertTrue(ends.toString().contains(ConnectionStatus.Kind.REVOKED.name()), ends::toString);
    }

    @Test
    void handleEventsAndDisprovedRemovals_inFiveThousandOrders_endInOneState() {
        Linkspan lossy = world.process(new Faults(world.platform(), "fake.commit", 0, 1, Faults.Kind.LOST_WITH_EFFECT));
        PublicationId publication = lossy.publisher()
                .submit(FakeWorld.OWNER, "post-1", FakeWorld.post(connection))
                .id();
        // the answer of the commit is lost, so that the job is in doubt
        for (int round = 0; round < 5 && world.platform().posts() == 0; round++) {
            lossy.worker().runDue();
            advance(Duration.ofSeconds(1));
        }
        assertEquals(1, world.platform().posts());
        long at = now.getEpochSecond();
        List<String> events = List.of(
                "moved " + ACCOUNT + " c1 1",
                "moved " + ACCOUNT + " c1 2",
                "moved " + ACCOUNT + " c2 1",
                "moved somebody-else c1 1",
                "removed " + ACCOUNT + " " + (at - 3_600) + " stale",
                "removed " + ACCOUNT + " " + at + " 1",
                "other");
        Snapshot start = new Snapshot(world.stores());
        Set<Object> ends = new HashSet<>();
        for (int i = 0; i < ORDERS; i++) {
            Linkspan linkspan = over(start.copy(), i);
            deliver(linkspan, events, new Random(SEED + i));
            var job = linkspan.publisher()
                    .find(FakeWorld.OWNER, publication)
                    .orElseThrow()
                    .jobs()
                    .get(0);
            PublishState.Phase phase = job.state().phase();
            ConnectionStatus.Kind kind = linkspan.connections()
                    .find(FakeWorld.OWNER, connection)
                    .orElseThrow()
                    .status()
                    .kind();
            ends.add(phase + " " + kind);
        }

        assertEquals(Set.of("PUBLISHED AUTHORIZED"), ends, "seed " + SEED);
        assertEquals(1, world.platform().posts());
    }

    private Sides sides(Linkspan linkspan) {
        return ((ConnectionStatus.Revoked) linkspan.connections()
                        .find(FakeWorld.OWNER, connection)
                        .orElseThrow()
                        .status())
                .sides();
    }

    @Test
    void removal_fromBeforeTheLink_changesNothing() {
        first.worker().runDue();

        send(first, List.of("removed " + ACCOUNT + " " + (now.getEpochSecond() - 60) + " 1"));
        first.worker().runDue();

        assertEquals(
                ConnectionStatus.Kind.AUTHORIZED,
                world.connection(first).status().kind());
    }

    @Test
    void removal_whilePlatformCannotBeAsked_isSettledWhenItCan() {
        first.worker().runDue();
        world.platform().removeApp();
        Linkspan cutOff = world.process(call -> new io.linkspan.spi.HttpResult.NotSent("refused"));
        send(cutOff, List.of("removed " + ACCOUNT + " " + now.getEpochSecond() + " 1"));
        assertEquals(
                ConnectionStatus.Kind.AUTHORIZED,
                world.connection(cutOff).status().kind());

        advance(Duration.ofMinutes(11));
        Linkspan back = world.process();
        back.worker().runDue();

        assertEquals(Sides.Grant.REMOVED_BY_PERSON, sides(back).grant());
    }

    @Test
    void removal_notDisprovedWithinTheGrace_erasesTheTokens() {
        first.worker().runDue();
        Linkspan cutOff = world.process(call -> new io.linkspan.spi.HttpResult.NotSent("refused"));
        send(cutOff, List.of("removed " + ACCOUNT + " " + now.getEpochSecond() + " 1"));
        for (int hour = 0; hour < 23; hour++) {
            advance(Duration.ofHours(1));
            cutOff.worker().runDue();
        }
        assertTrue(world.connection(cutOff).status().kind() != ConnectionStatus.Kind.REVOKED);

        advance(Duration.ofHours(2));
        cutOff.worker().runDue();

        assertEquals(Sides.Local.WIPED, sides(cutOff).local());
    }

    @Test
    void removal_disprovedForADay_isForgotten() {
        first.worker().runDue();
        send(first, List.of("removed " + ACCOUNT + " " + now.getEpochSecond() + " 1"));
        for (int hour = 0; hour < 30; hour++) {
            advance(Duration.ofHours(1));
            first.worker().runDue();
        }

        assertEquals(
                ConnectionStatus.Kind.AUTHORIZED,
                world.connection(first).status().kind());
        assertTrue(first.connections().history(FakeWorld.OWNER, connection).stream()
                .anyMatch(line -> line.action().equals("removal_not_confirmed")));
    }
}
