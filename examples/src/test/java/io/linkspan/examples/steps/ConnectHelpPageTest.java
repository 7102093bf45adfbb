package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.connection.ConnectHelp;
import io.linkspan.spi.HelpCatalogue;
import io.linkspan.spi.HelpSignal;
import io.linkspan.spi.PlatformAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The page of all help texts in the documentation. {@code -Dlinkspan.writePages=true} writes it anew. */
class ConnectHelpPageTest {
    private static final Path PAGE = Path.of(System.getProperty("basedir", ".")).resolve("../docs/connect-help.md");
    private static final String MARK =
            "<!-- The texts below are those of the code; ConnectHelpPageTest compares them. -->\n";

    private static final Set<String> PARTS = Set.of("final", "many", "handles-differ", "profile-final");

    @Test
    void page_holdsEveryText() throws IOException {
        String page = Files.readString(PAGE);
        String intro = page.substring(0, page.indexOf(MARK) + MARK.length());
        String expected = intro + texts();
        if (Boolean.getBoolean("linkspan.writePages")) {
            Files.writeString(PAGE, expected);
        }
        assertEquals(expected, Files.readString(PAGE), "write the page anew with -Dlinkspan.writePages=true");
    }

    private static String texts() {
        StringBuilder page = new StringBuilder();
        section(page, "TikTok", HelpTable.TIKTOK, HelpTable.TIKTOK.help());
        section(page, "Instagram Login", HelpTable.INSTAGRAM, HelpTable.INSTAGRAM.help());
        section(page, "Facebook Login", HelpTable.FACEBOOK, HelpTable.FACEBOOK.help());
        section(page, "Every platform", HelpTable.TIKTOK, HelpCatalogue.common());
        page.append("\n## With each failure\n");
        HelpSignal denied = HelpSignal.of("denied:access_denied");
        for (int failures = 1; failures <= 4; failures++) {
            help(page, "failure " + failures, HelpTable.help(HelpTable.TIKTOK, denied, failures, 0));
        }
        HelpSignal profile = HelpSignal.of("profile:LOGIN_LOOPS");
        for (int failures = 2; failures <= 4; failures++) {
            help(page, "profile link, report " + failures, HelpTable.help(HelpTable.TIKTOK, profile, failures, 0));
        }
        HelpSignal code = HelpSignal.of("refused:PLATFORM_REFUSED:AUTHORIZATION:invalid_grant");
        help(page, "three users within an hour", HelpTable.help(HelpTable.TIKTOK, code, 1, 3));
        return page.toString();
    }

    private static void section(StringBuilder page, String title, PlatformAdapter adapter, HelpCatalogue catalogue) {
        page.append("\n## ").append(title).append('\n');
        Set<String> done = new LinkedHashSet<>();
        for (HelpCatalogue.Row row : catalogue.rows()) {
            if (!row.name().contains("growth:") && !PARTS.contains(row.name()) && done.add(row.name())) {
                help(page, row.name(), ConnectHelpPageTest.text(adapter, row));
            }
        }
    }

    /** The row as it is shown at the first failure, whatever signal leads to it. */
    private static ConnectHelp text(PlatformAdapter adapter, HelpCatalogue.Row row) {
        ConnectHelp help = HelpTable.help(
                adapter, HelpTable.signal(row), Math.max(1, row.fits().attempt()), 0);
        if (help.row().equals(row.name())) {
            return help;
        }
        return List.of(HelpTable.profileLink(), HelpTable.tiktok(), HelpTable.instagram()).stream()
                .flatMap(List::stream)
                .filter(expected -> expected.row().equals(row.name()))
                .map(HelpTable.Expected::help)
                .findFirst()
                .orElse(help);
    }

    private static void help(StringBuilder page, String name, ConnectHelp help) {
        page.append("\n### ").append(name).append("\n\n");
        page.append("Bucket: ").append(help.bucket().words());
        page.append(". Acts: ").append(help.actor().name().toLowerCase(java.util.Locale.ROOT));
        page.append(help.offerAgain() ? ". Another attempt is offered.\n\n" : ". No other attempt is offered.\n\n");
        page.append("> **").append(help.headline()).append("**\n");
        for (String sentence :
                List.of(help.cause(), help.words().notTheCause(), help.words().kept())) {
            if (!sentence.isEmpty()) {
                page.append("> ").append(sentence).append('\n');
            }
        }
        page.append(">\n");
        for (int i = 0; i < help.steps().size(); i++) {
            page.append("> ")
                    .append(i + 1)
                    .append(". ")
                    .append(help.steps().get(i))
                    .append('\n');
        }
        if (!help.words().operatorSteps().isEmpty()) {
            page.append("\nOperator: ")
                    .append(String.join(" ", help.words().operatorSteps()))
                    .append('\n');
        }
    }
}
