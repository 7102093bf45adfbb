package io.linkspan.kills;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.Linkspan;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.testkit.instagram.InstagramOperation;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.tiktok.TikTokOperation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SIGTERM does to a worker process whose host closes Linkspan in a shutdown hook. */
class DrainTest {
    private static final long LIMIT_MILLIS = TimeUnit.SECONDS.toMillis(WorkerProcess.LIMIT_SECONDS);

    @TempDir
    Path folder;

    private final MovedClock clock = new MovedClock();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> accepted = new TreeMap<>();
    private Outside outside;
    private Settings settings;
    private List<Outside.Pair> pairs;

    @BeforeEach
    void bringUp() throws Exception {
        outside = new Outside(folder, clock);
        settings = outside.settings(StoreKind.H2, folder.resolve("store").toString(), false);
        pairs = withLinkspan(linkspan -> outside.connect(linkspan, 1));
    }

    @AfterEach
    void takeDown() {
        outside.close();
    }

    @Test
    void terminatedWhileCommitsAreAnswered_answersAreRecorded() throws Exception {
        try (WorkerProcess worker = WorkerProcess.start(settings, lines::add)) {
            submit(worker, 1);
            Terminator terminator = new Terminator(worker);
            outside.instagram().faults().on(InstagramOperation.MEDIA_PUBLISH).next(Fault.hold(terminator));
            outside.tiktok().faults().on(TikTokOperation.UPLOAD).next(Fault.hold(terminator));
            worker.order("start");

            assertTrue(worker.endsWithin(LIMIT_MILLIS), "the worker ends by itself");
            assertTrue(worker.wasTerminated());
        }

        assertEquals("stopped", lines.get(lines.size() - 1), "running steps have ended when the store closes");
        assertTrue(lines.stream().noneMatch(line -> line.endsWith(" IN_DOUBT")), () -> "nothing is in doubt: " + lines);
        for (PublishJob job : jobs()) {
            assertFalse(
                    List.of(Phase.COMMITTING, Phase.IN_DOUBT)
                            .contains(job.state().phase()),
                    () -> "the answer is known: " + job);
        }
        restOnce();
    }

    @Test
    void terminatedWithMuchDue_leavesWhatIsNotBegun_andGivesBackWhatIs() throws Exception {
        int posts = 15;
        try (WorkerProcess worker = WorkerProcess.start(settings, lines::add)) {
            submit(worker, posts);
            Terminator terminator = new Terminator(worker);
            outside.tiktok().faults().drawnFrom(any -> Fault.hold(terminator));
            outside.instagram().faults().drawnFrom(any -> Fault.hold(terminator));
            worker.order("start");

            assertTrue(worker.endsWithin(LIMIT_MILLIS), "the worker ends by itself");
            assertTrue(worker.wasTerminated());
        }
        outside.calm();

        List<PublishJob> jobs = jobs();
        assertEquals(2 * posts, jobs.size());
        long untouched = jobs.stream()
                .filter(job -> job.state().phase() == Phase.ACCEPTED)
                .count();
        assertTrue(
                untouched >= posts,
                () -> "4 threads had begun a few of " + jobs.size() + ", not begun are " + untouched);
        for (PublishJob job : jobs) {
            assertFalse(
                    List.of(Phase.COMMITTING, Phase.IN_DOUBT)
                            .contains(job.state().phase()),
                    () -> "nothing is in doubt: " + job);
        }
        restOnce();
    }

    /** SIGTERM at the first call; every call goes on when the worker has begun to stop. */
    private static final class Terminator implements Runnable {
        private final WorkerProcess worker;
        private final AtomicBoolean sent = new AtomicBoolean();
        private final CountDownLatch stopping = new CountDownLatch(1);

        Terminator(WorkerProcess worker) {
            this.worker = worker;
        }

        @Override
        public void run() {
            try {
                if (sent.compareAndSet(false, true)) {
                    worker.terminate();
                    worker.await("stopping");
                    stopping.countDown();
                }
                assertTrue(stopping.await(WorkerProcess.LIMIT_SECONDS, TimeUnit.SECONDS), "the worker began to stop");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void submit(WorkerProcess worker, int posts) throws InterruptedException {
        Outside.Pair pair = pairs.get(0);
        worker.order("clock " + clock.ahead());
        for (int i = 1; i <= posts; i++) {
            String key = "post-" + i;
            worker.order("submit " + key + " " + pair.tiktok().value() + " "
                    + pair.instagram().value());
            accepted.put(key, worker.await("accepted " + key + " ").split(" ", -1)[2]);
        }
    }

    private List<PublishJob> jobs() {
        return withLinkspan(linkspan -> accepted.values().stream()
                .flatMap(id ->
                        linkspan.publisher().find(Settings.OWNER, new PublicationId(id)).orElseThrow().jobs().stream())
                .toList());
    }

    /** The next worker finishes the rest, and everything is there once. */
    private void restOnce() throws InterruptedException {
        try (WorkerProcess next = WorkerProcess.start(settings, lines::add)) {
            Campaign.settle(next, clock, accepted.values());
            assertTrue(next.endsWell());
        }
        Audit.Result audit = withLinkspan(linkspan ->
                Audit.of(outside, linkspan, accepted, key -> pairs.get(0).account(), pairs));
        assertEquals(List.of(), audit.violations());
        assertEquals(accepted.size(), audit.tiktok());
        assertEquals(accepted.size(), audit.instagram());
    }

    private <T> T withLinkspan(Function<Linkspan, T> use) {
        return settings.withLinkspan(clock, use);
    }
}
