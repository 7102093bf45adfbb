package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.fake.FakePosting;
import io.linkspan.fake.FakeWorld;
import io.linkspan.fake.Faults;
import io.linkspan.preflight.Destination;
import io.linkspan.publish.CaptionFit;
import io.linkspan.publish.Post;
import io.linkspan.publish.PostRefusedException;
import io.linkspan.publish.Preview;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.publish.Waiver;
import io.linkspan.spi.Problem;
import io.linkspan.spi.TargetFacts;
import io.linkspan.spi.TextLimit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Preview and submit check the same; a blocked post is never accepted. */
class SubmitChecksTest {
    private Consumer<FakePosting> change = posting -> {};
    private final FakeWorld world = new FakeWorld().posting(inner -> {
        FakePosting made = new FakePosting(inner, FakePosting.Way.CONTAINER);
        change.accept(made);
        return made;
    });
    private final ConnectionId connection = world.connect(world.process());

    private Linkspan with(Consumer<FakePosting> next) {
        change = next;
        return world.process();
    }

    private String refused(Linkspan linkspan, Post post) {
        Preview preview = linkspan.publisher().preview(FakeWorld.OWNER, post);
        assertFalse(preview.acceptable());
        PostRefusedException refused = assertThrows(
                PostRefusedException.class, () -> linkspan.publisher().submit(FakeWorld.OWNER, "k", post));
        Preview told = java.util.Objects.requireNonNull(refused.preview());
        assertEquals(preview.describe(), told.describe());
        assertEquals(preview.targets().get(0).problems(), told.targets().get(0).problems());
        for (int round = 0; round < 3; round++) {
            linkspan.worker().runDue();
            world.advance(Duration.ofMinutes(1));
        }
        assertEquals(0, world.platform().calls("fake.create"));
        return String.valueOf(refused.getMessage());
    }

    @Test
    void blockedPost_isNeverAcceptedAndLeavesItsKeyFree() {
        Post post = FakeWorld.post(connection);
        String message = refused(
                with(posting -> posting.problems = List.of(Problem.blocks("fake.block", "not like this"))), post);

        assertTrue(message.contains("fake @demo: fake.block: not like this"), message);
        Linkspan open = with(posting -> {});
        assertEquals(
                Phase.PUBLISHED,
                world.settle(open, open.publisher().submit(FakeWorld.OWNER, "k", post))
                        .jobs()
                        .get(0)
                        .state()
                        .phase());
    }

    @Test
    void blockingProblem_cannotBeWaived() {
        refused(
                with(posting -> posting.problems = List.of(Problem.blocks("fake.block", "not like this"))),
                FakeWorld.post(connection).waive("fake.block", "we know better"));
    }

    @Test
    void otherFinding_isNotWaivedByTheWaiverOfOne() {
        refused(
                with(posting -> posting.problems =
                        List.of(Problem.waivable("fake.a", "odd"), Problem.waivable("fake.b", "odd too"))),
                FakeWorld.post(connection).waive("fake.a", "we know better"));
    }

    @Test
    void waivedFinding_isAcceptedAndRecorded() {
        Linkspan linkspan = with(posting -> posting.problems = List.of(Problem.waivable("fake.odd", "odd")));
        refused(linkspan, FakeWorld.post(connection));
        Post post = FakeWorld.post(connection).waive("fake.odd", "the editor decided it");
        assertTrue(linkspan.publisher().preview(FakeWorld.OWNER, post).acceptable());

        Publication submitted = linkspan.publisher().submit(FakeWorld.OWNER, "k", post);

        Publication read = world.process()
                .publisher()
                .find(FakeWorld.OWNER, submitted.id())
                .orElseThrow();
        assertEquals(List.of(new Waiver("fake.odd", "the editor decided it")), read.waivers());
        assertEquals(
                "fake.odd: the editor decided it",
                read.jobs().get(0).evidence().stream()
                        .filter(seen -> seen.code().equals("waived"))
                        .findFirst()
                        .orElseThrow()
                        .detail());
        assertTrue(read.explain().toText().contains("waived: fake.odd: the editor decided it"));
    }

