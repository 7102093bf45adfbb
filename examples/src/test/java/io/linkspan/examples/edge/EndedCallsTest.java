package io.linkspan.examples.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.linkspan.LinkspanException;
import io.linkspan.NotFoundException;
import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectCallback;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.HandOver;
import io.linkspan.connection.ImportRequest;
import io.linkspan.examples.edge.HostParts.Part;
import io.linkspan.link.AccountLinkId;
import io.linkspan.publish.PublicationId;
import io.linkspan.tiktok.TikTok;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every public method, called in every way in which a call ends badly: the failure is one of ours or a value, says what to do, and
 * the next call does the work.
 */
class EndedCallsTest {
    private static final Owner STRANGER = Owner.of("lighthouse", "noor");
    private static final String UNKNOWN = "ffffffffffffffffffffffffffffffff";

    static Stream<PublicCall> all() {
        return PublicCall.all();
    }

    @Test
    void table_hasEveryPublicMethod() {
        assertEquals(
                PublicCall.methods().map(PublicCall::name).collect(Collectors.toCollection(TreeSet::new)),
                new TreeSet<>(PublicCall.names()));
    }

    /** What a call came to, without ids. */
    private static String ended(PublicCall call, EdgeWorld world, Object... arguments) {
        try {
            Object value = call.on(world, arguments);
            return value instanceof ConnectOutcome.Refused refused
                    ? "refused " + refused.reason()
                    : value == null ? "nothing" : value.getClass().getSimpleName();
        } catch (LinkspanException e) {
            return ours(e);
        } catch (Throwable e) {
            return fail(call + " ended with " + e, e);
        }
    }

