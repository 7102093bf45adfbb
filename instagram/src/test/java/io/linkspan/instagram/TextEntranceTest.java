package io.linkspan.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.Secret;
import io.linkspan.spi.Texts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every text that a host gives a builder is checked by it or by {@code build()}; a new method without a check fails here. */
class TextEntranceTest {
    private static final List<String> BAD = List.of("1\uD83D", "\uDE001", "1\0", "1\u0007");
    private static final Secret SECRET = Secret.of("secret");
    private static final URI BACK = URI.create("https://example.com/back");

    private static final List<Supplier<Object>> BUILDERS = List.of(
            () -> Instagram.withInstagramLogin("1", SECRET, BACK),
            () -> Instagram.withFacebookLogin("1", SECRET, BACK),
            InstagramReelOptions::builder,
            InstagramImageOptions::builder,
            InstagramStoryOptions::builder,
            InstagramCarouselOptions::builder,
            InstagramItemOptions::builder);

    private static boolean takesText(Class<?> type) {
        return type == String.class || type == String[].class || type == URI.class || List.class == type;
    }

    private static Object sample(Class<?> type) {
        return type == int.class
                ? (Object) 1
                : type == double.class ? (Object) 0.5 : type == boolean.class ? true : "1";
    }

    private static Object bad(Class<?> type, String text) {
        return type == String[].class
                ? new String[] {text}
                : type == URI.class
                        ? URI.create("https://example.com/" + text)
                        : type == List.class ? List.of(text) : text;
    }

    @TestFactory
    Stream<DynamicTest> everyTextOfABuilder_isChecked() {
        return BUILDERS.stream()
                .flatMap(make -> Arrays.stream(make.get().getClass().getDeclaredMethods())
                        .filter(method ->
                                Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                        .flatMap(method -> Stream.iterate(0, at -> at < method.getParameterCount(), at -> at + 1)
                                .filter(at -> takesText(method.getParameterTypes()[at]))
                                .map(at -> DynamicTest.dynamicTest(
                                        method.getDeclaringClass().getName() + "." + method.getName() + " " + at,
                                        () -> BAD.forEach(text -> refused(make.get(), method, at, text))))));
    }

    private static void refused(Object builder, Method method, int at, String text) {
        Class<?>[] types = method.getParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = i == at ? bad(types[i], text) : sample(types[i]);
        }
        InvocationTargetException refusal = assertThrows(InvocationTargetException.class, () -> {
            method.invoke(builder, arguments);
            builder.getClass().getMethod("build").invoke(builder);
        });
        assertEquals(IllegalArgumentException.class, refusal.getCause().getClass());
        String message = String.valueOf(refusal.getCause().getMessage());
        assertTrue(Texts.isClean(message), message);
        assertTrue(message.length() < 700, message);
    }

    @TestFactory
    Stream<DynamicTest> everyTextOfARegistration_isChecked() {
        URI cut = URI.create("https://example.com/\uD83D");
        return Stream.<Supplier<Object>>of(
                        () -> Instagram.withInstagramLogin("1\uD83D", SECRET, BACK)
                                .build(),
                        () -> Instagram.withFacebookLogin("1\uD83D", SECRET, BACK)
                                .build(),
                        () -> Instagram.withInstagramLogin("1", SECRET, cut).build(),
                        () -> Instagram.withFacebookLogin("1", SECRET, cut).build(),
                        () -> InstagramEndpoints.allAt(cut),
                        () -> Secret.of("secret\n"))
                .map(call -> DynamicTest.dynamicTest(
                        "registration", () -> assertThrows(IllegalArgumentException.class, call::get)));
    }
}
