package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.fake.Crashes;
import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.Secret;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A process dies before or after each of its writes and sends; another one goes on with what is stored. */
class CrashPointsTest {
    private static final String KEY = "post-1";

    /** One life: submit and work until settled. */
    private static Publication work(FakeWorld world, Linkspan linkspan, ConnectionId connection, int rounds) {
        Publication publication = linkspan.publisher().submit(FakeWorld.OWNER, KEY, FakeWorld.post(connection));
        for (int round = 0; round < rounds && !publication.settled(); round++) {
            linkspan.worker().runDue();
            // a minute at first, so that doubt, decision and the end of a container all come
            world.advance(round < 30 ? Duration.ofMinutes(1) : Duration.ofHours(1));
            publication =
                    linkspan.publisher().find(FakeWorld.OWNER, publication.id()).orElseThrow();
        }
        return publication;
    }

    private static int writesAndSends() {
        FakeWorld world = new FakeWorld();
        ConnectionId connection = world.connect(world.process());
        Crashes counted = new Crashes(-1);
        assertTrue(work(world, world.process(counted), connection, 100).settled());
        return counted.passed();
    }

    private static void dies(FakeWorld world, ConnectionId connection, int point) {
        try {
            work(world, world.process(new Crashes(point)), connection, 100);
        } catch (Crashes.Crash e) {
            // as meant
        }
    }

    private static void onePost(FakeWorld world, ConnectionId connection, String where) {
        Publication after = work(world, world.process(), connection, 200);

        assertEquals(1, world.platform().posts(), () -> "posts after a crash at " + where + "\n" + after.explain());
        assertEquals(Phase.PUBLISHED, after.jobs().get(0).state().phase(), () -> where + "\n" + after.explain());
    }

    @Test
    void publish_crashedAtEachPoint_endsWithOnePostThatIsKnown() {
        int points = 2 * writesAndSends();
        assertTrue(points > 20, "points: " + points);
        for (int point = 0; point < points; point++) {
            FakeWorld world = new FakeWorld();
            ConnectionId connection = world.connect(world.process());

            dies(world, connection, point);

            onePost(world, connection, "point " + point);
        }
    }

    @Test
    void publish_crashedTwice_endsWithOnePostThatIsKnown() {
        int points = 2 * writesAndSends();
        Random random = new Random(20_261_121);
        for (int run = 0; run < 300; run++) {
            int first = random.nextInt(points);
            int second = random.nextInt(points);
            FakeWorld world = new FakeWorld();
            ConnectionId connection = world.connect(world.process());

            dies(world, connection, first);
            world.advance(Duration.ofSeconds(random.nextInt(120)));
            dies(world, connection, second);

            onePost(world, connection, "points " + first + " and " + second);
        }
    }

    @Test
    void renewal_crashedAtEachPoint_isNeverHealthyButDead() {
        for (int point = 0; point < 14; point++) {
            FakeWorld world = new FakeWorld();
            ConnectionId connection = world.connect(world.process());
            world.process().worker().runDue();
            world.advance(Duration.ofHours(3));
            try {
                world.process(new Crashes(point))
                        .connections()
                        .withAccessToken(FakeWorld.OWNER, connection, Secret::reveal);
            } catch (Crashes.Crash e) {
                // as meant
            }
            Linkspan next = world.process();
            for (int round = 0; round < 30; round++) {
                world.advance(Duration.ofMinutes(5));
                next.worker().runDue();
            }

            ConnectionStatus.Kind status = world.connection(next).status().kind();

            String where = "point " + point + ": " + world.connection(next).explain();
            boolean works = next.connections()
                            .check(FakeWorld.OWNER, connection)
                            .status()
                            .kind()
                    == ConnectionStatus.Kind.AUTHORIZED;
            if (status == ConnectionStatus.Kind.AUTHORIZED) {
                assertTrue(works, where);
            } else {
                // the answer was lost with the process: one careful try, then the person is asked
                assertEquals(ConnectionStatus.Kind.REAUTHORIZATION_REQUIRED, status, where);
            }
        }
    }

    @Test
    void renewal_crashedAfterTheAnswerWasKept_isFinishedWithoutACall() {
        FakeWorld world = new FakeWorld();
        ConnectionId connection = world.connect(world.process());
        world.process().worker().runDue();
        world.advance(Duration.ofHours(3));
        // writes and sends: 0 intent, 1 call, 2 kept answer
        Linkspan dying = world.process(new Crashes(2 * 2 + 1));
        assertThrows(
                Crashes.Crash.class,
                () -> dying.connections().withAccessToken(FakeWorld.OWNER, connection, Secret::reveal));
        world.advance(Duration.ofMinutes(5));

        String token = world.process().connections().withAccessToken(FakeWorld.OWNER, connection, Secret::reveal);

        assertEquals("access-2", token);
        assertEquals(1, world.platform().calls("fake.refresh"));
    }

    @Test
    void connect_crashedAtEachPoint_isFinishedOrForgottenAndTheCodeIsSpentOnce() {
        for (int point = 0; point < 20; point++) {
            FakeWorld world = new FakeWorld();
            Linkspan dying = world.process(new Crashes(point));
            try {
                world.callback(dying);
            } catch (Crashes.Crash e) {
                // as meant
            }
            Linkspan next = world.process();
            for (int round = 0; round < 5; round++) {
                world.advance(Duration.ofMinutes(11));
                next.worker().runDue();
            }

            assertTrue(world.platform().calls("fake.token") <= 1, "code spent twice at point " + point);
            for (var connection : next.connections().list(FakeWorld.OWNER)) {
                assertEquals(
                        ConnectionStatus.Kind.AUTHORIZED, connection.status().kind(), "point " + point);
            }
        }
    }
}
