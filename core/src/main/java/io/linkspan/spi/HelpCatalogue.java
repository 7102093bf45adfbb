package io.linkspan.spi;

import io.linkspan.connection.ConnectHelp;
import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Help for users as data: which sign belongs to which row, and the texts of the row. The first row that fits wins. Immutable.
 *
 * <p>JSON: {@code {"platform":"its name for users, or absent","rows":[{"row":"tiktok.scope","signals":["no_return","denied:*"],"message":"regex or absent","attempt":1,
 * "variant":"absent or a name","bucket":"…","actor":"…","again":true,"fresh":false,"app":false,"operatorAfter":4,"headline":"…",
 * "cause":"…","not":"…","kept":"…","steps":["…"],"operator":["…"]}]}}. A signal may end in {@code *} to fit a prefix. Texts may
 * hold {@code {platform}}, {@code {account}}, {@code {expected}}, {@code {reference}} and {@code {address}}.
 */
public final class HelpCatalogue {
    private static final HelpCatalogue NONE = new HelpCatalogue("", List.of());

    private final String platform;
    private final List<Row> rows;

    private HelpCatalogue(String platform, List<Row> rows) {
        this.platform = platform;
        this.rows = List.copyOf(rows);
    }

    /**
     * A row.
     *
     * @param name its stable name
     * @param fits the signs it belongs to
     * @param bucket kind of trouble
     * @param actor who can change something
     * @param offer whether another attempt is offered
     * @param words the texts, with their placeholders
     */
    public record Row(
            String name, Fits fits, ConnectHelp.Bucket bucket, Actor actor, Offer offer, ConnectHelp.Words words) {}

    /**
     * The signs a row belongs to.
     *
     * @param signals keys of signals; with {@code *} at the end, prefixes
     * @param message what the signal's text must contain, or null
     * @param attempt smallest number of failures
     */
    public record Fits(List<String> signals, @Nullable Pattern message, int attempt) {
        /**
         * Copies the list.
         *
         * @param signals keys of signals; with {@code *} at the end, prefixes
         * @param message what the signal's text must contain, or null
         * @param attempt smallest number of failures
         */
        public Fits {
            signals = List.copyOf(signals);
        }

        boolean fits(HelpSignal signal, int failures) {
            return failures >= attempt
                    && signals.stream()
                            .anyMatch(wanted -> wanted.endsWith("*")
                                    ? signal.key().startsWith(wanted.substring(0, wanted.length() - 1))
                                    : wanted.equals(signal.key()))
                    && (message == null || message.matcher(signal.text()).find());
        }
    }

    /**
     * Whether another attempt is offered.
     *
     * @param again whether another attempt can change something
     * @param fresh whether the next attempt should ask the user to sign in again
     * @param app whether the app's set-up may be the cause, so that several users with this row are one fault
     * @param operatorAfter number of failures from which the operator acts
     */
    public record Offer(boolean again, boolean fresh, boolean app, int operatorAfter) {}

    /**
     * A catalogue without rows.
     *
     * @return the catalogue
     */
    public static HelpCatalogue none() {
        return NONE;
    }

    /**
     * Reads a catalogue from a resource.
     *
     * @param owner the class next to which the resource lies
     * @param resource its name
     * @param variant rows with another {@code variant} are left out
     * @return the catalogue
     * @throws IllegalArgumentException when the resource is missing or a row is incomplete, naming the row
     */
    public static HelpCatalogue load(Class<?> owner, String resource, String variant) {
        Objects.requireNonNull(variant, "variant");
        try (InputStream in = owner.getResourceAsStream(Objects.requireNonNull(resource, "resource"))) {
            if (in == null) {
                throw new IllegalArgumentException("help catalogue " + resource + " is not beside " + owner.getName());
            }
            List<Row> rows = new ArrayList<>();
            JsonNode file = JsonMapper.builder().build().readTree(in);
            for (JsonNode node : file.path("rows")) {
                if (node.path("variant").asString(variant).equals(variant)) {
                    rows.add(row(resource, node));
                }
            }
            return new HelpCatalogue(file.path("platform").asString(""), rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String resource, JsonNode node) {
        String name = node.path("row").asString("");
        try {
            String message = node.path("message").asString("");
            Actor actor = Actor.valueOf(node.path("actor").asString("PERSON"));
            ConnectHelp.Words words = new ConnectHelp.Words(
                    node.path("headline").asString(""),
                    node.path("cause").asString(""),
                    node.path("not").asString("Your password is not the problem."),
                    node.path("kept").asString(""),
                    texts(node.path("steps")),
                    texts(node.path("operator")));
            if (name.isBlank()
                    || words.steps().isEmpty()
                    || !node.path("signals").isArray()) {
                throw new IllegalArgumentException("row, signals and steps are needed");
            }
            return new Row(
                    name,
                    new Fits(
                            texts(node.path("signals")),
                            message.isEmpty() ? null : Pattern.compile(message),
                            node.path("attempt").asInt(0)),
                    ConnectHelp.Bucket.valueOf(node.path("bucket").asString("AUTHORIZATION_FAILS")),
                    actor,
                    new Offer(
                            node.path("again").asBoolean(actor == Actor.PERSON),
                            node.path("fresh").asBoolean(false),
                            node.path("app").asBoolean(actor == Actor.OPERATOR),
                            node.path("operatorAfter").asInt(4)),
                    words);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "help catalogue " + resource + ", row " + name + ": " + e.getMessage() + "; complete the row", e);
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asString("")));
        return texts;
    }

    /**
     * The rows that hold for every platform; the last one fits every signal.
     *
     * @return the catalogue
     */
    public static HelpCatalogue common() {
        return HelpRule.COMMON;
    }

    /**
     * The help for a case: the first of these rows that fits, else a common one, with its steps as they grow with each failure. Pure.
     *
     * @param the the case
     * @return the help
     */
    public ConnectHelp help(HelpCase the) {
        return HelpRule.help(this, Objects.requireNonNull(the, "the"));
    }

    /**
     * The row of a signal.
     *
     * @param signal the signal
     * @return the first of these rows that fits, else a common one
     */
    public Row row(HelpSignal signal) {
        return HelpRule.row(this, signal, 1);
    }

    /**
     * Finds the row of a signal.
     *
     * @param signal the signal
     * @param failures number of failures, this one included
     * @return the first row that fits
     */
    public Optional<Row> find(HelpSignal signal, int failures) {
        return rows.stream().filter(row -> row.fits().fits(signal, failures)).findFirst();
    }

    /**
     * The platform's name for users.
     *
     * @return the name; empty when the catalogue has none, and the texts say "the platform"
     */
    public Optional<String> platform() {
        return platform.isEmpty() ? Optional.empty() : Optional.of(platform);
    }

    /**
     * All rows.
     *
     * @return the rows in order
     */
    public List<Row> rows() {
        return rows;
    }
}
