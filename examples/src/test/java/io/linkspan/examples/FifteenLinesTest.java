package io.linkspan.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.Linkspan;
import io.linkspan.Owner;
import io.linkspan.jdbc.JdbcStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** The program of the README. */
class FifteenLinesTest {
    private static JdbcDataSource database(String name) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setUrl("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        return dataSource;
    }

    private static Map<String, String> environment() {
        return Map.of(
                "LINKSPAN_KEY", Base64.getEncoder().encodeToString(new byte[32]),
                "TIKTOK_CLIENT_KEY", "key",
                "TIKTOK_CLIENT_SECRET", "secret",
                "INSTAGRAM_APP_ID", "12345",
                "INSTAGRAM_APP_SECRET", "secret");
    }

    @Test
    void open_withEverything_startsAConnect() {
        JdbcDataSource dataSource = database("fifteen");
        JdbcStores.migrate(dataSource);
        try (Linkspan linkspan = FifteenLines.open(dataSource, environment())) {
            var go = FifteenLines.connect(linkspan, Owner.of("tenant", "user"), "browser-secret-0123456789");

            assertEquals("www.tiktok.com", go.getHost());
        }
    }

    @Test
    void open_withoutSecret_namesTheVariable() {
        JdbcDataSource dataSource = database("missing");
        JdbcStores.migrate(dataSource);
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class,
                () -> FifteenLines.open(
                        dataSource, Map.of("LINKSPAN_KEY", environment().get("LINKSPAN_KEY"))));

        assertTrue(String.valueOf(error.getMessage()).contains("TIKTOK_CLIENT_SECRET is missing"), error.getMessage());
    }

    @Test
    void readme_showsThisProgram() throws Exception {
        Path root = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
        Path source = root.resolve("src/main/java/io/linkspan/examples/FifteenLines.java");
        String code = Files.readString(source, StandardCharsets.UTF_8);
        String readme = Files.readString(root.getParent().resolve("README.md"), StandardCharsets.UTF_8);
        String flat = readme.replaceAll("\\s+|//[^\\n]*", "");
        Matcher region = Pattern.compile("// readme: begin(.*?)// readme: end", Pattern.DOTALL)
                .matcher(code);
        int regions = 0;
        while (region.find()) {
            regions++;
            assertTrue(flat.contains(region.group(1).replaceAll("\\s+", "")), "README shows another program");
        }
        assertEquals(3, regions);
    }
}
