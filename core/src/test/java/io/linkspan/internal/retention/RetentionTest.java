package io.linkspan.internal.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.InMemoryStores;
import io.linkspan.Retention;
import io.linkspan.Retention.Swept;
import io.linkspan.TenantId;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.internal.wire.MediaDoc;
import io.linkspan.internal.wire.PublicationDoc;
import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.publish.PublishState;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.MediaPart;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {
    private static final TenantId TENANT = new TenantId("harbour");
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Duration AGE = Duration.ofDays(90);
    private static final Instant OLD = NOW.minus(AGE).minusMillis(1);
    private static final Instant YOUNG = NOW.minus(AGE);

    private final InMemoryStores stores = InMemoryStores.create();
    private final Retention retention = new DefaultRetention(stores.tokens(), stores.jobs(), () -> NOW);

    private static JobDoc job(Instant at, PublishState state) {
        return JobDoc.accepted(
                        "publication",
                        "mira",
                        "0".repeat(32),
                        "fake",
                        "app",
                        "@h",
                        new PublishContent(
                                PublishContent.Kind.VIDEO,
                                "caption",
                                List.of(new MediaPart(
                                        MediaPart.Role.ITEM, MediaPart.Type.VIDEO, "video/mp4", 5, Map.of())),
                                Map.of()),
                        List.of(new MediaDoc("stored", "clip", 5, "sha", "tail")),
                        null,
                        null,
                        List.of(new Evidence("linkspan.submit", at, "accepted", "")))
                .moved(state);
    }

    private static JobDoc published(Instant at) {
        return job(at, new PublishState.Published("post", null, at));
    }

    private void publication(String id, JobDoc... jobs) {
        PublicationDoc doc = new PublicationDoc(
                1, "key of " + id, "digest", "request", Instant.EPOCH, null, List.of(), List.of(jobs));
        insert(StoredRecord.builder(TENANT, RecordKind.PUBLICATION, id)
                .uniqueKey("key of " + id)
                .payload(Json.write(doc)));
        for (int i = 0; i < jobs.length; i++) {
            insert(StoredRecord.builder(TENANT, RecordKind.JOB, id + "-" + (i + 1))
                    .payload(Json.write(jobs[i])));
        }
    }

    private void insert(StoredRecord.Builder record) {
        assertTrue(stores.jobs().insert(record.build()));
    }

    private boolean has(RecordKind kind, String id) {
        return stores.jobs().find(TENANT, kind, id).isPresent();
    }

    @Test
    void oldPublication_goesWithItsJobsAndItsKey() {
        publication("old", published(OLD), job(OLD, new PublishState.Expired(OLD)));
        publication("young", published(OLD), published(YOUNG));

        assertEquals(new Swept(1, 2, 0, true), retention.sweep(AGE, 1_000));

        assertFalse(has(RecordKind.PUBLICATION, "old"));
        assertFalse(has(RecordKind.JOB, "old-1"));
        assertFalse(has(RecordKind.JOB, "old-2"));
        assertTrue(stores.jobs()
                .findByKey(TENANT, RecordKind.PUBLICATION, "key of old")
                .isEmpty());
        assertTrue(has(RecordKind.PUBLICATION, "young"));
        assertTrue(has(RecordKind.JOB, "young-1"));
        assertEquals(new Swept(0, 0, 0, true), retention.sweep(AGE, 1_000));
    }

    @Test
    void publicationWithAJobInDoubt_staysWithItsKey() {
        publication("doubt", published(OLD), job(OLD, new PublishState.InDoubt("h", OLD, "why")));
        publication("decide", published(OLD), job(OLD, new PublishState.AwaitingDecision("h", OLD, "why")));

        assertEquals(new Swept(0, 0, 0, true), retention.sweep(AGE, 1_000));
        assertTrue(stores.jobs()
                .findByKey(TENANT, RecordKind.PUBLICATION, "key of doubt")
                .isPresent());
    }

    @Test
    void jobWithSomethingLeftToTell_staysWithItsPublication() {
        publication("told", published(OLD));
        StoredRecord job = stores.jobs().find(TENANT, RecordKind.JOB, "told-1").orElseThrow();
        assertTrue(stores.jobs().replace(job.next().dueAt(NOW).build()));

        assertEquals(new Swept(0, 0, 0, true), retention.sweep(AGE, 1_000));
    }

    @Test
    void publicationWhoseJobsAreNotMadeYet_stays() {
        PublicationDoc doc =
                new PublicationDoc(1, "key", "digest", "request", OLD, null, List.of(), List.of(published(OLD)));
        insert(StoredRecord.builder(TENANT, RecordKind.PUBLICATION, "fresh")
                .dueAt(OLD)
                .payload(Json.write(doc)));

        assertEquals(new Swept(0, 0, 0, true), retention.sweep(AGE, 1_000));
    }

    @Test
    void jobsLeftByACrash_areFound() {
        publication("crashed", published(OLD), published(OLD));
        assertTrue(stores.jobs()
                .delete(stores.jobs()
                        .find(TENANT, RecordKind.PUBLICATION, "crashed")
                        .orElseThrow()));

        assertEquals(new Swept(0, 2, 0, true), retention.sweep(AGE, 1_000));
    }

    @Test
    void rowThatCannotBeRead_staysAndHoldsUpNoOther() {
        insert(StoredRecord.builder(TENANT, RecordKind.PUBLICATION, "a-edited")
                .payload("not json".getBytes(StandardCharsets.UTF_8)));
        insert(StoredRecord.builder(TENANT, RecordKind.JOB, "a-edited-1")
                .payload("not json".getBytes(StandardCharsets.UTF_8)));
        publication("old", published(OLD));

        assertEquals(new Swept(1, 1, 0, true), retention.sweep(AGE, 1_000));
        assertTrue(has(RecordKind.PUBLICATION, "a-edited"));
    }

    @Test
    void limit_goesOnWhereTheLastCallEnded() {
        for (int i = 0; i < 5; i++) {
            publication("old-" + i, published(OLD));
        }

        assertEquals(new Swept(2, 2, 0, false), retention.sweep(AGE, 2));
        assertEquals(new Swept(2, 2, 0, false), retention.sweep(AGE, 2));
        assertEquals(new Swept(1, 1, 0, true), retention.sweep(AGE, 2));
    }

    @ParameterizedTest
    @CsvSource({
        "WIPED, REVOKED_VERIFIED, 1",
        "WIPED, REMOVED_BY_PERSON, 1",
        "WIPED, KEPT_BY_POLICY, 1",
        "WIPED, REVOKE_REQUESTED, 0",
        "WIPED, ACTIVE, 0",
        "REVOKE_ONLY, REVOKED_UNVERIFIED, 0",
        "HELD, ACTIVE, 0"
    })
    void history_goesOnlyOnceTokensAndGrantAreSettled(Sides.Local local, Sides.Grant grant, int removed)
            throws Exception {
        connection(local, grant);
        stores.tokens().appendHistory(new HistoryRecord(TENANT, "connection", 1, OLD, "{}"));
        stores.tokens().appendHistory(new HistoryRecord(TENANT, "connection", 2, YOUNG, "{}"));

        assertEquals(new Swept(0, 0, removed, true), retention.sweep(AGE, 1_000));
        assertEquals(
                2 - removed,
                stores.tokens().history(TENANT, "connection", 0, 10).size());
    }

    /** A connection as a release wrote it, with other sides. */
    private void connection(Sides.Local local, Sides.Grant grant) throws Exception {
        Path golden = Path.of("src/test/resources/golden/0.1/io.linkspan.internal.wire.ConnectionDoc-2.json");
        ObjectNode doc = (ObjectNode) Json.read(Files.readAllBytes(golden));
        ObjectNode sides = (ObjectNode) doc.get("sides");
        sides.put("local", local.name());
        sides.put("grant", grant.name());
        assertTrue(stores.tokens()
                .insert(StoredRecord.builder(TENANT, RecordKind.CONNECTION, "connection")
                        .payload(Json.write(doc))
                        .build()));
    }

    @Test
    void ageBelowAWeek_isRefused() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> retention.sweep(Duration.ofDays(6), 1));
        assertEquals("age must be 7 days or more, was PT144H", refused.getMessage());
    }
}
