package io.linkspan.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.simulation.Outages.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each call of each path, in each kind of outage, of each duration: an outage costs time only, and no second post. */
@Tag("proof")
class OutageSweepTest {
    private static final List<Duration> DURATIONS =
            List.of(Duration.ofSeconds(12), Duration.ofMinutes(40), Duration.ofHours(26));

    /** After the end of an outage a job comes back, reads or makes what it lacks, and waits for the platform's own work. */
    private static final Duration SOON = Duration.ofMinutes(15);

    /** What became of a commit is read every 15 minutes once a person may decide. */
    private static final Duration SOON_AFTER_COMMIT = Duration.ofMinutes(35);

    /** A new upload address is asked for 40 minutes after the hour of the last one, for each of them counts. */
    private static final Duration SOON_AFTER_UPLOADS = Duration.ofHours(2);

    private static final Duration DAYS = Duration.ofDays(3);

    /** One post, one node, and perhaps one outage. */
    private static final class Story {
        private final World world;
        private final Host host;
        private final Set<String> calls = new TreeSet<>();

        Story(PostKind kind, long notBefore) {
            this.world = new World(
                    Scenario.one(kind, 1, notBefore),
                    (point, where, what) -> {
                        if (where == Happening.Where.SEND) {
                            calls.add(what.substring(what.indexOf(' ') + 1));
                        }
                        return null;
                    },
                    false);
            this.host = new Host(world);
            host.begin();
            world.calm(false);
        }

        /** Works until the post has ended, or for some days. */
        Publication run() {
            Instant end = world.now()
                    .plusMillis(world.scenario.wishes().get(0).notBefore())
                    .plus(DAYS);
            while (world.now().isBefore(end) && !(host.allAnswered() && ended())) {
                world.platforms.goOn();
                world.runTasks();
                if (world.nodes.get(0).run() == 0) {
                    Instant next = world.nextDue();
                    world.clock.set(next.isAfter(world.now()) ? next : world.now());
                }
                world.advance(500);
            }
            return publication();
        }

        private boolean ended() {
            return world.watch.allEnded(host.accepted().values());
        }

        private Publication publication() {
            return host.accepted().entrySet().stream()
                    .map(entry -> world.nodes
                            .get(0)
                            .call(linkspan -> linkspan.publisher()
                                    .find(entry.getKey().tenant().owner(), entry.getValue()))
                            .flatMap(found -> found)
                            .orElseThrow())
                    .findFirst()
                    .orElseThrow();
        }

        int posts(PublishJob job) {
            return Oracle.posts(world, world.scenario.wishes().get(0), job).size();
        }
    }

    private static Set<String> calls(PostKind kind, long notBefore) {
        Story calm = new Story(kind, notBefore);
        calm.run();
        return calm.calls;
    }

    private static @Nullable String wrong(PostKind kind, String call, Kind outage, Duration lasts, long notBefore) {
        Story story = new Story(kind, notBefore);
        story.world.outages.expect(call, outage, lasts);
        Publication after = story.run();
        Instant over = story.world.outages.end();
        Instant due = World.START.plusMillis(notBefore);
        over = over != null && over.isBefore(due) ? due : over;
        // whether it took effect is known to nobody, so that a person may have to decide: exactly once comes first
        boolean mayHaveLeft = call.equals("instagram.media_publish") && outage != Kind.NO_NETWORK;
        for (PublishJob job : after.jobs()) {
            boolean draft = job.state().phase() == Phase.DELIVERED;
            boolean there = job.state().phase() == Phase.PUBLISHED && story.posts(job) == 1;
            boolean asked = mayHaveLeft && story.posts(job) <= 1 && job.state().phase() != Phase.FAILED;
            if (!draft && !there && !asked) {
                return story.posts(job) + " posts, " + after.explain().toText();
            }
        }
        boolean late = !mayHaveLeft && over != null && story.world.now().isAfter(over.plus(soon(call)));
        return late ? "ended " + Duration.between(over, story.world.now()).toMinutes() + " min after the outage" : null;
    }

    /** A day of it where the library sees a difference: an answer, and no request. */
    private static List<Duration> durations(Kind outage) {
        return switch (outage) {
            case UNAVAILABLE, NO_NETWORK -> DURATIONS;
            case SERVER_ERROR, TIMEOUT, RESET -> DURATIONS.subList(0, 2);
        };
    }

    private static Duration soon(String call) {
        return switch (call) {
            case "tiktok.upload_chunk" -> SOON_AFTER_UPLOADS;
            case "tiktok.status" -> SOON_AFTER_COMMIT;
            default -> SOON;
        };
    }

    private static void sweep(PostKind kind, long notBefore, Set<String> calls) {
        List<String> wrong = new ArrayList<>();
        for (String call : calls) {
            for (Kind outage : Kind.values()) {
                for (Duration lasts : durations(outage)) { // else as no answer
                    String what = wrong(kind, call, outage, lasts, notBefore);
                    if (what != null) {
                        wrong.add(call + " " + outage + " " + lasts + ": " + what);
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @ParameterizedTest
    @EnumSource(PostKind.class)
    void outageOfAnyCall_costsTimeOnly(PostKind kind) {
        Set<String> calls = calls(kind, 0);
        assertTrue(calls.size() >= 2, calls::toString);

        sweep(kind, 0, calls);
    }

    @ParameterizedTest
    @CsvSource({"TIKTOK_VIDEO, 3, tiktok.refresh", "REEL, 1200, instagram.refresh"})
    void outageOfARenewal_costsTimeOnly(PostKind kind, int hours, String renewal) {
        long later = Duration.ofHours(hours).toMillis();
        Set<String> calls = calls(kind, later);
        assertTrue(calls.contains(renewal), calls::toString);

        sweep(kind, later, Set.of(renewal));
    }

    @ParameterizedTest
    @EnumSource(PostKind.class)
    void outageOfEverything_costsTimeOnly(PostKind kind) {
        sweep(kind, 0, Set.of("tiktok", "instagram"));
    }
}