    private static String ours(LinkspanException failure) {
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.length() > 30 && !message.contains("null"), message);
        return failure.getClass().getSimpleName();
    }

    private static String reference(PublicCall call) {
        try (EdgeWorld world = new EdgeWorld()) {
            return ended(call, world, call.arguments().apply(world));
        }
    }

    static Stream<PublicCall> whileOpen() {
        return all().filter(call -> !call.name().endsWith(".close()"));
    }

    @ParameterizedTest
    @MethodSource("whileOpen")
    void interruptedCall_endsWithOursAndKeepsTheFlag(PublicCall call) {
        String expected = reference(call);
        try (EdgeWorld world = new EdgeWorld()) {
            Object[] arguments = call.arguments().apply(world);
            String ended;
            boolean flag;
            try {
                Thread.currentThread().interrupt();
                ended = ended(call, world, arguments);
            } finally {
                flag = Thread.interrupted();
            }

            assertTrue(flag, "the flag is gone after " + ended);
            assertTrue(ended.equals(expected) || ended.equals("CallInterruptedException"), ended);
            assertFalse(world.hasIntent());
            assertEquals(expected, ended(call, world, arguments));
        }
    }

    /** Accessors and what ends things may be called after the end. */
    static Stream<PublicCall> working() {
        return whileOpen()
                .filter(call ->
                        !call.name().startsWith("Linkspan.") || call.name().equals("Linkspan.fleet()"));
    }

    static Stream<PublicCall> inTheCallingThread() {
        return working().filter(call -> !call.name().equals("Worker.start()"));
    }

    @ParameterizedTest
    @MethodSource("working")
    void closedInstance_refusesAndNamesTheCause(PublicCall call) {
        try (EdgeWorld world = new EdgeWorld()) {
            Object[] arguments = call.arguments().apply(world);
            world.linkspan.close();
            world.host.fail(Part.STORES, 0, Fault.ERROR);

            IllegalStateException refused = assertThrows(IllegalStateException.class, () -> call.on(world, arguments));

            assertTrue(refused.getMessage()
                    .startsWith("this Linkspan was closed at 2026-03-03 10:00 UTC; build a new one"));
            assertFalse(world.host.repair(), "a store was used");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void nullArgument_isNamedOrAnOutcome(PublicCall call) {
        for (int i = 0; i < call.method().getParameterCount(); i++) {
            if (call.method().getParameterTypes()[i].isPrimitive()) {
                continue;
            }
            try (EdgeWorld world = new EdgeWorld()) {
                Object[] arguments = call.arguments().apply(world);
                arguments[i] = null;
                Object value = call.on(world, arguments);

                assertInstanceOf(ConnectOutcome.Refused.class, value, call + " took null as argument " + i);
            } catch (NullPointerException e) {
                assertTrue(String.valueOf(e.getMessage()).matches("[a-z][A-Za-z ]*"), e::getMessage);
            } catch (Throwable e) {
                fail(call + ", argument " + i, e);
            }
        }
    }

    static Stream<PublicCall> owned() {
        return all().filter(call -> call.takes(Owner.class));
    }

    /** What belongs to another answers as what does not exist. */
    @ParameterizedTest
    @MethodSource("owned")
    void foreignId_answersAsAMissingOne(PublicCall call) {
        if (!call.takes(ConnectionId.class, AccountLinkId.class, PublicationId.class)) {
            return;
        }
        try (EdgeWorld world = new EdgeWorld()) {
            Object[] foreign = call.arguments().apply(world);
            Object[] missing = call.arguments().apply(world);
            for (int i = 0; i < foreign.length; i++) {
                if (foreign[i] instanceof Owner) {
                    foreign[i] = STRANGER;
                }
                missing[i] = missing[i] instanceof ConnectionId
                        ? new ConnectionId(UNKNOWN)
                        : missing[i] instanceof AccountLinkId
                                ? new AccountLinkId(UNKNOWN)
                                : missing[i] instanceof PublicationId ? new PublicationId(UNKNOWN) : missing[i];
            }

            assertEquals(sentence(call, world, missing), sentence(call, world, foreign));
        }
    }

    private static String sentence(PublicCall call, EdgeWorld world, Object... arguments) {
        try {
            return String.valueOf(call.on(world, arguments));
        } catch (NotFoundException e) {
            assertTrue(
                    Arrays.stream(arguments).anyMatch(one -> String.valueOf(one).equals(e.id())), e.id());
            return e.kind() + " " + ours(e) + " " + e.getMessage().replaceAll("[0-9a-f]{32}", "ID");
        } catch (Throwable e) {
            return fail(call.toString(), e);
        }
    }

    static Stream<PublicCall> ofPlatforms() {
        return all().filter(PublicCall::takesPlatform);
    }

    @ParameterizedTest
    @MethodSource("ofPlatforms")
    void unknownPlatform_isNotFound(PublicCall call) {
        try (EdgeWorld world = new EdgeWorld()) {
            Object[] arguments = Arrays.stream(call.arguments().apply(world))
                    .map(one -> one instanceof Platform ? Platform.of("nowhere") : one)
                    .toArray();

            NotFoundException missing = assertThrows(NotFoundException.class, () -> call.on(world, arguments));

            assertEquals(NotFoundException.Kind.PLATFORM, missing.kind());
            assertEquals("nowhere", missing.id());
        }
    }

    @Test
    void connectToAnUnknownPlatform_isNotFound() {
        try (EdgeWorld world = new EdgeWorld()) {
            NotFoundException missing = assertThrows(
                    NotFoundException.class,
                    () -> world.linkspan.connections().connect(EdgeWorld.asking(Platform.of("nowhere"))));
            assertEquals(NotFoundException.Kind.PLATFORM, missing.kind());
        }
    }

    /**
     * A fault at the first call into a part, at the second, and so on until the method ends without it. The kinds take turns; all of
     * them at each call with {@code -Dlinkspan.edge=full}.
     */
    private static void sweep(PublicCall call, Part part, List<Fault> kinds) {
        String expected = reference(call);
        boolean full = "full".equals(System.getProperty("linkspan.edge"));
        for (int first = 0; first < (full ? kinds.size() : 1); first++) {
            int turn = first + call.name().length();
            boolean happened = true;
            for (int number = 0; happened; number++) {
                happened = faulty(call, part, number, kinds.get((turn + number) % kinds.size()), expected);
            }
        }
    }

    private static boolean faulty(PublicCall call, Part part, int number, Fault kind, String reference) {
        String expected = reference;
        String where = call + ", " + kind + " at call " + number + " of " + part;
        try (EdgeWorld world = new EdgeWorld()) {
            Object[] arguments = call.arguments().apply(world);
            world.host.fail(part, number, kind);
            String ended;
            boolean flag;
            try {
                ended = ended(call, world, arguments);
            } finally {
                flag = Thread.interrupted();
            }
            boolean happened = world.host.repair();
            assertEquals(happened && kind == Fault.INTERRUPT, flag, where + ": " + ended);
            if (!happened) {
                assertEquals(expected, ended, where);
                return false;
            }
            boolean watches = part == Part.LISTENER || part == Part.METER;
            assertTrue(!watches || ended.equals(expected), where + ": " + ended + " although it only watches");
            world.clock.advance(Duration.ofMinutes(3)); // past every lease, so that nobody waits for one
            String again = ended(call, world, arguments);
            // a code is good for one call, so what follows is another consent
            boolean used = call.takes(ConnectCallback.class, HandOver.class)
                    || call.name().equals("Connections.complete(String,String)");
            if (used) {
                again = world.linkspan
                        .connections()
                        .complete(world.callback(TikTok.PLATFORM), EdgeWorld.BROWSER)
                        .getClass()
                        .getSimpleName();
                expected = "Connected";
            }
            boolean imported = call.takes(ImportRequest.class) && again.equals("refused ALREADY_CONNECTED");
            assertTrue(
                    imported || again.equals(expected) || ended.equals(expected),
                    where + ": first " + ended + ", then " + again);
            world.goOn();
            assertFalse(world.hasIntent(), where);
            assertTrue(world.posts().stream().allMatch(count -> count <= 2), where + ": " + world.posts());
            return true;
        }
    }

    @ParameterizedTest
    @MethodSource("inTheCallingThread")
    void storeThatFailsAtTheNthCall_harmsOnlyThatCall(PublicCall call) {
        sweep(call, Part.STORES, List.of(Fault.values()));
    }

    @ParameterizedTest
    @MethodSource("inTheCallingThread")
    void keysThatFailAtTheNthCall_harmOnlyThatCall(PublicCall call) {
        sweep(call, Part.KEYS, List.of(Fault.RUNTIME_EXCEPTION_AFTER, Fault.ERROR));
    }

    @ParameterizedTest
    @MethodSource("inTheCallingThread")
    void networkThatFailsAtTheNthCall_harmsOnlyThatCall(PublicCall call) {
        sweep(call, Part.NETWORK, List.of(Fault.INTERRUPT, Fault.ERROR));
    }

    /** What only watches harms not even the call. */
    @ParameterizedTest
    @MethodSource("inTheCallingThread")
    void listenerThatFailsAtTheNthEvent_harmsNothing(PublicCall call) {
        sweep(call, Part.LISTENER, List.of(Fault.RUNTIME_EXCEPTION_AFTER, Fault.ERROR, Fault.STORE_EXCEPTION));
    }

    @ParameterizedTest
    @MethodSource("inTheCallingThread")
    void meterThatFailsAtTheNthCall_harmsNothing(PublicCall call) {
        sweep(call, Part.METER, List.of(Fault.RUNTIME_EXCEPTION_AFTER, Fault.ERROR, Fault.STORE_EXCEPTION));
    }

    @ParameterizedTest
    @MethodSource("inTheCallingThread")
    void mediaThatFailAtTheNthCall_harmOnlyThatCall(PublicCall call) {
        sweep(call, Part.MEDIA, List.of(Fault.RUNTIME_EXCEPTION_AFTER, Fault.ERROR, Fault.INTERRUPT));
    }
}
