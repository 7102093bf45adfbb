package io.linkspan.examples.edge;

import io.linkspan.Keyring;
import io.linkspan.Linkspan;
import io.linkspan.Platform;
import io.linkspan.Recovery;
import io.linkspan.Retention;
import io.linkspan.connection.ConnectCallback;
import io.linkspan.connection.Connections;
import io.linkspan.connection.Disconnect;
import io.linkspan.connection.HandOver;
import io.linkspan.connection.ImportRequest;
import io.linkspan.connection.Login;
import io.linkspan.instagram.Instagram;
import io.linkspan.link.AccountLinks;
import io.linkspan.link.Intent;
import io.linkspan.link.ProfileTrouble;
import io.linkspan.publish.Decision;
import io.linkspan.publish.Publisher;
import io.linkspan.publish.Worker;
import io.linkspan.spi.Secret;
import io.linkspan.tiktok.TikTok;
import io.linkspan.webhook.WebhookRequest;
import io.linkspan.webhook.Webhooks;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A public method of an object that an application calls, with arguments that work.
 *
 * @param method the method
 * @param name type, name and types of the parameters
 * @param target the object
 * @param arguments made before anything fails
 */
record PublicCall(
        Method method, String name, Function<Linkspan, Object> target, Function<EdgeWorld, Object[]> arguments) {
    private static final String UNKNOWN = "0123456789abcdef0123456789abcdef";
    private static final URI PAGE = URI.create("https://host.example/deletions");

    private static final Map<Class<?>, Function<Linkspan, Object>> OBJECTS = objects();
    private static final Map<String, Function<EdgeWorld, Object[]>> TABLE = new LinkedHashMap<>();

    static {
        connecting();
        connections();
        links();
        publishing();
        operating();
    }

    private static Map<Class<?>, Function<Linkspan, Object>> objects() {
        Map<Class<?>, Function<Linkspan, Object>> objects = new LinkedHashMap<>();
        objects.put(Linkspan.class, linkspan -> linkspan);
        objects.put(Connections.class, Linkspan::connections);
        objects.put(AccountLinks.class, Linkspan::links);
        objects.put(Publisher.class, Linkspan::publisher);
        objects.put(Webhooks.class, Linkspan::webhooks);
        objects.put(Worker.class, Linkspan::worker);
        objects.put(Keyring.class, Linkspan::keyring);
        objects.put(Retention.class, Linkspan::retention);
        objects.put(Recovery.class, Linkspan::recovery);
        return objects;
    }

    private static void add(String name, Function<EdgeWorld, Object[]> arguments) {
        TABLE.put(name, arguments);
    }

    private static Object[] of(Object... arguments) {
        return arguments;
    }

    private static void connecting() {
        add("Connections.connect(ConnectRequest)", world -> of(EdgeWorld.asking(TikTok.PLATFORM)));
        add(
                "Connections.complete(ConnectCallback)",
                world -> of(ConnectCallback.of(world.callback(TikTok.PLATFORM), EdgeWorld.BROWSER)));
        add("Connections.complete(String,String)", world -> of(world.callback(Instagram.PLATFORM), EdgeWorld.BROWSER));
        add(
                "Connections.choose(Owner,String,String,String)",
                world -> of(EdgeWorld.OWNER, UNKNOWN, "1", EdgeWorld.BROWSER));
        add(
                "Connections.expectHandOver(ConnectRequest)",
                world -> of(EdgeWorld.asking(TikTok.PLATFORM).via(Login.mobile())));
        add("Connections.handOver(HandOver)", world -> {
            Secret ticket = world.linkspan
                    .connections()
                    .expectHandOver(EdgeWorld.asking(TikTok.PLATFORM).via(Login.mobile()))
                    .ticket();
            return of(new HandOver(
                    ticket, Secret.of("never-issued"), Secret.of("v".repeat(43)), Secret.of(EdgeWorld.BROWSER)));
        });
        add("Connections.importTokens(ImportRequest)", world -> {
            var tokens = world.tiktok.issueTokens(world.tiktok.addAccount("pier.cafe"));
            return of(
                    ImportRequest.of(EdgeWorld.OWNER, TikTok.PLATFORM, Intent.PROFILE, Secret.of(tokens.accessToken()))
                            .refreshToken(Secret.of(tokens.refreshToken())));
        });
        add("Connections.connectHistory(Owner,String)", world -> of(EdgeWorld.OWNER, UNKNOWN));
    }

    private static void connections() {
        add("Connections.find(Owner,ConnectionId)", world -> of(EdgeWorld.OWNER, world.tiktokConnection));
        add("Connections.list(Owner)", world -> of(EdgeWorld.OWNER));
        add("Connections.check(Owner,ConnectionId)", world -> of(EdgeWorld.OWNER, world.tiktokConnection));
        add(
                "Connections.check(Owner,ConnectionId,Duration)",
                world -> of(EdgeWorld.OWNER, world.instagramConnection, Duration.ofMinutes(1)));
        add(
                "Connections.withAccessToken(Owner,ConnectionId,Function)",
                world -> of(EdgeWorld.OWNER, world.tiktokConnection, (Function<Secret, String>) token -> "used"));
        add(
                "Connections.disconnect(Owner,ConnectionId,Disconnect)",
                world -> of(EdgeWorld.OWNER, world.tiktokConnection, Disconnect.everywhere("mira")));
        add(
                "Connections.confirmProfileLinkRemoved(Owner,ConnectionId,String)",
                world -> of(EdgeWorld.OWNER, world.tiktokConnection, "mira"));
        add("Connections.needingAttention(TenantId,String,int)", world -> of(EdgeWorld.OWNER.tenant(), "", 10));
        add("Connections.explain(Owner,ConnectionId)", world -> of(EdgeWorld.OWNER, world.tiktokConnection));
        add("Connections.history(Owner,ConnectionId)", world -> of(EdgeWorld.OWNER, world.tiktokConnection));
        add("Connections.help(Owner,ConnectionId)", world -> of(EdgeWorld.OWNER, world.tiktokConnection));
        add("Connections.helpBefore(Platform)", world -> of(TikTok.PLATFORM));
        add(
                "Connections.helpWithoutReturn(Owner,Platform,String)",
                world -> of(EdgeWorld.OWNER, TikTok.PLATFORM, "redirect_uri"));
    }

    private static void links() {
        add(
                "AccountLinks.link(Owner,ConnectionId,ConnectionId,Intent)",
                world -> of(EdgeWorld.OWNER, world.instagramConnection, world.tiktokConnection, Intent.CROSS_POSTING));
        for (String name : List.of("find", "status", "check", "lastCheck", "manualUrls", "explain", "history")) {
            add("AccountLinks." + name + "(Owner,AccountLinkId)", world -> of(EdgeWorld.OWNER, world.link.id()));
        }
        add("AccountLinks.unlink(Owner,AccountLinkId,String)", world -> of(EdgeWorld.OWNER, world.link.id(), "mira"));
        add(
                "AccountLinks.attest(Owner,AccountLinkId,Platform,String,String)",
                world -> of(EdgeWorld.OWNER, world.link.id(), TikTok.PLATFORM, "mira", "the icon"));
        add(
                "AccountLinks.reportTrouble(Owner,AccountLinkId,Platform,ProfileTrouble)",
                world -> of(EdgeWorld.OWNER, world.link.id(), TikTok.PLATFORM, ProfileTrouble.NO_OPTION));
    }

    private static void publishing() {
        add("Publisher.preview(Owner,Post)", world -> of(EdgeWorld.OWNER, world.post()));
        add("Publisher.submit(Owner,String,Post)", world -> of(EdgeWorld.OWNER, "launch", world.post()));
        add("Publisher.find(Owner,PublicationId)", world -> of(EdgeWorld.OWNER, world.waiting.id()));
        add("Publisher.cancel(Owner,PublicationId,String)", world -> of(EdgeWorld.OWNER, world.waiting.id(), "mira"));
        add(
                "Publisher.decide(Owner,PublicationId,String,Decision,String)",
                world -> of(EdgeWorld.OWNER, world.waiting.id(), job(world), Decision.GIVE_UP, "mira"));
        add(
                "Publisher.decide(Owner,PublicationId,String,Decision,String,String)",
                world -> of(EdgeWorld.OWNER, world.waiting.id(), job(world), Decision.IT_IS_THERE, "1", "mira"));
    }

    private static String job(EdgeWorld world) {
        return world.waiting.jobs().get(0).id();
    }

    private static void operating() {
        WebhookRequest forged = WebhookRequest.of(Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
        add("Webhooks.receive(Platform,WebhookRequest)", world -> of(TikTok.PLATFORM, forged));
        add("Webhooks.receiveDeletion(Platform,WebhookRequest,URI)", world -> of(Instagram.PLATFORM, forged, PAGE));
        add("Webhooks.deletionStatus(String)", world -> of(UNKNOWN));
        add("Worker.start()", world -> of());
        add("Worker.runDue()", world -> of());
        add("Worker.close()", world -> of());
        add("Keyring.rewrap(int)", world -> of(100));
        add("Keyring.records()", world -> of());
        add("Retention.sweep(Duration,int)", world -> of(Duration.ofDays(7), 100));
        add("Recovery.afterRestore(Instant)", world -> of(world.clock.instant()));
        for (String name : List.of(
                "connections",
                "links",
                "publisher",
                "webhooks",
                "worker",
                "fleet",
                "keyring",
                "retention",
                "recovery")) {
            add("Linkspan." + name + "()", world -> of());
        }
        add("Linkspan.close()", world -> of());
    }

    /** All public methods, also those that the table does not know. */
    static Stream<Method> methods() {
        return OBJECTS.keySet().stream()
                .flatMap(type -> Arrays.stream(type.getMethods())
                        .filter(method -> method.getDeclaringClass() == type)
                        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic()));
    }

    static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName() + "("
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(","))
                + ")";
    }

    /** The rows of the table. */
    static List<String> names() {
        return List.copyOf(TABLE.keySet());
    }

    static Stream<PublicCall> all() {
        return methods().filter(method -> TABLE.containsKey(name(method))).map(method -> {
            String name = name(method);
            return new PublicCall(method, name, OBJECTS.get(method.getDeclaringClass()), TABLE.get(name));
        });
    }

    /** Calls it; what it throws leaves as it was thrown. */
    Object on(EdgeWorld world, Object... given) throws Throwable {
        try {
            return method.invoke(target.apply(world.linkspan), given);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /** Whether it names something by an id. */
    boolean takes(Class<?>... types) {
        return Arrays.stream(types).anyMatch(List.of(method.getParameterTypes())::contains);
    }

    /** Whether it names a platform. */
    boolean takesPlatform() {
        return takes(Platform.class);
    }

    @Override
    public String toString() {
        return name;
    }
}
