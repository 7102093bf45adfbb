package io.linkspan.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.internal.Companions.Companion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Libraries beside ours that are missing or too old. */
class CompanionsTest {
    private static final Companion SLF4J = new Companion("org.slf4j", "slf4j-api", "org.slf4j.LoggerFactory", "1.7.5");

    @TempDir
    Path folder;

    private Optional<String> refusalBeside(String version) throws IOException {
        Path anchor = folder.resolve("org/slf4j/LoggerFactory.class");
        Files.createDirectories(anchor.getParent());
        try (InputStream in = LoggerFactory.class.getResourceAsStream("LoggerFactory.class")) {
            Files.write(anchor, in.readAllBytes());
        }
        Path properties = folder.resolve("META-INF/maven/org.slf4j/slf4j-api/pom.properties");
        Files.createDirectories(properties.getParent());
        Files.writeString(properties, "version=" + version);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            return SLF4J.refusal(loader);
        }
    }

    @Test
    void tooOld_isRefusedWithArtifactVersionAndRemedy() throws IOException {
        assertEquals(
                "Linkspan needs org.slf4j:slf4j-api 1.7.5 or newer on the class path, but 1.6.6 is there."
                        + " Set its version in the dependency management of your build.",
                refusalBeside("1.6.6").orElseThrow());
        assertEquals(Optional.empty(), refusalBeside("1.7.36"));
    }

    @Test
    void missing_isRefusedByName() {
        Companion absent = new Companion("org.example", "absent", "org.example.Absent", "2");

        assertEquals(
                "Linkspan needs org.example:absent 2 or newer on the class path, and it is missing."
                        + " Set its version in the dependency management of your build.",
                absent.refusal(getClass().getClassLoader()).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"1.7.5,false", "1.7.36,false", "1.7.4,true", "1.6.99,true", "2.0.0-alpha1,false", "1,true", "10.0,false"
    })
    void versions_compareByNumber(String version, boolean tooOld) {
        assertEquals(tooOld, SLF4J.tooOld(version));
    }

    @Test
    void versionThatCannotBeTold_isTaken() {
        assertFalse(SLF4J.tooOld(null));
        assertFalse(SLF4J.tooOld("unknown"), "no number");
        assertTrue(SLF4J.tooOld("0.9"));
    }

    @Test
    void thoseOfThisBuild_areTaken() {
        Companions.check();
    }
}
