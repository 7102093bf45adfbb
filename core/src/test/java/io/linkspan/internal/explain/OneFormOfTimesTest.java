package io.linkspan.internal.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Evidence;
import io.linkspan.internal.wire.HistoryDoc;
import io.linkspan.link.LinkStatus;
import io.linkspan.link.Sighting;
import io.linkspan.publish.Failure;
import io.linkspan.publish.PublishState;
import io.linkspan.webhook.DeletionStatus;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times have one form in all texts of all types. */
class OneFormOfTimesTest {
    private static final Pattern MACHINE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d");
    private static final Instant AT = Instant.parse("2026-03-02T09:00:01.123Z");

    static Stream<Class<?>> described() {
        return Stream.concat(
                Stream.of(
                                ConnectionStatus.class,
                                CapabilityHealth.class,
                                ConnectOutcome.class,
                                PublishState.class,
                                Sighting.class)
                        .flatMap(type -> Arrays.stream(type.getPermittedSubclasses())),
                Stream.of(Evidence.class, Failure.class, LinkStatus.class, DeletionStatus.class, Connection.class));
    }

    @ParameterizedTest
    @MethodSource("described")
    void type_describesItsTimesInTheOneForm(Class<?> type) throws ReflectiveOperationException {
        Object made = made(type);
        String text = text(type, made);
        assertFalse(MACHINE.matcher(text).find(), text);
    }

    @Property
    void timeOfSomeoneElse_isConverted(@ForAll @LongRange(min = 0, max = 200_000_000_000_000L) long millis) {
        Instant at = Instant.ofEpochMilli(millis);
        String text = "seen at " + at + ", and again at " + at + ".";

        HistoryDoc line = new HistoryDoc(1, at, "host", "noted", text);

        assertEquals("seen at " + PlainWords.time(at) + ", and again at " + PlainWords.time(at) + ".", line.detail());
        Instant read = Instant.parse(PlainWords.time(at)
                .replace(" UTC", "Z")
                .replaceFirst(" (\\d\\d:\\d\\d)Z", "T$1:00Z")
                .replace(' ', 'T'));
        assertEquals(at.truncatedTo(ChronoUnit.SECONDS), read);
    }

    /** Hosts, media hosts and platforms write what they like. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-00-00T00:00:00Z",
                "2026-02-30T10:00:00Z",
                "2026-01-01T25:00:00Z",
                "2026-01-01T10:00:00.1234567890123Z",
                "9999-99-99T99:99:99Z $1 \\"
            })
    void whatOnlyLooksLikeATime_stays(String text) {
        assertEquals("seen " + text, PlainWords.times("seen " + text));
        assertEquals("seen " + text, new HistoryDoc(1, AT, "host", "noted", "seen " + text).detail());
    }

    private static String text(Class<?> type, Object made) throws ReflectiveOperationException {
        if (made instanceof Connection connection) {
            return connection.explain();
        }
        return made instanceof Sighting sighting
                ? sighting.describe(AT.plusSeconds(7))
                : (String) type.getMethod("describe").invoke(made);
    }

    /** A value of a type, with one moment for all times. */
    private static Object made(Class<?> type) throws ReflectiveOperationException {
        if (type == Instant.class) {
            return AT;
        }
        if (type == String.class) {
            return "text";
        }
        if (type == int.class) {
            return 1;
        }
        if (type == long.class) {
            return 1L;
        }
        if (type == boolean.class) {
            return false;
        }
        if (type == URI.class) {
            return URI.create("https://example.com/1");
        }
        if (type == Map.class) {
            return Map.of();
        }
        if (type == List.class) {
            return List.of();
        }
        if (type == Set.class) {
            return Set.of();
        }
        if (type == Optional.class) {
            return Optional.empty();
        }
        if (type == Owner.class) {
            return Owner.of("tenant", "user");
        }
        if (type == Platform.class) {
            return Platform.of("fake");
        }
        if (type == ConnectionId.class) {
            return new ConnectionId("0".repeat(32));
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isSealed()) {
            return made(type.getPermittedSubclasses()[0]);
        }
        RecordComponent[] parts = type.getRecordComponents();
        Object[] values = new Object[parts.length];
        Class<?>[] types = new Class<?>[parts.length];
        for (int i = 0; i < parts.length; i++) {
            types[i] = parts[i].getType();
            values[i] = made(types[i]);
        }
        return type.getDeclaredConstructor(types).newInstance(values);
    }
}
