package io.linkspan.internal.publish;

import io.linkspan.publish.CaptionFit;
import io.linkspan.spi.TextLimit;
import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Fits a caption into a platform's limit by the rule of the post. Pure. */
final class Captions {
    private static final String ELLIPSIS = "\u2026";

    /** A character as people see it, such as a flag or a family; {@link BreakIterator} of Java 17 cuts through them. */
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private Captions() {}

    /** The caption as it fits; empty when the rule cannot make it fit. */
    static Optional<String> fit(String caption, TextLimit limit, CaptionFit rule) {
        if (limit.fits(caption)) {
            return Optional.of(caption);
        }
        return switch (rule) {
            case REFUSE -> Optional.empty();
            case CUT_AT_WORD -> cut(caption, limit);
            case DROP_LAST_HASHTAGS -> dropHashtags(caption, limit);
        };
    }

    private static Optional<String> cut(String caption, TextLimit limit) {
        List<Integer> ends = characterEnds(caption);
        BreakIterator words = BreakIterator.getLineInstance(Locale.ROOT);
        words.setText(caption);
        String best = "";
        String bestInsideWord = "";
        for (int end : ends) {
            String head = caption.substring(0, end).stripTrailing();
            if (head.isEmpty()) {
                continue;
            }
            if (!limit.fits(head + ELLIPSIS)) {
                break;
            }
            bestInsideWord = head + ELLIPSIS;
            if (words.isBoundary(end)) {
                best = bestInsideWord;
            }
        }
        String cut = best.isEmpty() ? bestInsideWord : best; // one word that is too long by itself
        return cut.isEmpty() ? Optional.empty() : Optional.of(cut);
    }

    /** Where a text can be cut between characters as people see them. */
    private static List<Integer> characterEnds(String text) {
        return CHARACTER.matcher(text).results().map(MatchResult::end).toList();
    }

    private static Optional<String> dropHashtags(String caption, TextLimit limit) {
        String rest = caption.stripTrailing();
        while (!limit.fits(rest)) {
            int tag = lastHashtag(rest);
            if (tag < 0) {
                return Optional.empty();
            }
            rest = rest.substring(0, tag).stripTrailing();
        }
        return Optional.of(rest);
    }

    /** Where the hashtag at the end begins, or -1; the part of an address after its {@code #} is none. */
    private static int lastHashtag(String text) {
        int word = text.length();
        while (word > 0 && !Character.isWhitespace(text.charAt(word - 1))) {
            word--;
        }
        boolean tag = word < text.length() - 1 && text.charAt(word) == '#' && !text.endsWith("#");
        return tag ? text.lastIndexOf('#') : -1;
    }
}
