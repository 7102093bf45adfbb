package io.linkspan.internal.publish;

import io.linkspan.publish.CaptionFit;
import io.linkspan.spi.TextLimit;
import java.text.BreakIterator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fits a caption into a platform's limit by the rule of the post. Pure. */
final class Captions {
    private static final String ELLIPSIS = "\u2026";
    private static final Pattern LAST_HASHTAG = Pattern.compile("\\s*#[^\\s#]+\\s*$");

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
        if (limit.most() < 2) {
            return Optional.empty();
        }
        BreakIterator words = BreakIterator.getLineInstance(Locale.ROOT);
        words.setText(caption);
        String best = "";
        for (int end = words.next(); end != BreakIterator.DONE; end = words.next()) {
            String head = caption.substring(0, end).stripTrailing() + ELLIPSIS;
            if (!limit.fits(head)) {
                break;
            }
            best = head;
        }
        return best.length() > 1 ? Optional.of(best) : cutInsideWord(caption, limit);
    }

    /** One word that is too long by itself is cut between characters as people see them. */
    private static Optional<String> cutInsideWord(String caption, TextLimit limit) {
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(caption);
        String best = "";
        for (int end = characters.next(); end != BreakIterator.DONE; end = characters.next()) {
            String head = caption.substring(0, end) + ELLIPSIS;
            if (!limit.fits(head)) {
                break;
            }
            best = head;
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    private static Optional<String> dropHashtags(String caption, TextLimit limit) {
        String rest = caption;
        while (!limit.fits(rest)) {
            Matcher last = LAST_HASHTAG.matcher(rest);
            if (!last.find()) {
                return Optional.empty();
            }
            rest = rest.substring(0, last.start());
        }
        return Optional.of(rest);
    }
}
