package io.linkspan.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The libraries that must be on the class path beside ours, and the oldest version of each that has what we call. A host's
 * dependency management may hold an older one; that shows when Linkspan is built, and not at the first line of log.
 */
public final class Companions {
    private static final List<Companion> ALL = List.of(
            new Companion("org.slf4j", "slf4j-api", "org.slf4j.LoggerFactory", "1.7.5"),
            new Companion("dev.failsafe", "failsafe", "dev.failsafe.Failsafe", "3.2.1"),
            new Companion("io.linkspan", "linkspan-json", "io.linkspan.json.databind.json.JsonMapper", ""));

    private Companions() {}

    /**
     * Refuses to go on beside a library that is missing or too old.
     *
     * @throws IllegalStateException naming the artifact, its version and the version that is needed
     */
    public static void check() {
        for (Companion companion : ALL) {
            Optional<String> refusal = companion.refusal(Companions.class.getClassLoader());
            if (refusal.isPresent()) {
                throw new IllegalStateException(refusal.get());
            }
        }
    }

    /**
     * A library we need.
     *
     * @param group its group
     * @param artifact its artifact
     * @param type a class of it
     * @param oldest the oldest version that will do, or empty for any
     */
    record Companion(String group, String artifact, String type, String oldest) {

        /** Why it will not do, or nothing; a version that cannot be told is taken. */
        Optional<String> refusal(@Nullable ClassLoader loader) {
            try {
                String found = version(Class.forName(type, false, loader));
                return tooOld(found) ? Optional.of(text("but " + found + " is there")) : Optional.empty();
            } catch (ClassNotFoundException e) {
                return Optional.of(text("and it is missing"));
            }
        }

        private String text(String trouble) {
            String needed = group + ":" + artifact + (oldest.isEmpty() ? "" : " " + oldest + " or newer");
            return "Linkspan needs " + needed + " on the class path, " + trouble
                    + ". Set its version in the dependency management of your build.";
        }

        boolean tooOld(@Nullable String found) {
            if (found == null || oldest.isEmpty() || found.isEmpty() || !Character.isDigit(found.charAt(0))) {
                return false;
            }
            int[] has = numbers(found);
            int[] needs = numbers(oldest);
            for (int i = 0; i < needs.length; i++) {
                if (has[i] != needs[i]) {
                    return has[i] < needs[i];
                }
            }
            return false;
        }

        /** The first three numbers of a version. */
        private static int[] numbers(String version) {
            int[] numbers = new int[3];
            String[] parts = version.split("[^0-9]+", 4);
            for (int i = 0; i < numbers.length && i < parts.length; i++) {
                numbers[i] = parts[i].isEmpty() || parts[i].length() > 9 ? 0 : Integer.parseInt(parts[i]);
            }
            return numbers;
        }

        /** What Maven wrote into the jar, else what its manifest says. */
        private @Nullable String version(Class<?> anchor) {
            String file = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
            try (InputStream in = anchor.getResourceAsStream(file)) {
                if (in != null) {
                    Properties properties = new Properties();
                    properties.load(in);
                    return properties.getProperty("version");
                }
            } catch (IOException e) {
                return null; // unreadable is not too old
            }
            return anchor.getPackage().getImplementationVersion();
        }
    }
}