    @Test
    void severalOwnersOfOneTenant_getAJobEach() {
        Linkspan linkspan = world.process();
        Owner colleague = Owner.of("tenant", "colleague");
        ConnectionId theirs = world.connect(linkspan, colleague, "account-2");
        Post post = FakeWorld.post(connection).to(colleague, theirs);

        Publication after = world.settle(linkspan, linkspan.publisher().submit(FakeWorld.OWNER, "k", post));

        assertEquals(
                List.of("user", "colleague"),
                after.jobs().stream().map(job -> job.user()).toList());
        assertEquals(2, world.platform().posts());
        assertEquals(
                List.of(Phase.PUBLISHED, Phase.PUBLISHED),
                after.jobs().stream().map(job -> job.state().phase()).toList());
    }

    @Test
    void ownerOfAnotherTenant_isRefusedAsIfThereWereNoSuchConnection() {
        Linkspan linkspan = world.process();
        Owner stranger = Owner.of("tenant-2", "user");
        ConnectionId theirs = world.connect(linkspan, stranger, "account-2");

        String foreign = missing(linkspan, FakeWorld.post(connection).to(stranger, theirs));
        String none = missing(linkspan, FakeWorld.post(connection).to(FakeWorld.OWNER, theirs));

        assertEquals(none, foreign);
    }

    private static String missing(Linkspan linkspan, Post post) {
        return String.valueOf(assertThrows(
                        NotFoundException.class, () -> linkspan.publisher().submit(FakeWorld.OWNER, "k", post))
                .getMessage());
    }

    @Test
    void longestVideoOfTheCreator_isUsed() {
        TargetFacts facts =
                new TargetFacts(Duration.ofSeconds(1), List.of(), List.of(), Map.of("creator_nickname", "Demo"));
        Post post = FakeWorld.post(connection);
        Linkspan linkspan = with(posting -> {
            posting.destination = Destination.TIKTOK_VIDEO;
            posting.facts = facts;
        });

        var target =
                linkspan.publisher().preview(FakeWorld.OWNER, post).targets().get(0);

        assertEquals(Duration.ofSeconds(1), target.longestVideo().orElseThrow());
        assertEquals("Demo", target.creator().get("creator_nickname"));
        assertTrue(
                target.blockers().stream().anyMatch(problem -> problem.id().contains("duration")),
                () -> target.problems().toString());
        refused(linkspan, post);
        Linkspan unlimited = with(posting -> posting.destination = Destination.TIKTOK_VIDEO);
        assertTrue(unlimited.publisher().preview(FakeWorld.OWNER, post).targets().get(0).blockers().stream()
                .noneMatch(problem -> problem.id().contains("duration")));
    }

    @Test
    void platformThatDoesNotAnswer_onlyWarns() {
        Linkspan linkspan = world.process(new Faults(world.platform(), "fake.look", 0, 99, Faults.Kind.NOT_SENT));
        Post post = FakeWorld.post(connection);

        Preview preview = linkspan.publisher().preview(FakeWorld.OWNER, post);

        Problem warning = preview.targets().get(0).problems().stream()
                .filter(problem -> problem.id().equals("fake.unchecked"))
                .findFirst()
                .orElseThrow();
        assertEquals(Problem.Weight.WARNS, warning.weight());
        assertTrue(preview.acceptable());
        linkspan.publisher().submit(FakeWorld.OWNER, "k", post);
    }

    @Test
    void captionThatIsTooLong_isRefusedWithNumbersOrShownAsItIsCut() {
        Linkspan linkspan = with(posting -> posting.limit = new TextLimit("title", 8, TextLimit.Unit.CODE_POINTS));
        Post post = FakeWorld.post(connection).caption("Hello wide world");

        String message = refused(linkspan, post);

        assertTrue(message.contains("title must have at most 8 characters, had 16"), message);
        Post cut = post.captionFit(CaptionFit.CUT_AT_WORD);
        assertEquals(
                "Hello\u2026",
                linkspan.publisher()
                        .preview(FakeWorld.OWNER, cut)
                        .targets()
                        .get(0)
                        .caption());
        assertEquals(
                "Hello\u2026",
                linkspan.publisher()
                        .submit(FakeWorld.OWNER, "k", cut)
                        .jobs()
                        .get(0)
                        .caption());
    }

    @Test
    void latestMomentThatCannotBeMet_isRefused() {
        Linkspan linkspan = world.process();
        Post post = FakeWorld.post(connection);

        assertTrue(refused(linkspan, post.notAfter(world.now())).contains("linkspan.time"));
        refused(
                linkspan,
                post.notBefore(world.now().plusSeconds(900))
                        .notAfter(world.now().plusSeconds(600)));
        assertTrue(linkspan.publisher()
                .preview(FakeWorld.OWNER, post.notAfter(world.now().plusSeconds(60)))
                .acceptable());
    }
}
