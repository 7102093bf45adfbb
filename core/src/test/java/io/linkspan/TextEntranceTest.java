package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Connections;
import io.linkspan.connection.ImportRequest;
import io.linkspan.fake.FakeAdapter;
import io.linkspan.fake.FakeWorld;
import io.linkspan.link.AccountLinkId;
import io.linkspan.link.AccountLinks;
import io.linkspan.link.Intent;
import io.linkspan.publish.Decision;
import io.linkspan.publish.Media;
import io.linkspan.publish.Post;
import io.linkspan.publish.PostItem;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.Publisher;
import io.linkspan.spi.MediaPart;
import io.linkspan.spi.Secret;
import io.linkspan.spi.Texts;
import io.linkspan.webhook.WebhookRequest;
import io.linkspan.webhook.Webhooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every text that a host can pass in is checked. The table is made from the classes: a new parameter that takes a text and is not
 * checked fails here, and what is left out is named with its reason.
 */
class TextEntranceTest {
    private static final Path MAIN = Path.of(System.getProperty("basedir", ".")).resolve("src/main/java");
    private static final List<String> PACKAGES = List.of(
            "io/linkspan", "io/linkspan/connection", "io/linkspan/link", "io/linkspan/publish", "io/linkspan/webhook");

    /** Fits every field: an id, a name, a platform, a secret. */
    private static final String SAMPLE = "abcdef0123456789abcdef0123456789";

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    /** Types, with what is nested in them, that a host reads and never passes in, or whose texts are checked where they enter. */
    private static final Map<String, String> LEFT_OUT = new TreeMap<>();

    static {
        for (String made : List.of(
                "connection.Attention",
                "connection.CapabilityHealth",
                "connection.ConnectHelp",
                "connection.ConnectOutcome",
                "connection.ConnectRedirect",
                "connection.Connection",
                "connection.ConnectionStatus",
                "connection.DisconnectReport",
                "connection.Explanation",
                "connection.HandOverTicket",
                "connection.HistoryEntry",
                "link.AccountLink",
                "link.LinkStatus",
                "link.ManualUrl",
                "link.ProfileCheck",
                "link.Sighting",
                "publish.Fleet",
                "publish.JobFacts",
                "publish.Preview",
                "publish.Publication",
                "publish.PublishJob",
                "publish.PublishState",
                "webhook.DeletionOutcome",
                "webhook.WebhookOutcome")) {
            LEFT_OUT.put(made, "made by Linkspan");
        }
        LEFT_OUT.put("connection.Evidence", "cleaned instead: it tells what platforms said, see TextsTest");
        LEFT_OUT.put("publish.Failure", "cleaned instead: it tells what platforms said");
        LEFT_OUT.put("publish.Waiver", "enters with Post.waive, and is read back from records of older versions");
        LEFT_OUT.put(
                "publish.Media", "enters with an item or a cover, and is read back from records of older versions");
        LEFT_OUT.put(
                "connection.ConnectCallback", "comes from a browser: refused as an outcome, see CallbackQueryTest");
        LEFT_OUT.put("webhook.WebhookRequest", "comes from a platform: signed, and read within limits");
    }

    private final FakeWorld world = new FakeWorld(true);
    private final Linkspan linkspan = world.process();
    private final ConnectionId connection = world.connect(linkspan);
    private final Publication publication =
            linkspan.publisher().submit(FakeWorld.OWNER, "key", FakeWorld.post(connection));

