package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.Attention;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Disconnect;
import io.linkspan.fake.FakeAdapter;
import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.Post;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.Meter;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import io.linkspan.webhook.WebhookRequest;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
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
        Publication seen = linkspan.publisher().find(FakeWorld.OWNER, bad.id()).orElseThrow();
        String why = "job " + job
                + " of tenant tenant cannot be read from byte 1 on: its payload was changed outside Linkspan; restore it";
        assertEquals(why, seen.jobs().get(0).unreadable().orElseThrow());
        assertFalse(seen.settled());
        assertTrue(seen.explain().toString().contains(why), () -> seen.explain().toString());
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

    /** One of two targets: the other one is seen, and stopped, as if nothing were wrong. */
    @Test
    void damagedJobOfAPublication_hidesNotTheOthers() {
        Linkspan linkspan = world.process();
        ConnectionId first = world.connect(linkspan);
        ConnectionId second = world.connect(linkspan, FakeWorld.OWNER, "account-2");
        Post post = FakeWorld.post(first).to(second);
        Publication both = linkspan.publisher().submit(FakeWorld.OWNER, "both", post);
        damage(RecordKind.JOB, both.jobs().get(0).id());

        Publication seen = world.work(linkspan, both, 10, Duration.ofMinutes(1));

        assertTrue(seen.jobs().get(0).unreadable().isPresent());
        assertTrue(seen.jobs().get(1).unreadable().isEmpty());
        assertEquals(Phase.PUBLISHED, seen.jobs().get(1).state().phase());
        assertEquals(
                seen.id(),
                linkspan.publisher().submit(FakeWorld.OWNER, "both", post).id());
        assertEquals(
                2,
                linkspan.publisher()
                        .cancel(FakeWorld.OWNER, both.id(), "asked")
                        .jobs()
                        .size());
    }

    private static PlatformAdapter otherPlatform() {
        FakeAdapter fake = new FakeAdapter(true);
        return (PlatformAdapter) Proxy.newProxyInstance(
                PlatformAdapter.class.getClassLoader(),
                new Class<?>[] {PlatformAdapter.class},
                (proxy, method, arguments) ->
                        method.getName().equals("platform") ? Platform.of("other") : method.invoke(fake, arguments));
    }

    /** Its connections are left out of the list, which is reported, and are among what needs attention. */
    @Test
    void connectionOfAPlatformThatIsNotConfigured_isShown() {
        ConnectionId hidden = world.connect(world.process());
        List<String> counted = new CopyOnWriteArrayList<>();
        Linkspan without = Linkspan.builder()
                .stores(world.stores())
                .keys(LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32])))
                .platform(otherPlatform())
                .transport(world.platform())
                .clock(world::now)
                .meter(new Meter() {
                    @Override
                    public void count(String name, Map<String, String> labels) {
                        counted.add(name + labels);
                    }

                    @Override
                    public void time(String name, Duration time, Map<String, String> labels) {}
                })
                .build();
        world.advance(Duration.ofHours(3));
        without.worker().runDue();

        assertEquals(List.of(), without.connections().list(FakeWorld.OWNER));
        assertTrue(counted.contains("linkspan.records.unreadable{kind=connection}"), counted::toString);
        Attention item = without.connections()
                .needingAttention(FakeWorld.OWNER.tenant(), "", 10)
                .items()
                .get(0);
        assertEquals(Optional.of(hidden), item.connection());
        assertTrue(item.reasons().get(0).toString().contains("which is not configured. Add it with"), item::toString);

        world.process().worker().runDue();
        assertEquals(
                List.of(),
                world.process()
                        .connections()
                        .needingAttention(FakeWorld.OWNER.tenant(), "", 10)
                        .items());
    }

    /** More than a store shows at once, of many accounts, and due before everything else. */
    @Test
    void thousandsOfDamagedJobs_holdUpNoOther() {
        Linkspan linkspan = world.process();
        ConnectionId connection = world.connect(linkspan);
        for (int i = 0; i < 2_500; i++) {
            world.stores()
                    .jobs()
                    .insert(StoredRecord.builder(FakeWorld.OWNER.tenant(), RecordKind.JOB, String.format("%032x", i))
                            .user(FakeWorld.OWNER.user())
                            .lookup("account " + i / 10)
                            .status("accepted")
                            .dueAt(world.now().minusSeconds(3600))
                            .payload("{edited".getBytes(StandardCharsets.UTF_8))
                            .build());
        }
        Publication good = submit(linkspan, "good", connection);

        assertEquals(Phase.PUBLISHED, phase(world.work(linkspan, good, 10, Duration.ofSeconds(5))));
    }

    @Test
    void thousandsOfDamagedConnections_holdUpNoOther() {
        Linkspan linkspan = world.process();
        ConnectionId good = world.connect(linkspan);
        for (int i = 0; i < 2_500; i++) {
            world.stores()
                    .tokens()
                    .insert(StoredRecord.builder(
                                    FakeWorld.OWNER.tenant(), RecordKind.CONNECTION, String.format("%032x", i))
                            .user("other")
                            .status("authorized")
                            .dueAt(world.now().minusSeconds(3600))
                            .payload("{edited".getBytes(StandardCharsets.UTF_8))
                            .build());
        }
        world.advance(Duration.ofHours(3)); // the access token of the good one is to be renewed

        for (int round = 0; round < 30; round++) {
            linkspan.worker().runDue();
            world.advance(Duration.ofSeconds(1));
        }

        assertEquals(1, world.platform().calls("fake.refresh"));
        assertEquals(good, linkspan.connections().list(FakeWorld.OWNER).get(0).id());
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
