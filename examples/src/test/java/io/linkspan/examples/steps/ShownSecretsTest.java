package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.InMemoryStores;
import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.Owner;
import io.linkspan.TenantId;
import io.linkspan.connection.ConnectCallback;
import io.linkspan.connection.ConnectRedirect;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ImportRequest;
import io.linkspan.instagram.Instagram;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.link.AccountLink;
import io.linkspan.link.AccountLinkId;
import io.linkspan.link.Intent;
import io.linkspan.preflight.Preflight;
import io.linkspan.publish.PublicationId;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.Secret;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.TokenPair;
import io.linkspan.tiktok.TikTok;
import io.linkspan.webhook.WebhookRequest;
import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No public type shows a secret in its text, whatever it is made of. */
class ShownSecretsTest {
    private static final String CANARY = MadeValues.CANARY;
    private static final Secret SECRET = Secret.of(CANARY);
    private static final URI ADDRESS = URI.create("https://up.example/" + CANARY + "?state=" + CANARY);
    private static final URI BACK = URI.create("https://app.example.com/back");
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final Owner OWNER = Owner.of("harbour", "mira");

    /** Types that cannot be made of anything, or whose secret is in a plain text or an address. */
    private static Map<Class<?>, Object> given() {
        HttpCall call = HttpCall.of("op", CallClass.SPEND, "POST", ADDRESS)
                .header("X-Token", CANARY)
                .bearer(SECRET)
                .body(new HttpBody.Form(Map.of("refresh_token", CANARY)));
        byte[] bytes = CANARY.getBytes(StandardCharsets.UTF_8);
        Map<Class<?>, Object> given = new HashMap<>();
        for (Object value : List.of(
                OWNER,
                new TenantId("harbour"),
                new ConnectionId("c".repeat(32)),
                call,
                new HttpBody.Form(Map.of("code", CANARY)),
                new HttpResult.Answered(200, Map.of("set-cookie", List.of(CANARY)), bytes),
                new ConnectRedirect("c", ADDRESS, Instant.EPOCH),
                ConnectRequest.of(OWNER, TikTok.PLATFORM, Intent.BOTH).boundTo(CANARY),
                ConnectCallback.of("code=" + CANARY + "&state=" + CANARY, CANARY),
                ImportRequest.of(OWNER, TikTok.PLATFORM, Intent.BOTH, SECRET).refreshToken(SECRET),
                WebhookRequest.of(Map.of("x-signature", CANARY), bytes),
                new AccountLinkId("a".repeat(32)),
                new PublicationId("b".repeat(32)),
                LocalKeys.of("k", Map.of("k", KEY)),
                StoredRecord.builder(OWNER.tenant(), RecordKind.CONNECTION, "c")
                        .payload(bytes)
                        .build(),
                new AccountLink(
                        new AccountLinkId("a".repeat(32)),
                        OWNER,
                        Intent.BOTH,
                        List.of(new ConnectionId("c".repeat(32)), new ConnectionId("d".repeat(32))),
                        Instant.EPOCH),
                Instagram.withInstagramLogin("1", SECRET, BACK),
                Instagram.withFacebookLogin("1", SECRET, BACK),
                Linkspan.builder().keys(LocalKeys.of("k", Map.of("k", KEY))),
                Linkspan.builder()
                        .stores(InMemoryStores.create())
                        .keys(LocalKeys.of("k", Map.of("k", KEY)))
                        .platform(TikTok.builder("key", SECRET, BACK).build())
                        .build(),
                TikTok.builder("key", SECRET, BACK).build(),
                Instagram.withInstagramLogin("1", SECRET, BACK).build())) {
            given.put(value.getClass(), value);
        }
        return given;
    }

    @Test
    void everyPublicType_showsNoSecret() throws Exception {
        Map<Class<?>, Object> given = given();
        MadeValues values = new MadeValues(given);
        int shown = 0;
        for (Class<?> type : publicTypes()) {
            boolean value = !type.isInterface() && !type.isAnnotation() && !Modifier.isAbstract(type.getModifiers());
            if (!value) {
                continue;
            }
            Optional<Object> made = values.make(type);
            if (made.isEmpty()) {
                // a report, an option, a holder of a database: there must be nothing to show
                assertFalse(holdsSecret(type), () -> type.getName() + " holds a secret; give a sample of it");
                continue;
            }
            String text = made.get().toString();
            assertFalse(text.contains(CANARY), () -> type.getName() + " shows a secret: " + text);
            shown++;
        }
        assertTrue(shown > 150, "types looked at: " + shown);
    }

    private static boolean holdsSecret(Class<?> type) {
        return Stream.of(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(Field::getType)
                .anyMatch(Set.of(Secret.class, byte[].class, TokenPair.class)::contains);
    }

    private static List<Class<?>> publicTypes() throws Exception {
        List<Class<?>> types = new ArrayList<>();
        for (Class<?> one : List.of(Linkspan.class, TikTok.class, Instagram.class, JdbcStores.class, Preflight.class)) {
            Path home = Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(home)) {
                collect(home, types);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(home)) {
                    collect(jar.getPath("/"), types);
                }
            }
        }
        return types;
    }

    private static void collect(Path home, List<Class<?>> types) throws IOException, ClassNotFoundException {
        List<String> names;
        try (Stream<Path> files = Files.walk(home)) {
            names = files.map(file -> home.relativize(file).toString().replace('/', '.'))
                    .filter(name -> name.startsWith("io.linkspan.") && name.endsWith(".class"))
                    .filter(name -> !name.contains(".internal.") && !name.contains("-info"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .sorted()
                    .toList();
        }
        for (String name : names) {
            Class<?> type = Class.forName(name, false, ShownSecretsTest.class.getClassLoader());
            if (isPublic(type)) {
                types.add(type);
            }
        }
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && !type.isAnonymousClass()
                && (type.getDeclaringClass() == null || isPublic(type.getDeclaringClass()));
    }

    @Test
    void secret_isNeitherSerializableNorARecord() {
        assertFalse(Serializable.class.isAssignableFrom(Secret.class));
        assertFalse(Secret.class.isRecord());
        assertTrue(Modifier.isFinal(Secret.class.getModifiers()));
    }

    @Test
    void secret_isComparedWhole() {
        assertEquals(SECRET, Secret.of(CANARY));
        assertNotEquals(SECRET, Secret.of(CANARY + "x"));
        assertNotEquals(SECRET, Secret.of(CANARY.substring(1)));
        assertNotEquals(SECRET, Secret.of(CANARY.replace('c', 'd')));
        assertNotEquals(SECRET, Secret.of(CANARY.substring(0, CANARY.length() - 1) + "!"));
        assertEquals(SECRET.hashCode(), Secret.of("other").hashCode(), "the hash tells nothing");
    }
}
