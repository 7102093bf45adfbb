package com.example.host;

import io.linkspan.Linkspan;
import io.linkspan.instagram.Instagram;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.preflight.Preflight;
import io.linkspan.testkit.SettableClock;
import io.linkspan.tiktok.TikTok;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Every method and field of a library that our classes name must be there, also on the paths that no run takes. Reads the
 * constant pools of our jars and looks each reference up on the class path of this process.
 */
final class Links {
    private static final List<Class<?>> OURS = List.of(
            Preflight.class, Linkspan.class, TikTok.class, Instagram.class, JdbcStores.class, SettableClock.class);
    private static final Set<String> NOT_THIRD = Set.of("java/", "javax/", "jdk/", "com/sun/", "io/linkspan/", "[");

    private final Set<String> seen = new TreeSet<>();
    private final Set<String> missing = new TreeSet<>();

    private Links() {}

    static void check() throws IOException, URISyntaxException {
        Links links = new Links();
        for (Class<?> anchor : OURS) {
            Path jar = Path.of(
                    anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : file.stream()
                        .filter(one -> one.getName().endsWith(".class"))
                        .toList()) {
                    try (InputStream in = file.getInputStream(entry)) {
                        links.read(new DataInputStream(in));
                    }
                }
            }
        }
        System.out.println(links.seen.size() + " references to other libraries, missing " + links.missing);
        if (links.seen.isEmpty() || !links.missing.isEmpty()) {
            throw new IllegalStateException("references that lead nowhere: " + links.missing);
        }
    }

    private void read(DataInputStream in) throws IOException {
        in.readInt();
        in.readInt();
        int count = in.readUnsignedShort();
        String[] text = new String[count];
        int[] kind = new int[count];
        int[] first = new int[count];
        int[] second = new int[count];
        for (int i = 1; i < count; i++) {
            kind[i] = in.readUnsignedByte();
            switch (kind[i]) {
                case 1 -> text[i] = in.readUTF();
                case 7, 8, 16, 19, 20 -> first[i] = in.readUnsignedShort();
                case 9, 10, 11, 12, 17, 18 -> {
                    first[i] = in.readUnsignedShort();
                    second[i] = in.readUnsignedShort();
                }
                case 15 -> in.skipBytes(3);
                case 3, 4 -> in.readInt();
                case 5, 6 -> {
                    in.readLong();
                    i++; // takes two places
                }
                default -> throw new IOException("constant of kind " + kind[i]);
            }
        }
        for (int i = 1; i < count; i++) {
            if (kind[i] >= 9 && kind[i] <= 11) {
                String owner = text[first[first[i]]];
                resolve(owner, text[first[second[i]]], text[second[second[i]]], kind[i] == 9);
            }
        }
    }

    private void resolve(String owner, String name, String descriptor, boolean field) {
        String reference = owner + "." + name + descriptor;
        if (NOT_THIRD.stream().anyMatch(owner::startsWith) || !seen.add(reference)) {
            return;
        }
        try {
            Class<?> type = Class.forName(owner.replace('/', '.'), false, Links.class.getClassLoader());
            boolean found = field
                    ? anywhere(type, one -> Arrays.stream(one.getDeclaredFields())
                            .anyMatch(candidate -> matches(candidate, name, descriptor)))
                    : name.equals("<init>")
                            ? Arrays.stream(type.getDeclaredConstructors())
                                    .anyMatch(one -> descriptor(void.class, one.getParameterTypes()).equals(descriptor))
                            : anywhere(type, one -> Arrays.stream(one.getDeclaredMethods())
                                    .anyMatch(candidate -> matches(candidate, name, descriptor)));
            if (!found) {
                missing.add(reference);
            }
        } catch (ClassNotFoundException | LinkageError e) {
            missing.add(reference + " (" + e + ")");
        }
    }

    private static boolean matches(Field field, String name, String descriptor) {
        return field.getName().equals(name)
                && field.getType().descriptorString().equals(descriptor);
    }

    private static boolean matches(Method method, String name, String descriptor) {
        return method.getName().equals(name)
                && descriptor(method.getReturnType(), method.getParameterTypes()).equals(descriptor);
    }

    private static String descriptor(Class<?> result, Class<?>[] parameters) {
        return MethodType.methodType(result, parameters).toMethodDescriptorString();
    }

    /** Whether something holds for the type or one it extends or implements. */
    private static boolean anywhere(Class<?> type, Predicate<Class<?>> holds) {
        Deque<Class<?>> open = new ArrayDeque<>(List.of(type, Object.class));
        while (!open.isEmpty()) {
            Class<?> next = open.remove();
            if (holds.test(next)) {
                return true;
            }
            open.addAll(List.of(next.getInterfaces()));
            if (next.getSuperclass() != null) {
                open.add(next.getSuperclass());
            }
        }
        return false;
    }
}
