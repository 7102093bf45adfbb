package io.linkspan.preflight.internal.cli;

import io.linkspan.preflight.Delivery;
import io.linkspan.preflight.Destination;
import io.linkspan.preflight.PreflightOptions;
import io.linkspan.preflight.RulePack;
import io.linkspan.preflight.RulePackException;
import io.linkspan.preflight.RulePacks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. */
final class Arguments {
    /** The command line cannot be understood; the message says what to change. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    private static final String OPTIONS =
            "--to, --post, --caption, --title, --cover-at, --creator-max, --delivery, --name, --paths,"
                    + " --json, --html, --as-of, --pack, --help";
    private static final Set<Destination> POSTS = EnumSet.of(Destination.TIKTOK_PHOTO, Destination.INSTAGRAM_CAROUSEL);

    final List<Path> files = new ArrayList<>();
    boolean help;
    boolean json;
    private boolean named;
    boolean post;

    @Nullable
    Path html;

    private final PreflightOptions.Builder options = PreflightOptions.builder();
    private final Set<Destination> destinations = EnumSet.noneOf(Destination.class);
    private RulePacks rules = RulePacks.builtIn();

    static Arguments parse(List<String> words, LocalDate today) throws UsageException {
        Arguments arguments = new Arguments();
        arguments.options.asOf(today);
        Iterator<String> rest = words.iterator();
        boolean literal = false;
        while (rest.hasNext()) {
            String word = rest.next();
            if (literal || !word.startsWith("-") || word.equals("-")) {
                arguments.files.add(path(word));
            } else if (word.equals("--")) {
                literal = true;
            } else {
                int equals = word.indexOf('=');
                arguments.option(
                        equals < 0 ? word : word.substring(0, equals),
                        equals < 0 ? null : word.substring(equals + 1),
                        rest);
            }
        }
        if (!arguments.help && arguments.files.isEmpty()) {
            throw new UsageException("no file given");
        }
        if (arguments.named && arguments.files.size() > 1) {
            throw new UsageException("--name is for one file, " + arguments.files.size() + " were given");
        }
        if (arguments.json && arguments.html != null) {
            throw new UsageException("--json and --html exclude each other");
        }
        if (arguments.post && !POSTS.containsAll(arguments.destinations)) {
            throw new UsageException("--post needs --to " + String.join(" or ", spelled(POSTS)) + ", was "
                    + String.join(", ", spelled(arguments.destinations)));
        }
        return arguments;
    }

    PreflightOptions options() {
        return options.destinations(post && destinations.isEmpty() ? POSTS : destinations)
                .rules(rules)
                .build();
    }

    /** The same without the text, which is judged once with the whole post. */
    PreflightOptions optionsOfItems() {
        return options().toBuilder().withoutText().build();
    }

    private void option(String name, @Nullable String given, Iterator<String> rest) throws UsageException {
        switch (name) {
            case "-h", "--help" -> help = flag(name, given);
            case "--json" -> json = flag(name, given);
            case "--paths" -> options.pathInCommands(flag(name, given));
            case "--name" -> name(value(name, given, rest));
            case "--post" -> post = flag(name, given);
            case "--html" -> html = path(value(name, given, rest));
            case "--to" -> destinations(value(name, given, rest));
            case "--caption" -> options.caption(text(name, value(name, given, rest)));
            case "--title" -> options.title(text(name, value(name, given, rest)));
            case "--cover-at" -> options.thumbOffset(seconds(name, value(name, given, rest), 0));
            case "--creator-max" -> options.creatorMaxDuration(seconds(name, value(name, given, rest), 0.001));
            case "--delivery" -> options.delivery(delivery(value(name, given, rest)));
            case "--as-of" -> options.asOf(date(name, value(name, given, rest)));
            case "--pack" -> pack(value(name, given, rest));
            default -> throw new UsageException("unknown option " + name + "; known are " + OPTIONS);
        }
    }

    private void name(String given) throws UsageException {
        if (given.isBlank()) {
            throw new UsageException("--name must not be blank");
        }
        options.name(given);
        named = true;
    }

    private static String value(String name, @Nullable String given, Iterator<String> rest) throws UsageException {
        if (given != null) {
            return given;
        }
        if (!rest.hasNext()) {
            throw new UsageException(name + " needs a value");
        }
        return rest.next();
    }

    private void destinations(String names) throws UsageException {
        for (String name : names.split(",", -1)) {
            String constant = name.strip().replace('-', '_').toUpperCase(Locale.ROOT);
            destinations.add(Arrays.stream(Destination.values())
                    .filter(destination -> destination.name().equals(constant))
                    .findFirst()
                    .orElseThrow(() -> new UsageException("unknown destination '" + name + "'; known are "
                            + String.join(
                                    ", ",
                                    Arrays.stream(Destination.values())
                                            .map(Arguments::spelled)
                                            .toList()))));
        }
    }

    private static List<String> spelled(Set<Destination> destinations) {
        return destinations.stream().map(Arguments::spelled).toList();
    }

    static String spelled(Destination destination) {
        return destination.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Duration seconds(String name, String text, double least) throws UsageException {
        try {
            double seconds = Double.parseDouble(text);
            if (seconds >= least && seconds < 1e6) {
                return Duration.ofMillis(Math.round(seconds * 1000));
            }
        } catch (NumberFormatException e) {
            throw new UsageException(name + " must be a number of seconds, was '" + text + "'");
        }
        throw new UsageException(name + " must be " + (least > 0 ? "more than" : "at least")
                + " 0 and less than 1000000" + " seconds, was '" + text + "'");
    }

    /** A value, or with {@code @} the content of a file without its last line break. */
    private static String text(String name, String given) throws UsageException {
        if (!given.startsWith("@")) {
            return given;
        }
        try {
            return Files.readString(path(given.substring(1))).replaceFirst("\\R\\z", "");
        } catch (IOException e) {
            throw new UsageException(name + ": cannot read " + given.substring(1)
                    + " as text in UTF-8; a text that starts" + " with @ goes into a file");
        }
    }

    private static boolean flag(String name, @Nullable String given) throws UsageException {
        if (given != null) {
            throw new UsageException(name + " takes no value, was '" + given + "'");
        }
        return true;
    }

    private static Delivery delivery(String text) throws UsageException {
        return switch (text) {
            case "bytes" -> Delivery.BYTES;
            case "pull" -> Delivery.PULL;
            default -> throw new UsageException("--delivery must be bytes or pull, was '" + text + "'");
        };
    }

    private static LocalDate date(String name, String text) throws UsageException {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new UsageException(name + " must be a date such as 2026-11-21, was '" + text + "'");
        }
    }

    private void pack(String file) throws UsageException {
        try {
            RulePack pack = RulePack.read(path(file));
            rules = pack.overlays().isPresent() ? rules.overlay(pack) : rules.with(pack);
        } catch (RulePackException | IllegalArgumentException e) {
            throw new UsageException("--pack: " + e.getMessage());
        } catch (UncheckedIOException e) {
            throw new UsageException("--pack: cannot read " + file);
        }
    }

    private static Path path(String text) throws UsageException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("not a file name: " + e.getReason());
        }
    }
}
