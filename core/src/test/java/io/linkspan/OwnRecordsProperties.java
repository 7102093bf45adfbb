package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Evidence;
import io.linkspan.fake.Crashes;
import io.linkspan.fake.FakeAdapter;
import io.linkspan.fake.FakeWorld;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.wire.AnswerDoc;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.internal.wire.RevokeDoc;
import io.linkspan.publish.Post;
import io.linkspan.publish.PostRefusedException;
import io.linkspan.publish.Publication;
import io.linkspan.spi.Actor;
import io.linkspan.spi.Cause;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordScan;
import io.linkspan.spi.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Whatever is accepted can be kept in 1 MiB, read, listed, swept and explained; what cannot be kept is refused at submit. */
class OwnRecordsProperties {
    private static final int COLUMN = 1 << 20;
    private static final List<String> SIGNS = List.of("a", "\"", "\\", "\n", "\u00e4", "\u6f22", "\ud83c\udfac");
    private static final int TARGETS = 200;

    private static String of(String sign, int length) {
        return sign.repeat(Math.max(1, length / sign.length()));
    }

    private FakeWorld world = new FakeWorld();
    private Linkspan linkspan = world.process();
    private final List<ConnectionId> connections = new ArrayList<>();

    private void connect(int count) {
        world = new FakeWorld();
        linkspan = world.process();
        connections.clear();
        while (connections.size() < count) {
            connections.add(world.connect(linkspan, FakeWorld.OWNER, "account-" + (1000 + connections.size())));
        }
    }

