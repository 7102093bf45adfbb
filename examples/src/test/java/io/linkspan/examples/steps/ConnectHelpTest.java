package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectHelp;
import io.linkspan.connection.ConnectHelp.Bucket;
import io.linkspan.connection.ConnectHelp.Words;
import io.linkspan.spi.Actor;
import io.linkspan.spi.HelpCatalogue;
import io.linkspan.spi.HelpSignal;
import io.linkspan.spi.PlatformAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The help as a pure function: the fact sheet's table, its growth, and what must hold for every text. */
class ConnectHelpTest {
    private static final List<PlatformAdapter> ADAPTERS =
            List.of(HelpTable.TIKTOK, HelpTable.INSTAGRAM, HelpTable.FACEBOOK);
    private static final List<String> BANNED = List.of(
            "the person",
            "nobody",
            "somebody",
            "told",
            "tell ",
            "whose",
            "at once",
            "goes on",
            "look for",
            "wrong password",
            "{");

    static Stream<HelpTable.Expected> sheet() {
        return Stream.of(HelpTable.profileLink(), HelpTable.tiktok(), HelpTable.instagram())
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sheet")
    void signal_leadsToTheSheetsBucketAndActor(HelpTable.Expected expected) {
        ConnectHelp help = expected.help();

        assertEquals(
                List.of(expected.row(), expected.bucket(), expected.actor()),
                List.of(help.row(), help.bucket(), help.actor()));
        assertEquals(
                expected.actor() == Actor.OPERATOR || expected.actor() == Actor.DEVELOPER,
                help.report().isPresent());
    }

    /** No row of the catalogues is dead: each is found by its own signal, or belongs to the sheet. */
    @Test
    void everyRow_isReached() {
        TreeSet<String> dead = new TreeSet<>();
        ADAPTERS.forEach(adapter -> adapter.help().rows().forEach(row -> dead.add(row.name())));
        HelpCatalogue.common().rows().forEach(row -> dead.add(row.name()));
        sheet().forEach(expected -> dead.remove(expected.row()));
        for (ConnectHelp help : all()) {
            dead.remove(help.row());
        }
        dead.removeIf(name -> name.startsWith("growth:")
                || name.startsWith("profile-")
                || name.equals("final")
                || name.equals("many")
                || name.equals("handles-differ"));
        assertEquals(new TreeSet<String>(), dead);
    }

    /** Every help of every adapter: each row's signal, zero to six failures, one or many users. */
    static List<ConnectHelp> all() {
        List<ConnectHelp> all = new ArrayList<>();
        for (PlatformAdapter adapter : ADAPTERS) {
            Stream<HelpSignal> signals = Stream.concat(
                    Stream.concat(adapter.help().rows().stream(), HelpCatalogue.common().rows().stream())
                            .map(HelpTable::signal),
                    sheet().filter(one -> one.adapter() == adapter).map(HelpTable.Expected::signal));
            signals.filter(signal -> signal.key().contains(":") || !signal.key().matches("final|many|handles-differ"))
                    .filter(signal -> !signal.key().matches("(profile-)?growth:.*|profile-final"))
                    .forEach(signal -> {
                        for (int failures = 0; failures <= 6; failures++) {
                            all.add(HelpTable.help(adapter, signal, failures, 0));
                            all.add(HelpTable.help(adapter, signal, failures, 3));
                            all.add(HelpTable.help(HelpCatalogue.none(), adapter, signal, failures, 0));
                        }
                    });
        }
        return all;
    }

    @Test
    void everyHelp_isWholeAndSpeaksPlainly() {
        assertTrue(all().size() > 1000);
        for (ConnectHelp help : all()) {
            Words words = help.words();
            assertFalse(words.headline().isBlank(), help.row());
            assertFalse(words.steps().isEmpty(), help.row());
            for (String text : texts(words)) {
                assertTrue(text.isEmpty() || text.matches("[A-Z@].*[^.]|[A-Z@].*[.?]"), help.row() + ": " + text);
                for (String banned : BANNED) {
                    assertFalse(text.toLowerCase(java.util.Locale.ROOT).contains(banned), help.row() + ": " + text);
                }
                String withoutMenus = text.replaceAll("[A-Z][\\w ]*( &[\\w ]+)? > [^.]*", "");
                assertFalse(
                        withoutMenus.toLowerCase(java.util.Locale.ROOT).contains("permission"),
                        help.row() + ": " + text);
            }
            assertFalse(words.cause().toLowerCase(java.util.Locale.ROOT).contains("password"), help.row());
            assertFalse(
                    words.steps().toString().toLowerCase(java.util.Locale.ROOT).contains("password"), help.row());
        }
    }

    private static List<String> texts(Words words) {
        List<String> texts =
                new ArrayList<>(List.of(words.headline(), words.cause(), words.notTheCause(), words.kept()));
        texts.addAll(words.steps());
        return texts;
    }

    @Test
    void withoutAnotherAttempt_noTextAsksForOne() {
        for (ConnectHelp help : all()) {
            if (!help.offerAgain()) {
                assertFalse(
                        help.toText().matches("(?is).*\\b(again|once more|retry)\\b.*"),
                        help.row() + ": " + help.toText());
                assertFalse(help.freshLogin(), help.row());
            }
        }
    }

    @Test
    void fourthFailure_endsTheAttemptsAndReports() {
        for (ConnectHelp help : all()) {
            if (help.attempt() >= 4 && help.bucket() != Bucket.NONE) {
                assertFalse(help.offerAgain(), help::row);
                assertTrue(help.report().isPresent() || help.actor() == Actor.PERSON, help::row);
            }
        }
        ConnectHelp last = HelpTable.help(HelpTable.TIKTOK, HelpSignal.of("denied:access_denied"), 4, 0);
        assertEquals(Actor.OPERATOR, last.actor());
        assertTrue(last.steps().toString().contains("0197a2"), last::toText);
        assertEquals(
                "2026-11-30T09:00:00Z tiktok row=tiktok.denied code=code trace=trace connect=0197a2"
                        + " redirect=app.example.com",
                last.report().orElseThrow().describe());
    }

    /** Each failure adds steps and takes none away, until another attempt is no longer offered. */
    @Test
    void steps_growWithEachFailure() {
        for (HelpTable.Expected expected : sheet().toList()) {
            List<String> before = List.of();
            for (int failures = 1; failures <= 3; failures++) {
                ConnectHelp help = HelpTable.help(expected.adapter(), expected.signal(), failures, 0);
                if (!help.offerAgain()) {
                    break;
                }
                boolean sameRow = failures == 1 || !help.row().endsWith("_still");
                assertTrue(!sameRow || help.steps().containsAll(before), help::toText);
                assertTrue(failures == 1 || !sameRow || help.steps().size() > before.size(), help::toText);
                assertEquals(failures > 1, help.freshLogin() && failures > 1, help::row);
                before = help.steps();
            }
        }
    }

    @Test
    void advice_ofTheSeedIsThere() {
        String everything = String.join(
                "\n", all().stream().map(ConnectHelp::toText).distinct().toList());
        for (String advice : List.of(
                "Business or Creator",
                "Sign in to Instagram in this device's browser first",
                "Close your other Instagram sessions",
                "another device",
                "region",
                "Remove the link on both sides",
                "names may differ on the two platforms")) {
            assertTrue(everything.contains(advice), advice);
        }
    }

    @Test
    void severalUsers_withOneFaultOfTheApp_areAKnownProblem() {
        HelpSignal code = HelpSignal.of("refused:PLATFORM_REFUSED:AUTHORIZATION:invalid_grant");

        ConnectHelp two = HelpTable.help(HelpTable.TIKTOK, code, 1, 2);
        ConnectHelp three = HelpTable.help(HelpTable.TIKTOK, code, 1, 3);
        ConnectHelp denied = HelpTable.help(HelpTable.TIKTOK, HelpSignal.of("denied:access_denied"), 1, 30);

        assertTrue(two.offerAgain());
        assertEquals("Known problem: TikTok did not accept the sign-in", three.headline());
        assertFalse(three.offerAgain());
        assertEquals(3, three.report().orElseThrow().users());
        assertTrue(denied.offerAgain(), "refusals by users are no fault of the app");
    }

    /** An adapter without rows has the common ones. */
    @Test
    void adapterWithoutHelp_hasTheCommonTexts() {
        for (HelpCatalogue.Row row : HelpCatalogue.common().rows()) {
            HelpCatalogue.Row found = HelpCatalogue.none().row(HelpTable.signal(row));
            assertFalse(found.words().steps().isEmpty());
        }
        assertEquals(
                "common.any",
                HelpCatalogue.none().row(HelpSignal.of("never:heard:of")).name());
    }
}
