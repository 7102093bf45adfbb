package io.linkspan.internal;

import io.linkspan.spi.Texts;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a failure of foreign code where it is logged: the same classes and stack traces, and messages without addresses and
 * without anything that looks like a token, because an address of an upload or of a token request is a secret.
 */
public final class RedactedFailure extends Exception {
    private static final long serialVersionUID = 1L;
    private static final String REDACTED = "[redacted]";
    private static final int MOST_CAUSES = 10;
    /** In UTF-16 units: the search for tokens takes time for each of them. */
    private static final int MOST_MESSAGE = 4_096;

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{1,9}://[^\\s\"'<>]+");
    /** Letters and digits mixed at a length that no word has. */
    private static final Pattern TOKEN = Pattern.compile(
            "(?=[A-Za-z0-9._~+/=|!*%&-]{0,4000}[0-9])(?=[A-Za-z0-9._~+/=|!*%&-]{0,4000}[A-Za-z])[A-Za-z0-9._~+/=|!*%&-]{16,}");

    private final String text;

    private RedactedFailure(String text, @Nullable Throwable cause) {
        super(text, cause, false, true);
        this.text = text;
    }

    /** The failure as it can be logged. */
    public static RedactedFailure of(Throwable failure) {
        return of(failure, UnaryOperator.identity());
    }

    /**
     * The failure as it can be logged.
     *
     * @param failure what foreign code threw
     * @param known takes out what is known to be secret
     */
    public static RedactedFailure of(Throwable failure, UnaryOperator<String> known) {
        return of(failure, known, MOST_CAUSES);
    }

    private static RedactedFailure of(Throwable failure, UnaryOperator<String> known, int causes) {
        Throwable below = failure.getCause();
        RedactedFailure shown = new RedactedFailure(
                named(failure, known), below == null || causes == 0 ? null : of(below, known, causes - 1));
        shown.setStackTrace(failure.getStackTrace());
        return shown;
    }

    /** What a failure says, as it can be kept: its message, or its class when it has none. */
    public static String line(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getName() : redacted(message);
    }

    /**
     * The message of a failure of the host's media, or its class when it has none. File names and references stay, since the operator needs
     * them; an address does not, since it may be signed.
     */
    public static String withoutAddresses(Throwable failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : ADDRESS.matcher(Texts.cleaned(message, MOST_MESSAGE)).replaceAll(REDACTED);
    }

    private static String named(Throwable failure, UnaryOperator<String> known) {
        String message = failure.getMessage();
        return failure.getClass().getName() + (message == null ? "" : ": " + redacted(known.apply(message)));
    }

    private static String redacted(String message) {
        String bounded = Texts.cleaned(message, MOST_MESSAGE);
        return TOKEN.matcher(ADDRESS.matcher(bounded).replaceAll(REDACTED)).replaceAll(REDACTED);
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // it stands for another class, whose name is in the text
    public String toString() {
        return text;
    }
}
