package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Disconnect;
import io.linkspan.connection.Sides;
import io.linkspan.fake.Crashes;
import io.linkspan.fake.FakeWorld;
import io.linkspan.fake.Faults;
import io.linkspan.fake.Faults.Kind;
import io.linkspan.spi.HttpResult;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** "Revoked" is said only when it is true, whatever was lost on the way; and tokens do not stay. */
class DisconnectFaultsTest {
    private static final Disconnect EVERYWHERE = Disconnect.everywhere("asked");

    private static FakeWorld world(boolean strict) {
        FakeWorld world = new FakeWorld(true);
        if (!strict) {
            world.platform().lenient();
        }
        return world;
    }

    /** Works until tokens are gone; what was claimed about the platform must be so. */
    private static void converges(FakeWorld world, String where) {
        Linkspan linkspan = world.process();
        for (int hour = 0; hour < 80; hour++) {
            world.advance(Duration.ofHours(1));
            linkspan.worker().runDue();
        }
        Connection after = world.connection(linkspan);
        Sides sides = sides(after.status());
        assertEquals(Sides.Local.WIPED, sides.local(), where);
        if (sides.grantProvenGone()) {
            assertFalse(world.platform().alive(), where + ": said to be gone and is not; " + after.explain());
        }
    }

    private static Sides sides(ConnectionStatus status) {
        return status instanceof ConnectionStatus.Revoked revoked
                ? revoked.sides()
                : ((ConnectionStatus.PartiallyRevoked) status).sides();
    }

    @Test
    void revokeThatIsAnsweredWithSuccessAndEndsNothing_isNotCalledProven() {
        FakeWorld world = world(true);
        ConnectionId id = world.connect(world.process());
        world.platform().revokeLies();

        world.process().connections().disconnect(FakeWorld.OWNER, id, EVERYWHERE);

        Sides now = sides(world.connection(world.process()).status());
        assertFalse(now.grantProvenGone(), now::toString);
        converges(world, "a revocation that lies");
        assertTrue(world.platform().alive());
    }

    @ParameterizedTest
    @CsvSource({"true,0", "true,3", "false,0", "false,3"})
    void disconnect_withoutFaults_isProven(boolean strict, int hours) {
        FakeWorld world = world(strict);
        ConnectionId id = world.connect(world.process());
        world.advance(Duration.ofHours(hours));

        var report = world.process().connections().disconnect(FakeWorld.OWNER, id, EVERYWHERE);

        assertEquals(Sides.Grant.REVOKED_VERIFIED, report.sides().grant());
        assertEquals(ConnectionStatus.Kind.REVOKED, report.connection().status().kind());
        assertFalse(world.platform().alive());
    }

    @ParameterizedTest
    @CsvSource({"true,0", "true,3", "false,0", "false,3"})
    void disconnect_withOneFaultAtAnyRequest_claimsOnlyWhatIsSo(boolean strict, int hours) {
        for (Kind kind : Kind.values()) {
            for (int request = 0; request < 6; request++) {
                FakeWorld world = world(strict);
                ConnectionId id = world.connect(world.process());
                world.advance(Duration.ofHours(hours));
                Faults faults = new Faults(world.platform(), "", request, request + 4, kind);

                world.process(faults).connections().disconnect(FakeWorld.OWNER, id, EVERYWHERE);

                converges(world, kind + " at request " + request + ", strict " + strict + ", after " + hours + " h");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true,0", "true,3", "false,0", "false,3"})
    void disconnect_crashedAtEachPoint_claimsOnlyWhatIsSo(boolean strict, int hours) {
        for (int point = 0; point < 40; point++) {
            FakeWorld world = world(strict);
            ConnectionId id = world.connect(world.process());
            world.advance(Duration.ofHours(hours));
            try {
                world.process(new Crashes(point)).connections().disconnect(FakeWorld.OWNER, id, EVERYWHERE);
            } catch (Crashes.Crash e) {
                // as meant
            }
            world.process().connections().disconnect(FakeWorld.OWNER, id, EVERYWHERE);

            converges(world, "crash at " + point + ", strict " + strict + ", after " + hours + " h");
        }
    }

    @ParameterizedTest
    @CsvSource({"true,110", "true,180", "false,110", "false,180"})
    void disconnect_whileARenewalIsUnderWay_claimsOnlyWhatIsSo(boolean strict, int minutes) {
        FakeWorld world = world(strict);
        ConnectionId id = world.connect(world.process());
        world.process().worker().runDue();
        world.advance(Duration.ofMinutes(minutes));
        Linkspan other = world.process();
        AtomicBoolean done = new AtomicBoolean();
        Linkspan slow = world.process(call -> {
            HttpResult answer = world.platform().exchange(call);
            if (call.operation().equals("fake.refresh") && done.compareAndSet(false, true)) {
                other.connections().disconnect(FakeWorld.OWNER, id, EVERYWHERE);
                Sides between = sides(world.connection(other).status());
                assertFalse(between.grantProvenGone() && world.platform().alive(), between::describe);
            }
            return answer;
        });

        slow.worker().runDue();

        assertTrue(done.get());
        converges(world, "disconnect between a renewal and its answer");
        assertEquals(
                Sides.Grant.REVOKED_VERIFIED,
                sides(world.connection(other).status()).grant(),
                "the new pair was kept for it");
    }

    @Test
    void disconnect_withATokenThatEndedAndCannotBeRevoked_isNotVerifiable() {
        FakeWorld world = new FakeWorld(false);
        ConnectionId id = world.connect(world.process());
        world.advance(Duration.ofHours(3));

        var report = world.process().connections().disconnect(FakeWorld.OWNER, id, EVERYWHERE);

        assertEquals(Sides.Grant.NOT_VERIFIABLE, report.sides().grant());
        converges(world, "ended token");
    }
}
