package io.linkspan.internal.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.publish.CaptionFit;
import io.linkspan.spi.TextLimit;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** A caption fits by the rule that was asked for, and is otherwise left alone. */
class CaptionsProperties {
    private static final String FAMILY = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
    private static final String FLAG = "\uD83C\uDDE9\uD83C\uDDEA";
    private static final String ELLIPSIS = "\u2026";

    @Provide
    Arbitrary<String> captions() {
        return Arbitraries.of(
                        "a",
                        "word",
                        " ",
                        "\n",
                        "#tag",
                        " #tag",
                        "#",
                        "e\u0301",
                        FAMILY,
                        FLAG,
                        "\uD83D\uDE00",
                        "\u6f22",
                        "https://x/y#z",
                        "-")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }

    private static TextLimit limit(int most, TextLimit.Unit unit) {
        return new TextLimit("caption", most, unit);
    }

    private static List<Integer> ends(String text) {
        return Pattern.compile("\\X")
                .matcher(text)
                .results()
                .map(MatchResult::end)
                .toList();
    }

    @Property
    void result_isAlwaysWithinTheLimit(
            @ForAll("captions") String caption,
            @ForAll @IntRange(max = 30) int most,
            @ForAll TextLimit.Unit unit,
            @ForAll CaptionFit rule) {
        TextLimit limit = limit(most, unit);

        Captions.fit(caption, limit, rule).ifPresent(fitted -> assertTrue(limit.fits(fitted), fitted));
    }

    @Property
    void captionThatFits_isNeverChanged(
            @ForAll("captions") String caption, @ForAll TextLimit.Unit unit, @ForAll CaptionFit rule) {
        assertEquals(Optional.of(caption), Captions.fit(caption, limit(caption.length(), unit), rule));
    }

    @Property
    void refuse_neverCuts(@ForAll("captions") String caption, @ForAll @IntRange(max = 30) int most) {
        Optional<String> fitted = Captions.fit(caption, limit(most, TextLimit.Unit.UTF16), CaptionFit.REFUSE);

        assertEquals(caption.length() <= most ? Optional.of(caption) : Optional.empty(), fitted);
    }

    @Property
    void cut_endsBetweenCharactersAsPeopleSeeThem(
            @ForAll("captions") String caption, @ForAll @IntRange(max = 30) int most, @ForAll TextLimit.Unit unit) {
        Captions.fit(caption, limit(most, unit), CaptionFit.CUT_AT_WORD)
                .filter(fitted -> !fitted.equals(caption))
                .ifPresent(fitted -> {
                    String head = fitted.substring(0, fitted.length() - ELLIPSIS.length());
                    assertTrue(fitted.endsWith(ELLIPSIS), fitted);
                    assertTrue(caption.startsWith(head), fitted);
                    assertTrue(!head.isBlank(), fitted);
                    assertTrue(ends(caption).contains(head.length()), caption + " -> " + fitted);
                });
    }

    @Property
    void dropHashtags_leavesOutNothingElse(
            @ForAll("captions") String caption, @ForAll @IntRange(max = 30) int most, @ForAll TextLimit.Unit unit) {
        Captions.fit(caption, limit(most, unit), CaptionFit.DROP_LAST_HASHTAGS).ifPresent(fitted -> {
            assertTrue(caption.startsWith(fitted), fitted);
            assertTrue(caption.substring(fitted.length()).matches("(\\s*#[^\\s#]+)*\\s*"), caption + " -> " + fitted);
        });
    }

    @Example
    void cut_endsAfterAWholeWord() {
        assertEquals(
                Optional.of("Hello" + ELLIPSIS),
                Captions.fit("Hello wide world", limit(8, TextLimit.Unit.UTF16), CaptionFit.CUT_AT_WORD));
    }

    @Example
    void cut_ofAFamilyThatDoesNotFit_leavesNoHalfOfIt() {
        String caption = "ab" + FAMILY + "cdefghijkl";

        assertEquals(
                Optional.of("ab" + ELLIPSIS),
                Captions.fit(caption, limit(8, TextLimit.Unit.UTF16), CaptionFit.CUT_AT_WORD));
    }

    @Example
    void dropHashtags_keepsAnAddressWhole() {
        TextLimit limit = limit(22, TextLimit.Unit.UTF16);

        assertEquals(
                Optional.empty(), Captions.fit("see https://example.com/a#b", limit, CaptionFit.DROP_LAST_HASHTAGS));
        assertEquals(
                Optional.of("see https://x.com/a#b"),
                Captions.fit("see https://x.com/a#b #one#two", limit, CaptionFit.DROP_LAST_HASHTAGS));
    }
}
