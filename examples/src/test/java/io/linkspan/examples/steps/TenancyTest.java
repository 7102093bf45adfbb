package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.NotFoundException;
import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.TenantId;
import io.linkspan.connection.Attention;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Connections;
import io.linkspan.connection.Disconnect;
import io.linkspan.link.AccountLink;
import io.linkspan.link.AccountLinkId;
import io.linkspan.link.AccountLinks;
import io.linkspan.link.Intent;
import io.linkspan.link.ProfileTrouble;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import io.linkspan.tiktok.TikTok;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method of both interfaces, called with ids of somebody else: it finds nothing and changes nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenancyTest {
    /** Methods that take no id of anything; what keeps them apart is tested where they are. */
    private static final Set<String> WITHOUT_ID = Set.of(
            "connect", "complete", "expectHandOver", "handOver", "importTokens", "helpBefore", "helpWithoutReturn");

    private Stage stage;
    private AccountLink link;

    @BeforeAll
    void open() {
        stage = new Stage();
        stage.tiktokAccount.bannedFromPosting(true);
        link = stage.link();
        link.connections().forEach(id -> stage.linkspan.connections().check(Stage.OWNER, id));
    }

    @AfterAll
    void close() {
        stage.close();
    }

    static Stream<Arguments> methods() {
        Stream<Owner> foreign = Stream.of(Stage.OTHER, Owner.of("harbour", "noor"), Owner.of("lighthouse", "mira"));
        return foreign.flatMap(owner -> Stream.of(Connections.class, AccountLinks.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> !WITHOUT_ID.contains(method.getName()))
                .filter(method -> !sameTenant(owner) || !takesTenant(method))
                .map(method -> Arguments.of(owner, method)));
    }

    private static boolean sameTenant(Owner owner) {
        return owner.tenant().equals(Stage.OWNER.tenant());
    }

    private static boolean takesTenant(Method method) {
        return Arrays.asList(method.getParameterTypes()).contains(TenantId.class);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void foreignOwner_findsNothingAndChangesNothing(Owner owner, Method method) throws Exception {
        Object target =
                method.getDeclaringClass() == Connections.class ? stage.linkspan.connections() : stage.linkspan.links();
        List<Object> before = everything();
        int calls = calls();

        Object answer;
        try {
            answer = method.invoke(target, arguments(owner, method));
        } catch (InvocationTargetException e) {
            assertEquals(NotFoundException.class, e.getCause().getClass(), () -> String.valueOf(e.getCause()));
            String message = String.valueOf(e.getCause().getMessage());
            assertTrue(message.contains("of this owner"), message);
            answer = Optional.empty();
        }

        assertTrue(isNothing(answer), String.valueOf(answer));
        assertEquals(before, everything());
        assertEquals(calls, calls());
    }

    private static boolean isNothing(Object answer) {
        if (answer instanceof Optional<?> found) {
            return found.isEmpty();
        }
        if (answer instanceof Collection<?> list) {
            return list.isEmpty();
        }
        if (answer instanceof Attention.Page page) {
            return page.items().isEmpty() && page.next().isEmpty();
        }
        if (answer instanceof ConnectOutcome.Refused refused) {
            return refused.reason() == ConnectOutcome.Reason.UNKNOWN_STATE;
        }
        return Boolean.FALSE.equals(answer);
    }

    private Object[] arguments(Owner owner, Method method) {
        Map<Class<?>, Object> values = Map.ofEntries(
                Map.entry(Owner.class, owner),
                Map.entry(TenantId.class, owner.tenant()),
                Map.entry(ConnectionId.class, link.connections().get(0)),
                Map.entry(AccountLinkId.class, link.id()),
                Map.entry(Intent.class, Intent.BOTH),
                Map.entry(Platform.class, TikTok.PLATFORM),
                Map.entry(ProfileTrouble.class, ProfileTrouble.NO_OPTION),
                Map.entry(Duration.class, Duration.ZERO),
                Map.entry(Disconnect.class, Disconnect.everywhere("noor")),
                Map.entry(Function.class, (Function<Object, Object>) token -> "used"),
                Map.entry(ConnectRequest.class, ConnectRequest.of(owner, TikTok.PLATFORM, Intent.BOTH)),
                Map.entry(int.class, 100));
        Class<?>[] types = method.getParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            boolean cursor = method.getName().equals("needingAttention") && types[i] == String.class;
            arguments[i] = types[i] == String.class ? (cursor ? "" : "text") : values.get(types[i]);
            assertNotNull(arguments[i], () -> "no value for a parameter of " + method + "; add one to this test");
        }
        return arguments;
    }

    /** What the owner has, down to the last byte. */
    private List<Object> everything() {
        TenantId tenant = Stage.OWNER.tenant();
        List<StoredRecord> records = Stream.of(RecordKind.CONNECTION, RecordKind.ACCOUNT_LINK)
                .flatMap(kind -> stage.stores.tokens().page(tenant, kind, Stage.OWNER.user(), "", 1000).stream())
                .toList();
        List<?> histories = records.stream()
                .map(record -> stage.stores.tokens().history(tenant, record.id(), 0, 1000))
                .toList();
        assertEquals(3, records.size());
        return List.of(records, histories);
    }

    private int calls() {
        return stage.tiktok.ledger().requests().size()
                + stage.instagram.ledger().requests().size();
    }
}
