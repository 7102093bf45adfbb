package io.linkspan.internal.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.InMemoryStores;
import io.linkspan.LocalKeys;
import io.linkspan.TenantId;
import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.Settings;
import io.linkspan.internal.crypto.Vault;
import io.linkspan.internal.http.Caller;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.HandleDoc;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.internal.wire.MediaDoc;
import io.linkspan.publish.Failure;
import io.linkspan.publish.PublishState;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.Handle;
import io.linkspan.spi.MediaPart;
import io.linkspan.spi.PublishContent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Every answer that can come late, to a job in every state that it may have reached meanwhile. */
class LateAnswerTest {
    private static final Instant SENT = Instant.parse("2026-11-30T10:00:00Z");
    private static final Instant NOW = SENT.plusSeconds(1_200);
    private static final TenantId TENANT = new TenantId("tenant");
    private static final Evidence SEEN = new Evidence("fake.commit", SENT, "late", "an answer that came late");
    private static final Set<Phase> DOUBTED =
            EnumSet.of(Phase.COMMITTING, Phase.CONFIRMING, Phase.IN_DOUBT, Phase.AWAITING_DECISION);

    private final InMemoryStores stores = InMemoryStores.create(() -> NOW);
    private final Kernel kernel = new Kernel(
            stores.tokens(),
            stores.jobs(),
            new Vault(LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32]))),
            new Caller(call -> null, Duration.ofMillis(1)),
            Map.of(),
            null,
            List.of(),
            () -> NOW,
            new Random(1),
            Settings.defaults("node"));
    private final JobRepository jobs = new JobRepository(kernel);
    private final LateAnswer late =
            new LateAnswer(kernel, jobs, new Lanes(kernel), new Moves(jobs, new MediaFiles(kernel)));

    /** Whose attempt the job is about by now. */
    enum Attempt {
        /** The one that was sent. */
        SAME,
        /** None yet, after a dead handle or a person's word. */
        NONE,
        /** Another one that was not committed. */
        OTHER,
        /** Another one that was committed too. */
        OTHER_COMMITTED
    }

    private static PublishState state(Phase phase, String handle) {
        return switch (phase) {
            case ACCEPTED -> new PublishState.Accepted();
            case PREPARING -> new PublishState.Preparing();
            case PREPARED -> new PublishState.Prepared(handle);
            case COMMITTING -> new PublishState.Committing(handle, SENT);
            case CONFIRMING -> new PublishState.Confirming(handle, SENT);
            case IN_DOUBT -> new PublishState.InDoubt(handle, SENT, "paused");
            case AWAITING_DECISION -> new PublishState.AwaitingDecision(handle, SENT, "quiet");
            case DELIVERED -> new PublishState.Delivered("Open the app.", SENT);
            case PUBLISHED -> new PublishState.Published("known", URI.create("https://example.com/known"), SENT);
            case FAILED ->
                new PublishState.Failed(
                        new Failure(Failure.GIVEN_UP, CauseClass.UNKNOWN, "given up by mira", Actor.PERSON, "None."));
            case CANCELLED -> new PublishState.Cancelled("a typo");
            case EXPIRED -> new PublishState.Expired(SENT);
        };
    }

    private static HandleDoc handle(String id) {
        return new HandleDoc(id, Map.of(), null, null);
    }

    private static JobDoc accepted() {
        return JobDoc.accepted(
                "0".repeat(32),
                "user",
                "c".repeat(32),
                "fake",
                "app",
                "@a",
                new PublishContent(
                        PublishContent.Kind.VIDEO,
                        "Hello",
                        List.of(new MediaPart(MediaPart.Role.ITEM, MediaPart.Type.VIDEO, "video/mp4", 10, Map.of())),
                        Map.of()),
                List.of(new MediaDoc("stored", "video.mp4", 10, "0".repeat(64), "0".repeat(64))),
                null,
                null,
                List.of());
    }

    /** What the worker knew when it sent. */
    private Stored sent() {
        jobs.find(TENANT, "job").ifPresent(old -> stores.jobs().delete(old.record()));
        jobs.insert(TENANT, "job", accepted(), SENT);
        Stored inserted = jobs.find(TENANT, "job").orElseThrow();
        JobDoc doc = inserted.doc()
                .claimed()
                .withHandle(handle("h"))
                .committing(SENT)
                .moved(state(Phase.COMMITTING, "h"));
        return jobs.save(inserted, doc, SENT.plusSeconds(30)).orElseThrow();
    }

    /** What became of the job since. */
    private Stored since(Stored sent, Phase phase, Attempt attempt) {
        JobDoc doc = sent.doc().claimed();
        doc = switch (attempt) {
            case SAME -> doc;
            case NONE -> doc.withoutHandle();
            case OTHER -> doc.withoutHandle().withHandle(handle("other"));
            case OTHER_COMMITTED ->
                doc.withoutHandle().withHandle(handle("other")).committing(SENT.plusSeconds(600));
        };
        boolean other = attempt == Attempt.OTHER || attempt == Attempt.OTHER_COMMITTED;
        return jobs.save(sent, doc.moved(state(phase, other ? "other" : "h")), NOW.plusSeconds(60))
                .orElseThrow();
    }

    private Stored now() {
        return jobs.find(TENANT, "job").orElseThrow();
    }

    private boolean noted() {
        return now().doc().evidence().stream().anyMatch(seen -> seen.source().equals("fake.commit"));
    }

    private void again(int times, Runnable answer) {
        for (int i = 0; i < times; i++) {
            answer.run();
        }
    }

    @Provide
    Arbitrary<Phase> phases() {
        return Arbitraries.of(Phase.class);
    }

    @Property
    void post_isNeverForgotten(
            @ForAll("phases") Phase phase, @ForAll Attempt attempt, @ForAll @IntRange(min = 1, max = 2) int times) {
        Stored sent = sent();
        since(sent, phase, attempt);

        again(times, () -> late.published(sent, "p1", SEEN));

        assertTrue(noted(), "the answer is kept");
        if (phase == Phase.ACCEPTED) {
            return;
        }
        PublishState.Published published = (PublishState.Published) now().state();
        boolean second = phase == Phase.PUBLISHED && attempt != Attempt.SAME;
        assertEquals(second ? "known" : "p1", published.postId());
        assertTrue(
                second || Objects.requireNonNull(now().doc().handle()).id().equals("h"), "the attempt that was posted");
        assertEquals(NOW, now().record().dueAt().orElseThrow(), "its address is looked for");
    }

    @Property
    void acceptance_isNeverForgotten(
            @ForAll("phases") Phase phase,
            @ForAll Attempt attempt,
            @ForAll boolean named,
            @ForAll @IntRange(min = 1, max = 2) int times) {
        Stored sent = sent();
        since(sent, phase, attempt);
        Handle handle = named ? new Handle("name", Map.of(), null) : null;

        again(times, () -> late.accepted(sent, handle, SEEN));

        Stored now = now();
        boolean over = phase == Phase.PUBLISHED || phase == Phase.DELIVERED;
        boolean known = over || (phase == Phase.CONFIRMING && attempt == Attempt.SAME && !named);
        assertTrue(known || noted(), "the answer is kept");
        boolean begunAnew = (phase == Phase.PREPARING || phase == Phase.PREPARED)
                && (attempt == Attempt.NONE || attempt == Attempt.OTHER);
        boolean doubted = attempt == Attempt.SAME && DOUBTED.contains(phase);
        assertEquals(
                begunAnew || doubted ? Phase.CONFIRMING : phase, now.state().phase());
        if (begunAnew || doubted || (phase.terminal() && !over)) {
            assertEquals(
                    named ? "name" : "h",
                    Objects.requireNonNull(now.doc().handle()).id());
            assertTrue(
                    (doubted && !named && phase == Phase.CONFIRMING)
                            || now.record().dueAt().orElseThrow().equals(NOW),
                    "it is read");
        }
    }

    @Property
    void noEffect_leadsBackOnlyWhileNoOtherCommitWasBegun(
            @ForAll("phases") Phase phase, @ForAll Attempt attempt, @ForAll @IntRange(min = 1, max = 2) int times) {
        Stored sent = sent();
        Stored since = since(sent, phase, attempt);

        again(times, () -> late.notDone(sent, SEEN));

        boolean doubted = attempt == Attempt.SAME && DOUBTED.contains(phase) && phase != Phase.CONFIRMING;
        boolean prepared = attempt == Attempt.SAME && phase == Phase.PREPARED;
        assertEquals(doubted ? Phase.PREPARED : phase, now().state().phase());
        assertEquals(!doubted && !prepared && since.doc().mayLand(), now().doc().mayLand());
    }

    @Property
    void noEffect_afterAResend_leavesTheFirstOneInDoubt(@ForAll("phases") Phase phase) {
        Stored first = sent();
        Stored sent = jobs.save(first, first.doc().committing(SENT.plusSeconds(200)), SENT.plusSeconds(230))
                .orElseThrow();
        since(sent, phase, Attempt.SAME);

        late.notDone(sent, SEEN);

        assertEquals(
                phase == Phase.COMMITTING ? Phase.IN_DOUBT : phase,
                now().state().phase());
        assertTrue(now().doc().mayLand());
    }

    @Example
    void noEffect_whileOnlyAWishToStopWasWritten_countsAsNotDone() {
        Stored sent = sent();
        jobs.save(sent, sent.doc().cancelWanted("a typo"), SENT.plusSeconds(30));

        late.notDone(sent, SEEN);

        assertEquals(Phase.PREPARED, now().state().phase());
        assertEquals("a typo", now().doc().cancel());
    }

    @Example
    void post_ofAnAccountThatWasForgotten_correctsTheVerdictAndNothingElse() {
        Stored sent = sent();
        Stored given = since(sent, Phase.FAILED, Attempt.SAME);
        jobs.save(given, given.doc().forgotten(), null);

        late.published(sent, "p1", SEEN);

        assertEquals(new PublishState.Published("", null, NOW), now().state());
        assertTrue(now().doc().evidence().isEmpty());
        assertTrue(now().doc().isForgotten());
    }

    @Example
    void post_ofAJobThatIsGone_isLeft() {
        Stored sent = sent();
        stores.jobs().delete(now().record());

        late.published(sent, "p1", SEEN);

        assertTrue(jobs.find(TENANT, "job").isEmpty());
    }
}
