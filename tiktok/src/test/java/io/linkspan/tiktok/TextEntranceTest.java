package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.MediaPart;
import io.linkspan.spi.Problem;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.Secret;
import io.linkspan.spi.Texts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every text that a host gives the builder is checked by it or by {@code build()}; a new method without a check fails here. */
class TextEntranceTest {
    private static final Secret SECRET = Secret.of("secret");
    private static final URI BACK = URI.create("https://example.com/back");

    private static TikTok.Builder builder() {
        return TikTok.builder("key", SECRET, BACK);
    }

    private static boolean takesText(Class<?> type) {
        return type == String.class || type == URI.class || type == List.class;
    }

    @TestFactory
    Stream<DynamicTest> everyTextOfTheBuilder_isChecked() {
        return Arrays.stream(TikTok.Builder.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getParameterCount() == 1)
                .filter(method -> takesText(method.getParameterTypes()[0]))
                .map(method -> DynamicTest.dynamicTest(method.getName(), () -> {
                    refused(method, "cut\uD83D");
                    refused(method, "nul\0");
                }));
    }

    private static Object bad(Method method, String text) {
        if (method.getParameterTypes()[0] == String.class) {
            return "http://127.0.0.1:1/" + text;
        }
        URI address = text.contains("\0") ? URI.create("x:y") : URI.create("https://example.com/" + text + "/");
        boolean addresses = method.getName().equals("verifiedPrefixes");
        return method.getParameterTypes()[0] == URI.class
                ? address
                : addresses ? List.of(address) : Collections.nCopies(10_000, text);
    }

    private static void refused(Method method, String text) {
        InvocationTargetException refusal = assertThrows(InvocationTargetException.class, () -> {
            TikTok.Builder builder = builder();
            method.invoke(builder, bad(method, text));
            TikTok.Builder.class.getMethod("build").invoke(builder);
        });
        assertEquals(IllegalArgumentException.class, refusal.getCause().getClass());
        String message = String.valueOf(refusal.getCause().getMessage());
        assertTrue(Texts.isClean(message), message);
        assertTrue(message.length() < 2000, message);
    }

    @TestFactory
    Stream<DynamicTest> everyTextOfARegistration_isChecked() {
        URI cut = URI.create("https://example.com/\uD83D");
        return Stream.<Supplier<Object>>of(
                        () -> TikTok.builder("key\n", SECRET, BACK).build(),
                        () -> TikTok.builder("key\uD83D", SECRET, BACK).build(),
                        () -> TikTok.builder("key", SECRET, cut).build(),
                        () -> TikTokEndpoints.allAt(cut),
                        () -> Secret.of("secret\n"))
                .map(call -> DynamicTest.dynamicTest(
                        "registration", () -> assertThrows(IllegalArgumentException.class, call::get)));
    }

    /** A refusal of 15.8 MB named each of them. */
    @Test
    void manyUnknownOptions_areOneProblemThatNamesSome() {
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i < 100_000; i++) {
            options.put("unknown-" + i, "x");
        }
        MediaPart part = new MediaPart(MediaPart.Role.ITEM, MediaPart.Type.VIDEO, "video/mp4", 1, options);
        List<Problem> problems = PostRules.problems(
                new PublishContent(PublishContent.Kind.VIDEO, "", List.of(part), options), ChunkPlan.CHUNK);
        int length =
                problems.stream().mapToInt(problem -> problem.text().length()).sum();
        assertTrue(length < 3000, () -> length + " characters");
        assertTrue(
                problems.stream().anyMatch(problem -> problem.text().contains("and 99,995 more")), problems::toString);
    }
}
