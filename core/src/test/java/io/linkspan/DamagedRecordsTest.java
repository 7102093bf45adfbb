package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Disconnect;
import io.linkspan.fake.FakeAdapter;
import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import io.linkspan.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records that somebody edited, or whose key is gone: each is named with a remedy, and everything else goes on. */
class DamagedRecordsTest {
    private final FakeWorld world = new FakeWorld(true);

    private Publication submit(Linkspan linkspan, String key, ConnectionId connection) {
        return linkspan.publisher().submit(FakeWorld.OWNER, key, FakeWorld.post(connection, key));
    }

    private void damage(RecordKind kind, String id) {
        var store = kind == RecordKind.CONNECTION
                ? world.stores().tokens()
                : world.stores().jobs();
        StoredRecord record = store.find(FakeWorld.OWNER.tenant(), kind, id).orElseThrow();
        assertTrue(store.replace(edited(record)));
    }

    private static StoredRecord edited(StoredRecord record) {
        return record.next().payload("{edited".getBytes(StandardCharsets.UTF_8)).build();
    }

    private static Phase phase(Publication publication) {
        return publication.jobs().get(0).state().phase();
    }

    @Test
    void damagedJob_isNamedAndHarmsNoOtherOfItsConnection() {
        Linkspan linkspan = world.process();
        ConnectionId connection = world.connect(linkspan);
        Publication bad = submit(linkspan, "bad", connection);
        Publication good = submit(linkspan, "good", connection);
        String job = bad.jobs().get(0).id();
        damage(RecordKind.JOB, job);

        assertEquals(Phase.PUBLISHED, phase(world.work(linkspan, good, 10, Duration.ofMinutes(1))));
        UnreadableRecordException unread = assertThrows(
                UnreadableRecordException.class, () -> linkspan.publisher().find(FakeWorld.OWNER, bad.id()));
        assertEquals(
                "job " + job
                        + " of tenant tenant cannot be read from byte 1 on: its payload was changed outside Linkspan; restore it",
                unread.getMessage());
        assertEquals(
                200,
                linkspan.webhooks()
                        .receive(
                                FakeAdapter.PLATFORM,
                                WebhookRequest.of(
                                        Map.of("x-fake", "1"),
                                        "moved account-1 c9 1\nmade account-1 c8 1".getBytes(StandardCharsets.UTF_8)))
                        .status());

        linkspan.connections().disconnect(FakeWorld.OWNER, connection, Disconnect.everywhere("left"));
        linkspan.worker().runDue();
        assertEquals(
                ConnectionStatus.Kind.REVOKED,
                world.connection(linkspan).status().kind());
    }

    @Test
    void damagedConnection_isNamedAndHarmsNoOther() {
        Linkspan linkspan = world.process();
        ConnectionId bad = world.connect(linkspan);
        ConnectionId good = world.connect(linkspan, FakeWorld.OWNER, "account-2");
        Publication ofBad = submit(linkspan, "bad", bad);
        Publication ofGood = submit(linkspan, "good", good);
        damage(RecordKind.CONNECTION, bad.value());

        assertEquals(Phase.PUBLISHED, phase(world.work(linkspan, ofGood, 10, Duration.ofMinutes(1))));
        assertEquals(
                Phase.ACCEPTED,
                phase(linkspan.publisher().find(FakeWorld.OWNER, ofBad.id()).orElseThrow()));
        String message = String.valueOf(assertThrows(
                        UnreadableRecordException.class,
                        () -> linkspan.connections().find(FakeWorld.OWNER, bad))
                .getMessage());
        assertTrue(message.contains(bad.value()) && message.contains("restore it"), message);
    }

    @Test
    void damagedLane_holdsUpNoOtherConnection() {
        Linkspan linkspan = world.process();
        ConnectionId bad = world.connect(linkspan);
        ConnectionId good = world.connect(linkspan, FakeWorld.OWNER, "account-2");
        world.work(linkspan, submit(linkspan, "before", bad), 10, Duration.ofMinutes(1));
        Publication ofBad = submit(linkspan, "bad", bad);
        damage(RecordKind.LANE, bad.value());

        String message =
                String.valueOf(assertThrows(UnreadableRecordException.class, () -> submit(linkspan, "more", bad))
                        .getMessage());
        assertTrue(message.startsWith("lane " + bad.value() + " of tenant tenant cannot be read"), message);
        assertEquals(
                Phase.PUBLISHED,
                phase(world.work(linkspan, submit(linkspan, "good", good), 10, Duration.ofMinutes(1))));
        assertEquals(
                Phase.ACCEPTED,
                phase(linkspan.publisher().find(FakeWorld.OWNER, ofBad.id()).orElseThrow()));
        assertEquals(2, world.platform().posts(), "nothing is sent without the right to send");
    }

    @Test
    void damagedWorkerRecord_hidesNoOtherWorker() {
        Linkspan first = world.process();
        Linkspan second = world.process();
        try {
            first.worker().start();
            String known = world.stores()
                    .jobs()
                    .page(new TenantId("linkspan.fleet"), RecordKind.WORKER, "worker", "", 10)
                    .get(0)
                    .id();
            second.worker().start();
            StoredRecord record = world.stores()
                    .jobs()
                    .find(new TenantId("linkspan.fleet"), RecordKind.WORKER, known)
                    .orElseThrow();
            assertTrue(world.stores().jobs().replace(edited(record)));

            assertEquals(1, second.fleet().workers().size());
        } finally {
            first.worker().close();
            second.worker().close();
        }
    }

    @Test
    void tokensOfALostKey_letTheirJobWaitAndHarmNoOther() {
        Linkspan before = world.process();
        ConnectionId old = world.connect(before);
        Publication ofOld = submit(before, "old", old);
        world.withKeys(LocalKeys.of("new", Map.of("new", Base64.getEncoder().encodeToString(new byte[32]))));
        Linkspan after = world.process();
        ConnectionId fresh = world.connect(after, FakeWorld.OWNER, "account-2");

        Publication ofFresh = submit(after, "fresh", fresh);

        assertEquals(Phase.PUBLISHED, phase(world.work(after, ofFresh, 10, Duration.ofMinutes(1))));
        Publication waiting =
                after.publisher().find(FakeWorld.OWNER, ofOld.id()).orElseThrow();
        String explained = waiting.explain().toText()
                + after.connections().find(FakeWorld.OWNER, old).orElseThrow().explain();
        assertTrue(explained.contains("unreadable_tokens"), explained);
        assertEquals(1, world.platform().posts());
    }
}