    private Post post(int targets, String sign, int caption, int options, int waivers) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < options; i++) {
            values.put("option" + i, of(sign, 8 * 1024));
        }
        Post post = FakeWorld.post(connections.get(0), of(sign, caption)).options(FakeAdapter.PLATFORM, values);
        for (int i = 1; i < targets; i++) {
            post = post.to(connections.get(i));
        }
        for (int i = 0; i < waivers; i++) {
            post = post.waive("rule." + i, "r" + of(sign, 498));
        }
        return post;
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void accepted_canBeReadListedSweptAndExplained(
            @ForAll @IntRange(min = 1, max = 25) int targets,
            @ForAll @IntRange(min = 0, max = 6) int sign,
            @ForAll @IntRange(min = 1, max = 64 * 1024) int caption,
            @ForAll @IntRange(min = 0, max = 40) int options,
            @ForAll @IntRange(min = 0, max = 100) int waivers) {
        connect(targets);
        lives(post(targets, SIGNS.get(sign), caption, options, waivers));
    }

    /** The post that was accepted and never published: many targets with an ordinary caption. */
    @Example
    void manyTargets_areKeptOrRefused() {
        connect(TARGETS);
        lives(post(145, "a", 2200, 0, 0));
        connect(TARGETS);
        lives(post(TARGETS, "\u6f22", 2200, 0, 0));
    }

    private void lives(Post post) {
        String key = "key-" + world.now() + "-" + post.targets().size() + "-"
                + world.platform().posts();
        boolean acceptable = linkspan.publisher().preview(FakeWorld.OWNER, post).acceptable();
        Publication accepted;
        try {
            accepted = linkspan.publisher().submit(FakeWorld.OWNER, key, post);
        } catch (PostRefusedException e) {
            assertFalse(acceptable, "the preview says the same");
            assertTrue(String.valueOf(e.getMessage()).contains("linkspan.size: "), e.getMessage());
            assertTrue(String.valueOf(e.getMessage()).contains("at most "), e.getMessage());
            return;
        }
        assertTrue(acceptable, "the preview says the same");
        Publication after = world.work(linkspan, accepted, 10, Duration.ofMinutes(1));
        assertTrue(after.settled(), () -> after.explain().toText());
        assertTrue(after.explain().toText().contains(after.jobs().get(0).account()));
        allFit();
        world.advance(Duration.ofDays(30));
        assertEquals(1, linkspan.retention().sweep(Duration.ofDays(7), 10_000).publications());
    }

    private void allFit() {
        for (RecordKind kind : List.of(RecordKind.PUBLICATION, RecordKind.JOB)) {
            for (StoredRecord record : ((RecordScan) world.stores().jobs()).scan(kind, null, 1_000)) {
                assertTrue(record.payload().length < COLUMN, () -> record + " " + record.payload().length);
            }
        }
    }

    private static Evidence longest(int number) {
        String text = of("\u6f22", 3000);
        return new Evidence(
                text,
                Instant.EPOCH,
                text,
                number + text,
                new Cause(text, CauseClass.UNKNOWN, text, text, Actor.PLATFORM, text));
    }

    /** The observations of a long life, each of them as long as it can be. */
    @Example
    void evidence_doesNotGrowWithoutBound() {
        connect(1);
        Publication submitted = linkspan.publisher()
                .submit(FakeWorld.OWNER, "long", FakeWorld.post(connections.get(0), of("\u6f22", 60_000)));
        StoredRecord record = world.stores()
                .jobs()
                .find(
                        FakeWorld.OWNER.tenant(),
                        RecordKind.JOB,
                        submitted.jobs().get(0).id())
                .orElseThrow();
        JobDoc job = Json.read(record.payload(), JobDoc.class);
        RevokeDoc revoke = new RevokeDoc(Instant.EPOCH, "r", true, false, false, 0, null, List.of(), false, null, null);
        for (int i = 0; i < 500; i++) {
            job = job.seen(longest(i));
            revoke = revoke.seen(longest(i));
        }
        assertEquals(50, job.evidence().size());
        assertTrue(Json.write(job).length < COLUMN, () -> "job");
        assertTrue(Json.write(revoke).length < 600_000, () -> "revoke");
        assertEquals(job, Json.read(Json.write(job), JobDoc.class));
    }

    /** The largest answer, of each sign, is kept in a form that can be read back. */
    @Example
    void keptAnswer_isBounded() {
        for (String sign : List.of("a", "\"", "\0", "\u6f22", "\ud83c\udfac", "\u0007")) {
            byte[] body = of(sign, 1 << 20).getBytes(StandardCharsets.UTF_8);
            byte[] kept = Json.write(AnswerDoc.of(new HttpResult.Answered(502, Map.of(), body)));
            assertTrue(kept.length < 300_000, () -> kept.length + " bytes");
            assertEquals(502, Json.read(kept, AnswerDoc.class).answer().status());
        }
        String tokens = "{\"access_token\":\"" + "x".repeat(8192) + "\",\n\t\"refresh_token\":\"\u00e4\"}";
        assertEquals(
                tokens,
                AnswerDoc.of(new HttpResult.Answered(200, Map.of(), tokens.getBytes(StandardCharsets.UTF_8)))
                        .body());
    }

    /** A renewal is answered by an error page of 300 KB, and the process is killed at each point. */
    @Example
    void hugeErrorPageAndAKill_leaveTheConnectionUsable() {
        int points = 24;
        for (int point = 0; point < points; point++) {
            FakeWorld own = new FakeWorld();
            ConnectionId id = own.connect(own.process());
            own.advance(Duration.ofHours(2));
            own.platform().refuses("fake.refresh", "<html>" + "x\u0000\"".repeat(100_000));
            try {
                own.process(new Crashes(point)).worker().runDue();
            } catch (Crashes.Crash e) {
                // as meant
            }
            own.platform().refuses("fake.refresh", null);
            own.advance(Duration.ofMinutes(10)); // past the lease of the node that is gone
            Linkspan next = own.process();
            assertEquals(1, next.connections().list(FakeWorld.OWNER).size(), "point " + point);
            for (int round = 0; round < 10; round++) {
                next.worker().runDue();
                own.advance(Duration.ofMinutes(10));
            }
            String explained = "point " + point + "\n"
                    + next.connections().explain(FakeWorld.OWNER, id).toText();
            assertEquals(
                    ConnectionStatus.Kind.AUTHORIZED,
                    own.connection(next).status().kind(),
                    explained);
            assertTrue(explained.length() < 20_000, explained);
        }
    }

    /** What could not be read back is not written, and says so. */
    @Example
    void recordThatCouldNotBeReadBack_isNotWritten() {
        String message = String.valueOf(assertThrows(
                        StoreException.class, () -> Json.write(List.of("x".repeat(Json.MOST_BYTES))))
                .getMessage());
        assertTrue(message.contains("nothing was changed"), message);
        assertTrue(message.length() < 300, message);
    }
}
