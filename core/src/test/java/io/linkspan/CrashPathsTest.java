package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.fake.Crashes;
import io.linkspan.fake.FakePosting;
import io.linkspan.fake.FakePosting.Way;
import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState.Phase;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pulls, drafts and cancelled posts, with processes that die before or after each of their writes and sends. */
class CrashPathsTest {
    /** What is tried. */
    enum Path {
        PULL(Way.PULL),
        DRAFT(Way.DRAFT),
        CANCEL(Way.SLOW);

        private final Way way;

        Path(Way way) {
            this.way = way;
        }

        private FakeWorld world() {
            FakeWorld world = new FakeWorld().posting(inner -> new FakePosting(inner, way));
            return this == PULL ? world.with(builder -> builder.mediaHost(world.media())) : world;
        }

        /** One life: submit, perhaps cancel, and work until settled. */
        private Publication work(FakeWorld world, Linkspan linkspan, ConnectionId connection) {
            Publication submitted = linkspan.publisher().submit(FakeWorld.OWNER, "k", FakeWorld.post(connection));
            linkspan.worker().runDue();
            if (this == CANCEL) {
                linkspan.publisher().cancel(FakeWorld.OWNER, submitted.id(), "a typo");
            }
            return world.work(
                    linkspan, world.work(linkspan, submitted, 30, Duration.ofMinutes(1)), 60, Duration.ofHours(1));
        }

        /** What must be true in the end. */
        private void judge(FakeWorld world, Publication after, String where) {
            PublishJob job = after.jobs().get(0);
            String text = where + "\n" + after.explain();
            world.platform().finish(); // what was only stopped in words appears now
            switch (this) {
                case PULL -> {
                    assertEquals(1, world.platform().posts(), text);
                    // the name of the post died with the process that was told it
                    boolean named = job.evidence().stream()
                            .noneMatch(seen -> seen.code().equals("served"));
                    assertEquals(
                            named ? Phase.PUBLISHED : Phase.AWAITING_DECISION,
                            job.state().phase(),
                            text);
                }
                case DRAFT -> {
                    assertEquals(1, world.platform().drafts(), text);
                    assertEquals(Phase.DELIVERED, job.state().phase(), text);
                }
                case CANCEL -> {
                    assertEquals(0, world.platform().posts(), text);
                    assertEquals(Phase.CANCELLED, job.state().phase(), text);
                }
            }
        }

        private int points() {
            FakeWorld world = world();
            ConnectionId connection = world.connect(world.process());
            Crashes counted = new Crashes(-1);
            judge(world, work(world, world.process(counted), connection), "no crash");
            assertTrue(counted.passed() > 10, "points: " + counted.passed());
            return 2 * counted.passed();
        }

        private void dies(FakeWorld world, ConnectionId connection, int point) {
            try {
                work(world, world.process(new Crashes(point)), connection);
            } catch (Crashes.Crash e) {
                // as meant
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void crashedAtEachPoint_endsWithWhatIsTrue(Path path) {
        int points = path.points();
        for (int point = 0; point < points; point++) {
            FakeWorld world = path.world();
            ConnectionId connection = world.connect(world.process());

            path.dies(world, connection, point);

            path.judge(world, path.work(world, world.process(), connection), "point " + point);
        }
    }

    @Tag("proof")
    @ParameterizedTest
    @EnumSource
    void crashedTwice_endsWithWhatIsTrue(Path path) {
        int points = path.points();
        Random random = new Random(20_261_125);
        for (int run = 0; run < 300; run++) {
            int first = random.nextInt(points);
            int second = random.nextInt(points);
            FakeWorld world = path.world();
            ConnectionId connection = world.connect(world.process());

            path.dies(world, connection, first);
            world.advance(Duration.ofSeconds(random.nextInt(120)));
            path.dies(world, connection, second);

            path.judge(world, path.work(world, world.process(), connection), "points " + first + " and " + second);
        }
    }
}