    private static List<Class<?>> types() {
        List<Class<?>> types = new ArrayList<>();
        for (String folder : PACKAGES) {
            try (Stream<Path> files = Files.list(MAIN.resolve(folder))) {
                files.map(path -> String.valueOf(path.getFileName()))
                        .filter(name -> name.endsWith(".java") && !name.contains("-info"))
                        .sorted()
                        .forEach(name -> add(types, named(folder.replace('/', '.') + "." + name.replace(".java", ""))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return types;
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(List<Class<?>> types, Class<?> type) {
        boolean made = Throwable.class.isAssignableFrom(type) || type.isEnum();
        if (Modifier.isPublic(type.getModifiers()) && !made) {
            types.add(type);
            Arrays.stream(type.getClasses())
                    .filter(nested -> nested.getDeclaringClass() == type)
                    .forEach(nested -> add(types, nested));
        }
    }

    private static Stream<Executable> entrances() {
        return types().stream()
                .filter(type -> !LEFT_OUT.containsKey(shortName(type).replaceAll("\\$.*", "")))
                .flatMap(type ->
                        Stream.concat(Arrays.stream(type.getConstructors()), Arrays.stream(type.getDeclaredMethods())))
                .filter(one -> Modifier.isPublic(one.getModifiers()) && !one.isSynthetic())
                .filter(one ->
                        !one.getName().matches("equals|wrap|unwrap")) // the last two take what Linkspan hands them
                .filter(one -> Arrays.stream(one.getGenericParameterTypes()).anyMatch(TextEntranceTest::takesText));
    }

    private static String shortName(Class<?> type) {
        return type.getName().substring("io.linkspan.".length());
    }

    private static boolean takesText(Type type) {
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            return Map.class.isAssignableFrom(raw)
                    || (Collection.class.isAssignableFrom(raw) && generic.getActualTypeArguments()[0] == String.class);
        }
        return type == String.class || type == String[].class || type == URI.class || type == Path.class;
    }

    /** What no field takes. */
    private static final List<String> BAD = List.of("cut\uD83D", "\uDE00cut", "nul\0", "bell\u0007", "c1\u0085");

    @TestFactory
    Stream<DynamicTest> everyText_isChecked() {
        return entrances().flatMap(one -> {
            List<DynamicTest> tests = new ArrayList<>();
            for (int i = 0; i < one.getParameterCount(); i++) {
                if (takesText(one.getGenericParameterTypes()[i])) {
                    int at = i;
                    tests.add(DynamicTest.dynamicTest(
                            shortName(one.getDeclaringClass()) + "." + one.getName() + " parameter " + i,
                            () -> BAD.forEach(bad -> refused(one, at, bad))));
                }
            }
            return tests.stream();
        });
    }

    private void refused(Executable one, int at, String bad) {
        for (Object value : values(one, at, bad)) {
            Object[] arguments = new Object[one.getParameterCount()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = i == at ? value : sample(one, one.getParameterTypes()[i], i);
            }
            String message = message(one, arguments);
            assertTrue(
                    message.matches(
                            "(?s).*( at index \\d+|hexadecimal digits, was|lower-case letters, digits|key id must be|"
                                    + "is not Base64|cursor must be|refused as an outcome).*"),
                    () -> one + " with " + escaped(bad) + " gave: " + message);
            assertTrue(Texts.isClean(message), () -> one + " repeats it: " + escaped(message));
            assertTrue(message.length() < 700, message);
        }
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(c ->
                        escaped.append(c < 0x7f && c > 0x1f ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return escaped.toString();
    }

    private String message(Executable one, Object... arguments) {
        try {
            Object result = one instanceof Constructor<?> constructor
                    ? constructor.newInstance(arguments)
                    : ((Method) one).invoke(Modifier.isStatic(one.getModifiers()) ? null : instance(one), arguments);
            boolean refused = result instanceof ConnectOutcome.Refused
                    || (result instanceof Optional<?> found && found.isEmpty())
                    || (result instanceof List<?> list && list.isEmpty());
            return refused ? "refused as an outcome" : "nothing: it was taken and gave " + result;
        } catch (InvocationTargetException e) {
            assertEquals(IllegalArgumentException.class, e.getCause().getClass(), () -> one + " " + e.getCause());
            return String.valueOf(e.getCause().getMessage());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(one.toString(), e);
        }
    }

    private static List<Object> values(Executable one, int at, String bad) {
        Class<?> type = one.getParameterTypes()[at];
        if (type == String.class) {
            return List.of(SAMPLE + bad);
        }
        if (type == String[].class) {
            return List.of((Object) new String[] {SAMPLE + bad});
        }
        if (type == URI.class) { // takes no control characters by itself
            return bad.contains("cut") ? List.of(URI.create("https://example.com/" + bad)) : List.of();
        }
        if (type == Path.class) { // the file system takes no others
            return bad.contains("bell") ? List.of(Path.of(bad)) : List.of();
        }
        if (Map.class.isAssignableFrom(type)) {
            if (one.getDeclaringClass() == PostItem.class && one instanceof Constructor<?>) {
                return List.of(
                        Map.of("fake", Map.of(SAMPLE, SAMPLE + bad)),
                        Map.of("fake", Map.of(SAMPLE + bad, SAMPLE)),
                        Map.of(SAMPLE + bad, Map.of(SAMPLE, SAMPLE)));
            }
            return one.getDeclaringClass() == LocalKeys.class
                    ? List.of(Map.of(SAMPLE, KEY, SAMPLE + bad, KEY))
                    : List.of(Map.of(SAMPLE, SAMPLE + bad), Map.of(SAMPLE + bad, SAMPLE));
        }
        return List.of(type == Set.class ? Set.of(SAMPLE + bad) : List.of(SAMPLE + bad));
    }

    private Object sample(Executable one, Class<?> type, int at) {
        if (type == String.class) {
            boolean ofJob = one.getName().equals("decide") && at == 2;
            return ofJob ? publication.jobs().get(0).id() : SAMPLE;
        }
        Map<Class<?>, Object> samples = new java.util.HashMap<>();
        samples.put(Owner.class, FakeWorld.OWNER);
        samples.put(TenantId.class, FakeWorld.OWNER.tenant());
        samples.put(Platform.class, FakeAdapter.PLATFORM);
        samples.put(Intent.class, Intent.CROSS_POSTING);
        samples.put(ConnectionId.class, connection);
        samples.put(AccountLinkId.class, new AccountLinkId(SAMPLE));
        samples.put(PublicationId.class, publication.id());
        samples.put(Decision.class, Decision.WAIT);
        samples.put(Post.class, FakeWorld.post(connection));
        samples.put(Secret.class, Secret.of(SAMPLE));
        samples.put(Media.class, Media.stored("x"));
        samples.put(MediaPart.Type.class, MediaPart.Type.VIDEO);
        samples.put(int.class, 10);
        samples.put(boolean.class, true);
        samples.put(Duration.class, Duration.ofDays(30));
        samples.put(Map.class, Map.of(SAMPLE, KEY));
        samples.put(Function.class, (Function<Object, Object>) token -> token);
        samples.put(WebhookRequest.class, WebhookRequest.of(Map.of("x-fake", "1"), new byte[0]));
        Object sample = samples.get(type);
        if (sample == null) {
            throw new IllegalStateException("no sample of " + type + " for " + one + "; add one");
        }
        return sample;
    }

    private Object instance(Executable one) {
        Map<Class<?>, Object> instances = Map.of(
                Connections.class, linkspan.connections(),
                Publisher.class, linkspan.publisher(),
                AccountLinks.class, linkspan.links(),
                Webhooks.class, linkspan.webhooks(),
                Post.class, FakeWorld.post(connection),
                PostItem.class, PostItem.video(Media.stored("x")),
                ConnectRequest.class, ConnectRequest.of(FakeWorld.OWNER, FakeAdapter.PLATFORM, Intent.PROFILE),
                ImportRequest.class,
                        ImportRequest.of(FakeWorld.OWNER, FakeAdapter.PLATFORM, Intent.PROFILE, Secret.of(SAMPLE)),
                Linkspan.Builder.class, Linkspan.builder(),
                LocalKeys.class, LocalKeys.fromBase64(KEY));
        Object instance = instances.get(one.getDeclaringClass());
        if (instance == null) {
            throw new IllegalStateException(
                    "no instance for " + one + "; add one, or leave the class out with a reason");
        }
        return instance;
    }

    @Test
    void leftOut_areAllThere() {
        Set<String> names = new TreeSet<>();
        types().forEach(type -> names.add(shortName(type)));
        assertEquals(
                List.of(),
                LEFT_OUT.keySet().stream().filter(name -> !names.contains(name)).toList());
        assertTrue(entrances().count() > 40);
    }
}
