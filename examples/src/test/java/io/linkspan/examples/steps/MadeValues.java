package io.linkspan.examples.steps;

import io.linkspan.spi.Secret;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Makes a value of any type by reflection; a canary is wherever a secret belongs. */
final class MadeValues {
    static final String CANARY = "canary-7f3a91d2c4b5e6";

    /** Names of record components that hold a secret as plain text. */
    private static final Set<String> SECRET_TEXTS =
            Set.of("state", "rawQuery", "browserSecret", "password", "secret", "signature", "json");

    private static final Set<String> SECRET_ADDRESSES = Set.of("uploadUrl");
    private static final int MOST_DEPTH = 12;

    private final Map<Class<?>, Object> given;

    MadeValues(Map<Class<?>, Object> given) {
        this.given = given;
    }

    /** A value; empty when there is no way to make one. */
    Optional<Object> make(Class<?> type) {
        return made(type, "", 0);
    }

    private Optional<Object> made(Type type, String name, int depth) {
        if (depth > MOST_DEPTH) {
            return Optional.empty();
        }
        if (type instanceof WildcardType wildcard) {
            return made(wildcard.getUpperBounds()[0], name, depth);
        }
        if (type instanceof ParameterizedType generic) {
            return container(generic, name, depth);
        }
        Class<?> raw = type instanceof Class<?> plain ? plain : Object.class;
        Object ready = simple(raw, name);
        return ready != null ? Optional.of(ready) : composed(raw, depth);
    }

    private Optional<Object> container(ParameterizedType generic, String name, int depth) {
        Class<?> raw = (Class<?>) generic.getRawType();
        Type[] of = generic.getActualTypeArguments();
        if (raw == Optional.class) {
            return Optional.of(made(of[0], name, depth + 1));
        }
        if (raw == Map.class) {
            return made(of[0], "", depth + 1)
                    .flatMap(key -> made(of[1], name, depth + 1).map(value -> Map.of(key, value)));
        }
        if (raw.isAssignableFrom(List.class) || raw == List.class) {
            return made(of[0], name, depth + 1).map(List::of);
        }
        if (raw == Set.class) {
            return made(of[0], name, depth + 1).map(Set::of);
        }
        return made(raw, name, depth);
    }

    private Object simple(Class<?> type, String name) {
        Object sample = given.get(type);
        if (sample != null) {
            return sample;
        }
        if (type == Secret.class) {
            return Secret.of(CANARY);
        }
        if (type == String.class || type == CharSequence.class || type == Object.class || type == Comparable.class) {
            return SECRET_TEXTS.contains(name) ? CANARY : "plain";
        }
        if (type == byte[].class) {
            return CANARY.getBytes(StandardCharsets.UTF_8);
        }
        if (type == URI.class) {
            return URI.create("https://up.example/x" + (SECRET_ADDRESSES.contains(name) ? "?k=" + CANARY : ""));
        }
        if (type == boolean.class || type == Boolean.class) {
            return true;
        }
        if (type == int.class || type == Integer.class) {
            return 1;
        }
        if (type == long.class || type == Long.class) {
            return 1L;
        }
        if (type == double.class || type == Double.class) {
            return 1.0;
        }
        if (type == Instant.class) {
            return Instant.parse("2026-03-02T09:00:00Z");
        }
        if (type == Duration.class) {
            return Duration.ofHours(2);
        }
        if (type == Path.class) {
            return Path.of("x.mp4");
        }
        if (type == OptionalInt.class) {
            return OptionalInt.of(1);
        }
        if (type == OptionalLong.class) {
            return OptionalLong.of(1);
        }
        if (type == InputStream.class) {
            return InputStream.nullInputStream();
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return null;
    }

    private Optional<Object> composed(Class<?> type, int depth) {
        if (type.isArray()) {
            return made(type.getComponentType(), "", depth + 1).map(element -> {
                Object array = Array.newInstance(type.getComponentType(), 1);
                Array.set(array, 0, element);
                return array;
            });
        }
        if (type.isSealed()) {
            return Arrays.stream(type.getPermittedSubclasses())
                    .flatMap(permitted -> made(permitted, "", depth + 1).stream())
                    .findFirst();
        }
        if (type.isInterface()) {
            return Optional.of(Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "toString" -> type.getSimpleName();
                        case "hashCode" -> 1;
                        case "equals" -> proxy == arguments[0];
                        default -> throw new UnsupportedOperationException(method.toString());
                    }));
        }
        return ways(type)
                .flatMap(way -> called(way, depth).stream())
                .filter(type::isInstance)
                .findFirst();
    }

    /** Constructors of records first, then factories, then other constructors; a builder comes from what it builds. */
    private static Stream<Executable> ways(Class<?> type) {
        Stream<Executable> constructors = Arrays.<Executable>stream(type.getConstructors())
                .sorted(Comparator.comparing((Executable way) -> -way.getParameterCount()));
        Class<?> home = type.getDeclaringClass() == null ? type : type.getDeclaringClass();
        Stream<Executable> factories = Stream.of(type, home)
                .distinct()
                .flatMap(where -> Arrays.<Method>stream(where.getMethods()))
                .filter(method -> Modifier.isStatic(method.getModifiers()) && method.getReturnType() == type)
                .sorted(Comparator.comparing(Method::toString))
                .map(Executable.class::cast);
        return type.isRecord() ? constructors : Stream.concat(factories, constructors);
    }

    private Optional<Object> called(Executable way, int depth) {
        List<Object> arguments = new ArrayList<>();
        Parameter[] parameters = way.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            boolean component =
                    way instanceof Constructor<?> && way.getDeclaringClass().isRecord();
            String name =
                    component ? way.getDeclaringClass().getRecordComponents()[i].getName() : "";
            Optional<Object> argument = made(way.getGenericParameterTypes()[i], name, depth + 1);
            if (argument.isEmpty()) {
                return Optional.empty();
            }
            arguments.add(argument.get());
        }
        try {
            return Optional.ofNullable(
                    way instanceof Method method
                            ? method.invoke(null, arguments.toArray())
                            : ((Constructor<?>) way).newInstance(arguments.toArray()));
        } catch (InvocationTargetException e) {
            return Optional.empty(); // it checks its arguments, and ours are of no use to it
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(way.toString(), e);
        }
    }
}
